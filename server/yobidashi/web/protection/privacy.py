"""The privacy officer's page, and the rooms behind it: audit record, exports, incidents, disposal, keys."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.live.hub import Hub
from yobidashi.people.auditing.trail import Trail
from yobidashi.people.protection.inventory import Places
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.staff.acts_in_words import all_words
from yobidashi.staff.permissions import Act
from yobidashi.staff.store import StaffStore
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation
from yobidashi.web.pages import Pages, both
from yobidashi.web.protection.audit import AuditRoom
from yobidashi.web.protection.disposal import DisposalRoom
from yobidashi.web.protection.exports import ExportsRoom
from yobidashi.web.protection.incident import IncidentRoom
from yobidashi.web.protection.keys import KeysRoom
from yobidashi.web.staff.names import StaffNames

ON_THE_PAGE = (
    Act.READ_AUDIT,
    Act.REQUEST_EXPORT,
    Act.APPROVE_EXPORT,
    Act.FREEZE_EXPORTS,
    Act.INVESTIGATE,
    Act.REQUEST_DISPOSAL,
    Act.APPROVE_DISPOSAL,
    Act.ROTATE_KEY,
)
"""What the page shows a part for, each to whom it is allowed."""


class PrivacyRoom:
    """The page that leads to every part."""

    def __init__(self, pages: Pages) -> None:
        """Draw by ``pages``."""
        self._pages = pages

    def operations(self) -> list[Operation]:
        """Give none: each part has its own."""
        return []

    def pages(self, gate: Gate) -> Sequence[BaseRoute]:
        """Give the page."""
        return both(gate, "/privacy", self.page, Act.READ_AUDIT)

    async def page(self, request: Request) -> Response:
        """The privacy officer's page."""
        asked: Asked = request.state.asked
        acts = [{"key": act, "ja": words.ja, "en": words.en} for act, words in all_words().items()]
        may = [str(act) for act in ON_THE_PAGE if asked.principal.may(act)]
        return self._pages.page(request, "privacy.html", acts=acts, may=may)


def protection_rooms(
    staff: StaffStore,
    storehouse: Storehouse,
    places: Places,
    fairs: Mapping[str, Fair],
    hubs: Mapping[str, Hub],
    pages: Pages,
) -> list[AuditRoom | ExportsRoom | IncidentRoom | DisposalRoom | KeysRoom | PrivacyRoom]:
    """Give every room about the protection of personal data."""
    people, names = staff.people, StaffNames(staff)
    trail = Trail(people, people.keyring)
    return [
        AuditRoom(trail, names, fairs),
        ExportsRoom(people, names, fairs, hubs),
        IncidentRoom(people, trail, names, fairs),
        DisposalRoom(people, storehouse, places, names, fairs),
        KeysRoom(people),
        PrivacyRoom(pages),
    ]
