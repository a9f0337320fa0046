"""Who may do what: one table, and every route, command and socket names its line in it (web/gate.py).

An act that is missing from a role's set is refused; there is no other place where a permission stands. Besides the roles of
the staff there are four who are nobody in particular: a screen, a device that is enrolled but has nobody signed in, the
public, and whoever opens a demonstration.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from yobidashi.queue.commands import COMMANDS
from yobidashi.staff.roles import Role


class Act(StrEnum):
    """Everything that can be asked of the server. The acts of the queue are called like its commands."""

    # the queue's commands
    ISSUE = "issue"
    CALL_NEXT = "call-next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    ABSENT = "absent"
    HOLD = "hold"
    RESTORE = "restore"
    TRANSFER = "transfer"
    CANCEL = "cancel"
    UNDO = "undo"
    SPLIT = "split"
    EXIT = "exit"
    REENTER = "reenter"
    OFFER = "offer"
    ACCEPT_OFFER = "accept-offer"
    DECLINE_OFFER = "decline-offer"
    ANNOUNCE = "announce"
    END_NOTICE = "end-notice"
    CORRECT_TICKET = "correct-ticket"
    CORRECT_PARTY = "correct-party"
    DROP_IN = "drop-in"
    OPEN_BOOTH = "open-booth"
    PAUSE_BOOTH = "pause-booth"
    CLOSE_BOOTH = "close-booth"
    ASSIGN_BOOTH = "assign-booth"
    CHECK_MEETING = "check-meeting"
    ASK_HELPER = "ask-helper"
    HELPER_CAME = "helper-came"
    STOP_ISSUING = "stop-issuing"
    REOPEN_ISSUING = "reopen-issuing"
    CLOSE_DAY = "close-day"
    SET_CLOCK = "set-clock"
    RESET = "reset"

    # what may hang on the wall
    READ_FAIR = "read-fair"
    READ_BOARD = "read-board"
    READ_COUNTS = "read-counts"

    # pages that are not acts themselves
    OPEN_START = "open-start"
    OPEN_RECEPTION = "open-reception"
    OPEN_BOOTH_PAGE = "open-booth-page"
    OPEN_FLOOR = "open-floor"
    OPEN_SCREEN = "open-screen"

    # coming in
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    ENROL = "enrol"
    SET_UP = "set-up"

    # staff and devices
    READ_STAFF = "read-staff"
    WRITE_STAFF = "write-staff"
    PRINT_BADGES = "print-badges"
    REVOKE_STAFF = "revoke-staff"
    READ_DEVICES = "read-devices"
    INVITE_DEVICE = "invite-device"
    REVOKE_DEVICE = "revoke-device"

    # visitors, each for themselves
    RESERVE = "reserve"
    OWN_RESERVATION = "own-reservation"
    OWN_CARD = "own-card"
    OWN_VISIT = "own-visit"

    # online booths
    SET_MEETING = "set-meeting"
    READ_MEETING = "read-meeting"

    # visitors' own pages and data, by staff
    LINK_PARTY = "link-party"
    SEARCH_PEOPLE = "search-people"
    READ_RESERVATION = "read-reservation"
    WRITE_RESERVATION = "write-reservation"
    IMPORT_RESERVATIONS = "import-reservations"
    EXPORT_RESERVATIONS = "export-reservations"
    READ_CARD = "read-card"
    WRITE_CARD = "write-card"
    WITHDRAW_CONSENT = "withdraw-consent"
    HAND_NOVELTY = "hand-novelty"
    READ_BRIEF = "read-brief"

    # protection
    READ_AUDIT = "read-audit"
    REQUEST_EXPORT = "request-export"
    APPROVE_EXPORT = "approve-export"
    INVESTIGATE = "investigate"
    FREEZE_EXPORTS = "freeze-exports"
    REQUEST_DISPOSAL = "request-disposal"
    APPROVE_DISPOSAL = "approve-disposal"
    ROTATE_KEY = "rotate-key"


QUEUE_ACTS: Final = frozenset(map(Act, COMMANDS))
"""The acts that are commands of the queue."""

_EVERYBODY: Final = frozenset(
    {
        *(Act.READ_FAIR, Act.SIGN_IN, Act.ENROL, Act.SET_UP, Act.RESERVE, Act.OWN_RESERVATION, Act.OWN_CARD),
        Act.OWN_VISIT,
    }
)
_STAFF: Final = _EVERYBODY | {Act.OPEN_START, Act.READ_BOARD, Act.READ_COUNTS, Act.SIGN_OUT, Act.OPEN_SCREEN}
_LINE: Final = frozenset({Act.HOLD, Act.RESTORE, Act.TRANSFER, Act.CANCEL, Act.UNDO, Act.SPLIT, Act.EXIT, Act.REENTER})
_OFFERS: Final = frozenset({Act.OFFER, Act.ACCEPT_OFFER, Act.DECLINE_OFFER})
_AT_A_BOOTH: Final = frozenset(
    {
        *(Act.CALL_NEXT, Act.CALL, Act.RECALL, Act.START, Act.FINISH, Act.ABSENT, Act.OPEN_BOOTH, Act.PAUSE_BOOTH),
        *(Act.CLOSE_BOOTH, Act.DROP_IN, Act.OPEN_BOOTH_PAGE, Act.LINK_PARTY, Act.ASK_HELPER, Act.HELPER_CAME),
    }
)
_MEETINGS: Final = frozenset({Act.SET_MEETING, Act.READ_MEETING})
"""Who sees the link of an online booth beside the visitor at it; the helper at the venue opens it and sets none."""
_OF_THE_DAY: Final = QUEUE_ACTS - {Act.SET_CLOCK, Act.RESET}
_CARDS: Final = frozenset(
    {
        *(Act.SEARCH_PEOPLE, Act.READ_RESERVATION, Act.WRITE_RESERVATION, Act.READ_CARD, Act.WRITE_CARD),
        *(Act.WITHDRAW_CONSENT, Act.HAND_NOVELTY),
    }
)

STAFF_MAY: Final = MappingProxyType(
    {
        Role.CHIEF: _STAFF
        | _OF_THE_DAY
        | _AT_A_BOOTH
        | _MEETINGS
        | _CARDS
        | {
            *(Act.OPEN_RECEPTION, Act.OPEN_FLOOR, Act.READ_STAFF, Act.WRITE_STAFF, Act.PRINT_BADGES, Act.REVOKE_STAFF),
            *(Act.READ_DEVICES, Act.INVITE_DEVICE, Act.REVOKE_DEVICE, Act.IMPORT_RESERVATIONS, Act.READ_AUDIT),
            *(Act.APPROVE_EXPORT, Act.INVESTIGATE, Act.FREEZE_EXPORTS, Act.APPROVE_DISPOSAL),
        },
        Role.FLOOR: _STAFF
        | _OF_THE_DAY
        | _AT_A_BOOTH
        | _MEETINGS
        | {
            *(Act.OPEN_RECEPTION, Act.OPEN_FLOOR, Act.READ_STAFF, Act.REVOKE_STAFF, Act.READ_DEVICES),
            *(Act.INVITE_DEVICE, Act.REVOKE_DEVICE, Act.FREEZE_EXPORTS),
        },
        Role.RECEPTION: _STAFF | _LINE | _OFFERS | _CARDS | {Act.ISSUE, Act.OPEN_RECEPTION, Act.LINK_PARTY},
        Role.GUIDE: _STAFF
        | _OFFERS
        | {
            *(Act.HOLD, Act.RESTORE, Act.TRANSFER, Act.UNDO, Act.EXIT, Act.REENTER),
            *(Act.READ_MEETING, Act.ASK_HELPER, Act.HELPER_CAME),
        },
        Role.CONSULTANT: _STAFF
        | _AT_A_BOOTH
        | {Act.ISSUE, Act.HOLD, Act.RESTORE, Act.TRANSFER, Act.UNDO, Act.READ_BRIEF},
        Role.ONLINE: _STAFF
        | _AT_A_BOOTH
        | _MEETINGS
        | {Act.ISSUE, Act.HOLD, Act.RESTORE, Act.TRANSFER, Act.UNDO, Act.READ_BRIEF, Act.CHECK_MEETING},
        Role.PRIVACY: _STAFF
        | {
            *(Act.SEARCH_PEOPLE, Act.READ_RESERVATION, Act.READ_CARD, Act.WITHDRAW_CONSENT, Act.READ_AUDIT),
            *(Act.REQUEST_EXPORT, Act.APPROVE_EXPORT, Act.EXPORT_RESERVATIONS, Act.INVESTIGATE, Act.FREEZE_EXPORTS),
            *(Act.REQUEST_DISPOSAL, Act.APPROVE_DISPOSAL, Act.ROTATE_KEY),
        },
        Role.AUDITOR: _STAFF | {Act.READ_AUDIT},
    },
)
"""Role → what it may do. A consultant's acts reach the own booth alone (staff/reach.py)."""

PUBLIC_MAY: Final = _EVERYBODY
"""What anybody may do who is not signed in."""

SCREEN_MAY: Final = _EVERYBODY | {Act.READ_BOARD, Act.OPEN_SCREEN}
"""What an enrolled screen may do: show."""

DEMONSTRATION_MAY: Final = QUEUE_ACTS | {
    *(Act.READ_FAIR, Act.READ_BOARD, Act.READ_COUNTS),
    *(Act.OPEN_START, Act.OPEN_SCREEN, Act.OPEN_RECEPTION, Act.OPEN_BOOTH_PAGE, Act.OPEN_FLOOR),
    *(Act.READ_BRIEF, Act.LINK_PARTY, Act.OWN_VISIT, Act.SET_MEETING, Act.READ_MEETING),
}
"""What anybody may do with a demonstration: everything but what concerns people's data and staff.

Its briefs are made up; a visit names nobody."""
