"""The papers that go to the client: made of what the people's rooms know, with the names that whoever asks may read.

Names come in as arguments, and stay in the PDF alone.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.people.auditing.days import AuditDay
from yobidashi.people.protection.consenters import field_words
from yobidashi.people.protection.disposal import STEPS, DisposalState
from yobidashi.people.protection.disposal_steps import left_undone
from yobidashi.people.protection.exports import Export, Freeze
from yobidashi.people.protection.incident import Findings, Question
from yobidashi.people.protection.inventory import KINDS, Kept
from yobidashi.printing import audit_summary, disposal_record, incident_report
from yobidashi.printing.audit_summary import AuditSummary
from yobidashi.printing.disposal_application import DisposalApplication, Stored
from yobidashi.printing.disposal_record import DisposalRecord, Searched
from yobidashi.printing.incident_report import Affected, Happened, IncidentReport
from yobidashi.printing.receipt import Receipt
from yobidashi.staff.acts_in_words import act_words


def receipt(fair: Fair, export: Export, requested_by: str, approved_by: str, made_at: dt.datetime) -> Receipt:
    """Give the 預り証 of an export that was made."""
    return Receipt(
        fair=fair.name,
        number=export.number,
        recipient=recipient_of(fair, export.recipient),
        purpose=export.purpose,
        records=export.records or 0,
        persons=export.persons or 0,
        fields=field_words(fair),
        requested_by=requested_by,
        approved_by=approved_by,
        file_name=export.file or "",
        file_bytes=export.bytes or 0,
        sha256=export.sha256 or "",
        made_at=made_at,
    )


def recipient_of(fair: Fair, consent: str) -> str:
    """Give a consent's recipient, named in full; the key itself where the fair no longer has it."""
    return next((each.recipient for each in fair.consents if each.key == consent), consent)


def summary(fair: Fair, days: Sequence[AuditDay], intact: bool, made_at: dt.datetime) -> AuditSummary:
    """Give the summary of an audit record by days."""
    return AuditSummary(
        fair=fair.name,
        days=tuple(
            audit_summary.AuditDay(
                date=day.date,
                first_entry=day.first.n,
                first_chain=day.first.mac,
                last_entry=day.last.n,
                last_chain=day.last.mac,
                counts={(act_words(act).ja, role): n for (act, role), n in sorted(day.counts.items())},
            )
            for day in days
        ),
        intact=intact,
        made_at=made_at,
    )


def report(
    fair: Fair,
    number: int,
    question: Question,
    findings: Findings,
    *,
    what_happened: str,
    reporter: str,
    freeze: Freeze | None,
    made_at: dt.datetime,
) -> IncidentReport:
    """Give the draft of an incident's report: ids and counts, nobody's name but the reporter's."""
    named = (("端末", question.device), ("スタッフ", question.who), ("記録", question.record))
    order = sorted(findings.records.items(), key=lambda pair: (-pair[1].times, pair[0]))
    return IncidentReport(
        fair=fair.name,
        number=number,
        addressee=_client(fair),
        what_happened=what_happened,
        subject="、".join(f"{kind} {id_}" for kind, id_ in named if id_) or "すべて",
        begins=_time(fair, question.begins),
        ends=_time(fair, question.ends),
        records=len(findings.records),
        persons=findings.of_kind("card", "reservation", "staff"),
        fields=tuple(sorted(_field_words(fair, field) for field in findings.fields)),
        affected=tuple(
            Affected(place, tuple(sorted(_field_words(fair, field) for field in seen.fields)), seen.times)
            for place, seen in order[: incident_report.ROWS_MAX]
        ),
        actions=((_time(fair, freeze.at), f"個人情報の提供を停止（{freeze.reason}）"),) if freeze else (),
        timeline=tuple(
            Happened(
                chained.n,
                _time(fair, chained.entry.at),
                chained.entry.who,
                (chained.entry.device or "")[:8],
                f"{act_words(chained.entry.act).ja} {chained.entry.on}",
            )
            for chained in reversed(findings.timeline)
        ),
        contacts=tuple((host.name, "契約書の連絡先") for host in fair.hosts),
        reporter=reporter,
        made_at=made_at,
    )


def application(
    fair: Fair, state: DisposalState, kept: Sequence[Kept], applicant: str, made_at: dt.datetime
) -> DisposalApplication:
    """Give the application for the destruction, with the inventory as it stands now."""
    return DisposalApplication(
        fair=fair.name,
        number=1,
        addressee=_client(fair),
        inventory=tuple(Stored(line.kind, line.count, line.where, line.medium) for line in kept),
        reason=state.application.reason if state.application else "",
        method=tuple(ja for ja, _ in STEPS.values()),
        deadline=fair.deletion_deadline or fair.contract_ends or fair.date,
        applicant=applicant,
        made_at=made_at,
    )


def record(
    fair: Fair, state: DisposalState, carried_out_by: Sequence[str], approved_by: str, made_at: dt.datetime
) -> DisposalRecord:
    """Give the written record of a destruction that is done, with what no program can destroy."""
    counted, searched = state.result("count"), state.result("search")
    steps = [
        disposal_record.Step(STEPS[done.step][0], _result_words(done.step, done.result), _time(fair, done.at))
        for done in state.done
    ]
    last = _time(fair, state.done[-1].at)
    steps += [disposal_record.Step("この記録の限界", ja, last) for ja, _ in left_undone([d.result for d in state.done])]
    return DisposalRecord(
        fair=fair.name,
        number=1,
        addressee=_client(fair),
        carried_out_by=tuple(carried_out_by),
        approved_by=approved_by,
        began_at=_time(fair, state.done[0].at),
        ended_at=last,
        content=tuple((KINDS.get(kind, (kind, ""))[0], count) for kind, count in counted["counts"].items()),
        steps=tuple(steps),
        searched=tuple(Searched(each["place"], each["size"], each["found"]) for each in searched["searched"]),
        key_fingerprint=counted["fingerprint"] if state.result("key")["in_files"] else "",
        made_at=made_at,
    )


def _result_words(step: str, result: Mapping[str, Any]) -> str:
    match step:
        case "count":
            return f"{sum(result['counts'].values())}件、リンク{result['links']}件、手がかり{result['pieces']}件"
        case "close":
            return "閉鎖"
        case "key":
            return f"{result['files']}個、写し{result['copies']}個" if result["in_files"] else "環境変数のため対象外"
        case "records":
            return f"記録{result['records']}件、リンク{result['links']}件"
        case "files":
            return f"書き直し{'済み' if result['rewritten'] else 'なし'}、古いファイル{result['removed']}個を削除"
        case _:
            return f"{len(result['searched'])}か所、発見0件"


def _client(fair: Fair) -> str:
    return next((host.name for host in fair.hosts if host.role == "host"), fair.hosts[0].name)


PARTS: Final = MappingProxyType(
    {
        "answers": "お答え",
        "consents": "同意",
        "party": "人数",
        "wishes": "希望",
        "name": "お名前",
        "kana": "ふりがな",
        "code": "コード",
    }
)
"""Parts of a record that are no question of the form; handhelds/privacy/words.js has the same."""


def _field_words(fair: Fair, field: str) -> str:
    words = {each.key: each.ja for each in (fair.form.fields if fair.form else ())}
    return words.get(field) or PARTS.get(field, field)


def _time(fair: Fair, at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at / 1000, fair.timezone)
