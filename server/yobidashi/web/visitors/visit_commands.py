"""What is asked about a visit: its link, by staff; and by the link, what a party does for itself from its own phone."""

from pydantic import BaseModel

from yobidashi.queue.commands.command import Command, OnTicket
from yobidashi.queue.commands.offers import AcceptOffer, DeclineOffer


class LinkParty(Command):
    """A party's private link is given, the same each time."""

    name = "link-party"
    summary = "スマホで見るQRコード · A party's private link, for its own phone; the same each time."


class VisitLink(BaseModel):
    """The link of a visit, to be shown as a QR code."""

    token: str
    url: str


class AcceptOwnOffer(AcceptOffer):
    """The party goes to the queue that it was offered."""

    name = "accept-own-offer"
    summary = "ご案内を受ける（本人） · A visitor accepts an offer on the own phone."


class DeclineOwnOffer(DeclineOffer):
    """The party stays where it is."""

    name = "decline-own-offer"
    summary = "ご案内を断る（本人） · A visitor declines an offer on the own phone."


class GiveUp(OnTicket):
    """The party gives up one of its places."""

    name = "give-up"
    summary = "順番を取り消す（本人） · A visitor gives up one of the own places."


class ComeBack(OnTicket):
    """The party was absent or on hold, and is back."""

    name = "come-back"
    summary = "戻りました（本人） · A visitor who was absent or on hold is back in line."
