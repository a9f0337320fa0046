"""One sample of every document; its persons are made up."""

import datetime as dt
from zoneinfo import ZoneInfo

from yobidashi.printing.audit_summary import AuditDay, AuditSummary
from yobidashi.printing.badges import Badge, Badges
from yobidashi.printing.disposal_application import DisposalApplication, Stored
from yobidashi.printing.disposal_record import DisposalRecord, Searched, Step
from yobidashi.printing.incident_report import Affected, Happened, IncidentReport
from yobidashi.printing.receipt import Receipt
from yobidashi.printing.rehearsal_report import Answer, ChartPart, RehearsalReport, TablePart, Words
from yobidashi.printing.typesetting import Document
from yobidashi.rehearsal.charts import Bar, bars

TOKYO = ZoneInfo("Asia/Tokyo")
MADE_AT = dt.datetime(2026, 2, 10, 9, 0, 5, 123, tzinfo=TOKYO)
FAIR = "北海道さっぽろ圏移住フェア"

BADGE = Badge(
    badge_id="B-0007",
    name="見本 太郎",
    roles=("統括責任者", "進行管理者"),
    booth=None,
    valid_from=dt.date(2026, 2, 13),
    valid_until=dt.date(2026, 2, 14),
    url="https://fair.example/sign-in#AbCdEfGhIjKlMnOpQrStUv",
)
BADGES = Badges(fair=FAIR, english="Hokkaido Sapporo Area Relocation Fair", badges=(BADGE,), made_at=MADE_AT)

RECEIPT = Receipt(
    fair=FAIR,
    number=3,
    recipient="公益社団法人ふるさと回帰・移住交流推進機構",
    purpose="移住相談の継続と、相談会後のご案内",
    records=1_204,
    persons=181,
    fields=("氏名", "かな", "メール", "電話", "お住まいの都道府県", "相談したいこと"),
    requested_by="見本 太郎（個人情報保護管理者）",
    approved_by="見本 花子（統括責任者）",
    file_name="sapporo-2026-003-furusato.xlsx",
    file_bytes=48_213,
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    made_at=MADE_AT,
)

DISPOSAL_APPLICATION = DisposalApplication(
    fair=FAIR,
    number=1,
    addressee="札幌市",
    inventory=(
        Stored("来場予約", 212, "サーバーのデータフォルダ（Redis）", "暗号化した記録"),
        Stored("受付カード", 349, "サーバーのデータフォルダ（Redis）", "暗号化した記録"),
        Stored("控え（バックアップ）", 2, "/srv/backup/2026-02-14.tar", "外付けディスク"),
    ),
    reason="業務が完了し、保有する必要がなくなったため",
    method=("データの鍵を破棄する", "記録とファイルを削除する", "目印の文字列を探し、残っていないことを確かめる"),
    deadline=dt.date(2026, 3, 31),
    applicant="見本 太郎（個人情報保護管理者）",
    made_at=MADE_AT,
)

DISPOSAL_RECORD = DisposalRecord(
    fair=FAIR,
    number=1,
    addressee="札幌市",
    carried_out_by=("見本 太郎", "見本 次郎"),
    approved_by="見本 花子（札幌市）",
    began_at=MADE_AT,
    ended_at=MADE_AT + dt.timedelta(minutes=4),
    content=(("来場予約", 212), ("受付カード", 1_349)),
    steps=(
        Step("データの鍵を破棄", "破棄しました", MADE_AT + dt.timedelta(seconds=3)),
        Step("記録を削除", "1,561件を削除しました", MADE_AT + dt.timedelta(seconds=9)),
    ),
    searched=(
        Searched("Redisの全キー", 1_048_576, 0),
        Searched("データフォルダ data/redis/appendonlydir", 52_428_800, 0),
    ),
    key_fingerprint="0123456789abcdef0123456789abcdef",
    made_at=MADE_AT + dt.timedelta(minutes=5),
)

INCIDENT_REPORT = IncidentReport(
    fair=FAIR,
    number=1,
    addressee="札幌市",
    what_happened="受付の端末1台が見当たらなくなりました。\n13時05分に気づき、ただちに登録を取り消しました。",
    subject="端末「受付3号」",
    begins=MADE_AT - dt.timedelta(hours=2),
    ends=MADE_AT,
    records=42,
    persons=31,
    fields=("氏名", "かな", "年代"),
    affected=(
        Affected("kQ3vN8sT1xYzA2bC4dE5fG", ("氏名", "かな"), 2),
        Affected("mR4wO9tU2yZaB3cD5eF6gH", ("氏名", "年代"), 1),
    ),
    actions=((MADE_AT, "個人情報の提供を凍結"), (MADE_AT + dt.timedelta(seconds=20), "端末の登録を取り消し")),
    timeline=(
        Happened(1_201, MADE_AT - dt.timedelta(minutes=90), "見本 太郎", "受付3号", "かなで検索"),
        Happened(1_202, MADE_AT - dt.timedelta(minutes=89), "見本 太郎", "受付3号", "受付カードを表示"),
    ),
    contacts=(("札幌市 担当課", "電話 000-0000-0000"), ("個人情報保護委員会", "所定の様式")),
    reporter="見本 花子（統括責任者）",
    made_at=MADE_AT,
)

AUDIT_SUMMARY = AuditSummary(
    fair=FAIR,
    days=(
        AuditDay(
            date=dt.date(2026, 2, 14),
            first_entry=1,
            first_chain="a1b2c3d4" * 8,
            last_entry=1_934,
            last_chain="0f1e2d3c" * 8,
            counts={
                ("サインイン", "受付"): 12,
                ("サインイン", "相談員"): 48,
                ("受付カードを表示", "受付"): 1_002,
                ("相談内容を表示", "相談員"): 871,
                ("名簿の提供を承認", "統括責任者"): 1,
            },
        ),
    ),
    intact=True,
    made_at=MADE_AT,
)

REHEARSAL_REPORT = RehearsalReport(
    fair=FAIR,
    english="Hokkaido Sapporo Area Relocation Fair",
    basis=Words("349名の日を200回通しました。", "A day of 349 persons, played 200 times."),
    answers=(Answer(Words("待ち席", "Seats"), "52席", Words("100日のうち95日", "95 days of 100")),),
    parts=(
        TablePart(
            Words("運び方のちがい", "Ways to run the day"),
            (Words("運び方", "Policy"), Words("30分超", "> 30 min")),
            (("紙の列\nPaper lines", "21.0%"), ("予備を混む所へ\nSpare pool", "3.1%")),
            Words("同じ人たちの同じ日", "The same days and people"),
            strong=1,
        ),
        ChartPart(
            Words("待ち時間", "Waits"),
            bars([Bar("札幌市", 17, 40, "17 / 40分"), Bar("江別市", 5, 11, "5 / 11分")], mark=30, mark_words="30分"),
            Words("太い棒は平均", "Thick: mean"),
        ),
    ),
    assumptions=(Words("相談時間は対数正規", "Talks are log-normal"),),
    made_at=MADE_AT,
)

DOCUMENTS: dict[str, Document] = {
    document.template: document
    for document in (
        BADGES,
        RECEIPT,
        DISPOSAL_APPLICATION,
        DISPOSAL_RECORD,
        INCIDENT_REPORT,
        AUDIT_SUMMARY,
        REHEARSAL_REPORT,
    )
}
