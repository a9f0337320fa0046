"""Who asks, found from the cookies of a request: a sign-in at its device, a device, a screen, or nobody in particular."""

import json
from collections.abc import Mapping

from yobidashi.fair import Fair
from yobidashi.people.store import PeopleStore
from yobidashi.queue.pipeline import Pipeline
from yobidashi.staff.devices import DeviceKind
from yobidashi.staff.principal import PUBLIC, Kind, Principal
from yobidashi.staff.roles import Role
from yobidashi.staff.sessions import REST_MS
from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import DeviceToken, csrf_of, device_cookie, digest, session_cookie, session_from_cookie


class Identity:
    """Looks up who asks, in one round trip; keeps nothing, so that whatever is revoked is revoked at once."""

    def __init__(self, pipeline: Pipeline, prefix: str, people: PeopleStore, fairs: Mapping[str, Fair]) -> None:
        """Look up by ``pipeline`` on keys that begin with ``prefix``."""
        self._store = StaffStore(pipeline, prefix, people)
        self._fairs = fairs

    async def __call__(self, slug: str, cookies: Mapping[str, str]) -> Principal:
        """Give who asks of this fair; `PUBLIC` where no cookie says who. Raises `Refusal` (``redis_away``)."""
        device = DeviceToken.from_cookie(cookies.get(device_cookie(slug)))
        if device is None:
            return PUBLIC
        token = session_from_cookie(cookies.get(session_cookie(slug)))
        session = self._store.keys(slug).session(digest(token) if token else "none")
        found = await self._store.run(slug, "who", device.id, digest(device.secret), str(REST_MS), more=(session,))
        match [part.decode() for part in found]:
            case [_, member_id, row] if token:
                return self._member(slug, device, token, member_id, row)
            case [DeviceKind.SCREEN, *_]:
                return Principal(kind=Kind.SCREEN, device=device.id, csrf=csrf_of(device.secret))
            case [_, *_]:
                return Principal(kind=Kind.DEVICE, device=device.id, csrf=csrf_of(device.secret))
            case _:
                return PUBLIC

    def _member(self, slug: str, device: DeviceToken, token: str, member_id: str, row: str) -> Principal:
        member = json.loads(row)
        booth = member.get("booth")
        fair = self._fairs[slug]
        return Principal(
            kind=Kind.STAFF,
            staff=member_id,
            device=device.id,
            roles=frozenset(map(Role, member["roles"])),
            booth=booth if any(known.number == booth for known in fair.booths) else None,
            csrf=csrf_of(token),
        )
