"""The end of a fair's personal data (特記事項 第13): applied for, approved by somebody else, carried out step by step, proved.

Each step is done, and then written down in Redis; one that was killed in between is done again, and all of them can be.
The order is the proof: first nothing can be written any more, then the key goes, without which every copy anywhere is noise,
then what it sealed. What stays names nobody: the queue, counts of cards and bookings, and the audit record.
"""

from collections.abc import Awaitable, Callable
from types import MappingProxyType
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from yobidashi.people.protection.disposal_steps import DisposalSteps, Unfinished
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

Phase = Literal["none", "applied", "approved", "running", "done"]

PHASES_JA: Final = MappingProxyType(
    {"none": "未申請", "applied": "承認待ち", "approved": "承認済み", "running": "実行中", "done": "完了"}
)

STEPS: Final = MappingProxyType(
    {
        "count": ("個人情報の件数を記録し、残存検索の手がかりを取る", "Count the data, and take marks to search for"),
        "close": ("個人情報の保管庫を閉じる（以後、読み書き不可）", "Close the vault: nothing is read or written"),
        "key": ("鍵を上書きして消去する（バックアップの写しを含む）", "Overwrite and remove the key and its copies"),
        "records": ("暗号化された記録・リンク・データ鍵を削除する", "Remove sealed records, links and wrapped keys"),
        "files": ("Redisの保存ファイルを書き直し、古いものを削除する", "Rewrite Redis's files, remove old ones"),
        "search": ("標本と暗号文をすべての場所で検索する", "Search every place for canaries and sealed data"),
    }
)
"""Every step in its order, in Japanese and English."""


class Application(BaseModel):
    """Who applied for the destruction, when and why."""

    model_config = ConfigDict(frozen=True)

    by: str
    at: int
    reason: str
    command: str = ""


class Approval(BaseModel):
    """Who approved it, and when."""

    model_config = ConfigDict(frozen=True)

    by: str
    at: int


class StepDone(BaseModel):
    """One step that was carried out."""

    model_config = ConfigDict(frozen=True)

    step: str
    at: int
    by: str
    result: dict[str, Any]


class DisposalState(BaseModel):
    """How far it has come."""

    model_config = ConfigDict(frozen=True)

    application: Application | None = None
    approval: Approval | None = None
    done: tuple[StepDone, ...] = ()

    @property
    def next(self) -> str | None:
        """The step that comes now; None where all are done."""
        return next((step for step in STEPS if step not in {done.step for done in self.done}), None)

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        if self.application is None:
            return "none"
        if self.approval is None:
            return "applied"
        if not self.done:
            return "approved"
        return "running" if self.next else "done"

    def result(self, step: str) -> dict[str, Any]:
        """Give what a step brought; {} where it was not carried out yet."""
        return next((done.result for done in self.done if done.step == step), {})


class Disposal:
    """The destruction of personal data, fair by fair."""

    def __init__(self, store: PeopleStore, steps: DisposalSteps, now: Callable[[], int]) -> None:
        """Write down in ``store`` what ``steps`` did; ``now`` gives real time in ms."""
        self._store = store
        self._steps = steps
        self._now = now

    async def state(self, slug: str) -> DisposalState:
        """Give how far it has come."""
        flat = await self._store.run(slug, "disposal-read")
        values = dict(zip(flat[::2], flat[1::2], strict=True))
        done = [values.get(f"step:{step}".encode()) for step in STEPS]
        return DisposalState(
            application=_read(Application, values.get(b"application")),
            approval=_read(Approval, values.get(b"approval")),
            done=tuple(StepDone.model_validate_json(text) for text in done if text),
        )

    async def apply(self, slug: str, application: Application) -> DisposalState:
        """Apply. Raises `Refusal` (``disposal_state``) where somebody has applied already."""
        await self._ask(slug, "disposal-apply", application.model_dump_json())
        return await self.state(slug)

    async def withdraw(self, slug: str) -> DisposalState:
        """Take the application back, before it is approved. Raises `Refusal` (``disposal_state``)."""
        await self._ask(slug, "disposal-decide", "withdraw", "", "")
        return await self.state(slug)

    async def approve(self, slug: str, by: str) -> DisposalState:
        """Approve what somebody else applied for. Raises `Refusal`: ``disposal_state``, ``four_eyes``."""
        approval = Approval(by=by, at=self._now())
        await self._ask(slug, "disposal-decide", "approve", by, approval.model_dump_json())
        return await self.state(slug)

    async def step(self, slug: str, by: str) -> DisposalState:
        """Carry out the next step; harmless where all are done.

        Raises `Refusal`: ``disposal_state`` where it is not approved, ``disposal_unfinished`` where the step could not end;
        it is done again the next time.
        """
        state = await self.state(slug)
        if state.approval is None:
            raise _wrong_state(state.phase)
        step = state.next
        if step is None:
            self._steps.forget(slug)
            return state
        work: Callable[[str], Awaitable[dict[str, Any]]] = getattr(self._steps, step)
        try:
            result = await work(slug)
        except Unfinished as fault:
            detail = {"step": step, "step_ja": STEPS[step][0], "why": fault.why, "why_ja": fault.why_ja}
            raise Refusal("disposal_unfinished", detail) from None
        await self._mark(slug, StepDone(step=step, at=self._now(), by=by, result=result))
        state = await self.state(slug)
        if state.phase == "done":
            self._steps.forget(slug)
        return state

    async def _mark(self, slug: str, done: StepDone) -> None:
        names = list(STEPS)
        before = names[names.index(done.step) - 1] if done.step != names[0] else ""
        await self._ask(slug, "disposal-mark", done.step, done.model_dump_json(), before)

    async def _ask(self, slug: str, script: str, *args: str) -> None:
        try:
            await self._store.ask(slug, script, *args)
        except Refusal as refusal:
            if refusal.code != "disposal_state":
                raise
            raise _wrong_state(refusal.detail["state"]) from None


def _wrong_state(phase: Phase) -> Refusal:
    return Refusal("disposal_state", {"disposal": phase, "disposal_ja": PHASES_JA[phase]})


def _read(kind: Any, text: bytes | None) -> Any:
    return kind.model_validate_json(text) if text else None
