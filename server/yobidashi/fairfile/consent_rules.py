"""What consents must keep: one for each host, who is named in full in the text, and a notice before any question."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, Text, literally, shown
from yobidashi.fairfile.rule import Finding, one_of, repeated, rule
from yobidashi.fairfile.tables import Document


@rule("duplicate_consent_key", "同意の key は重ならない", "keys of consents are unique")
def _keys(document: Document) -> Iterator[Finding]:
    values = ((("consents", i, "key"), consent.key) for i, consent in enumerate(document.consents))
    yield from repeated(values, Text("ほかの同意と違う key", "a key no other consent has"))


@rule("consent_recipient", "同意の提供先は主催者の正式名称", "a consent's recipient is a host, named in full")
def _recipients(document: Document) -> Iterator[Finding]:
    hosts = [host.name for host in document.fair.hosts]
    for i, consent in enumerate(document.consents):
        if consent.recipient not in hosts:
            yield Finding(
                ("consents", i, "recipient"),
                one_of(consent.recipient, hosts, "主催者の name", "host's name"),
                literally(consent.recipient),
            )


@rule("consent_per_host", "同意は主催者ごとに一つ", "each host has exactly one consent")
def _one_each(document: Document) -> Iterator[Finding]:
    if not document.consents:
        return
    recipients = [consent.recipient for consent in document.consents]
    values = ((("consents", i, "recipient"), recipient) for i, recipient in enumerate(recipients))
    yield from repeated(values, Text("ほかの同意と違う提供先", "a recipient no other consent has"))
    for i, host in enumerate(document.fair.hosts):
        if host.name not in recipients:
            yield Finding(
                ("fair", "hosts", i),
                Text("[[consents]] に一つ", "one in [[consents]]"),
                NOTHING,
                sentence=Text(
                    f"{host.name}への提供の同意がありません。[[consents]] に recipient = {shown(host.name)} を加えてください。",
                    f"There is no consent for {shown(host.name)}: add one to [[consents]] with that recipient.",
                ),
            )


@rule(
    "consent_names_recipient",
    "同意の文には提供先を正式名称で記す",
    "the text of a consent names its recipient in full",
)
def _names(document: Document) -> Iterator[Finding]:
    english = {host.name: host.english for host in document.fair.hosts}
    for i, consent in enumerate(document.consents):
        for key, name in (("ja", consent.recipient), ("en", english.get(consent.recipient))):
            text: str = getattr(consent, key)
            if name is not None and name not in text:
                expected = Text(f"{shown(name)} を含む文", f"a text that names {shown(name)}")
                yield Finding(("consents", i, key), expected, literally(text))


@rule(
    "answers_need_consent",
    "質問があれば、お知らせと同意がある",
    "a form comes with a privacy notice and with consents",
)
def _before_any_question(document: Document) -> Iterator[Finding]:
    if document.form is None:
        return
    for missing, heading in ((document.privacy is None, "[privacy]"), (not document.consents, "[[consents]]")):
        if missing:
            yield Finding(
                ("form",),
                Text(f"{heading} の表", f"the table {heading}"),
                NOTHING,
                sentence=Text(
                    f"個人情報をたずねる前に示す {heading} を加えてください。",
                    f"Add {heading}: it is shown before anything is asked.",
                ),
            )


@rule(
    "deletion_day_known",
    "個人情報をたずねるなら、消去の期限がある",
    "who asks for personal data says by when it is destroyed",
)
def _deletion_day(document: Document) -> Iterator[Finding]:
    if document.privacy is not None and document.fair.deletion_deadline is None:
        yield Finding(
            ("fair", "deletion_deadline"),
            Text("消去の期限の日付", "the day by which personal data is destroyed"),
            NOTHING,
            sentence=Text(
                "個人情報のお知らせに示す deletion_deadline を [fair] に書いてください。",
                "Write deletion_deadline in [fair]: the privacy notice tells it.",
            ),
        )


RULES = (
    _keys,
    _recipients,
    _one_each,
    _names,
    _before_any_question,
    _deletion_day,
)
"""In the order of the report."""
