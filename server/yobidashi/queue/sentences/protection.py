"""The audit record, exports, disposal, backups."""

from types import MappingProxyType
from typing import Final

from yobidashi.queue.sentences.sentence import Sentence

PROTECTION: Final = MappingProxyType(
    {
        "audit_full": Sentence(
            503,
            "監査記録が上限（{limit}件）に達したため、操作を受け付けられません。統括責任者にお知らせください。",
            "The audit record has reached its limit of {limit} entries, so nothing can be done. Tell the chief.",
        ),
        "audit_locked": Sentence(
            503,
            "監査記録の鍵を使えないため、操作を受け付けられません。統括責任者にお知らせください。",
            "The key of the audit record cannot be used, so nothing can be done. Tell the chief.",
        ),
        "four_eyes": Sentence(
            403,
            "承認は、申請した方とは別の方が行ってください。",
            "Somebody else than the one who asked must approve.",
        ),
        "exports_frozen": Sentence(
            409,
            "個人情報の提供は停止中です（{reason}）。停止を解いてから行ってください。",
            "Exports are frozen ({reason}). Lift that first.",
        ),
        "exports_full": Sentence(
            409, "提供の申請が上限（{limit}件）に達しました。", "There are {limit} requests; no more are taken."
        ),
        "unknown_export": Sentence(404, "提供番号{number}の申請はありません。", "There is no export number {number}."),
        "export_state": Sentence(
            409,
            "提供番号{number}はいま「{export_ja}」のため、この操作はできません。",
            "Export number {number} is {export} now, so this cannot be done.",
        ),
        "export_not_yours": Sentence(
            403,
            "提供ファイルを受け取れるのは、申請した方だけです。",
            "Only who asked for an export receives its file.",
        ),
        "nobody_consented": Sentence(
            409,
            "この提供先に同意している方は、いまはいません。",
            "Nobody consents to this recipient at the moment.",
        ),
        "nobody_unserved": Sentence(
            409,
            "順番が来ないまま閉場を迎えた方のうち、この提供先に同意している方はいません。",
            "Of the parties that were not served by the closing, none consents to this recipient.",
        ),
        "disposal_state": Sentence(
            409,
            "消去の手続きはいま「{disposal_ja}」のため、この操作はできません。",
            "The disposal is {disposal} now, so this cannot be done.",
        ),
        "disposal_unfinished": Sentence(
            409,
            "消去の手順「{step_ja}」が終わりません：{why_ja}",
            "The step {step} of the disposal does not end: {why}",
        ),
        "key_not_in_file": Sentence(
            409,
            "鍵は環境変数にあるため、このプログラムでは取り替えられません。YOBIDASHI_KEYを管理する方が行ってください。",
            "The key is in the environment, where this program cannot replace it. Whoever keeps YOBIDASHI_KEY must.",
        ),
        "investigation_too_long": Sentence(
            422,
            "調べる期間は{limit}日以内にしてください。",
            "Look at no more than {limit} days at once.",
        ),
        "backups_full": Sentence(
            409,
            "バックアップの記録が上限（{limit}件）に達しました。",
            "There are {limit} backups on record; no more are made.",
        ),
        "backup_of_another": Sentence(
            409,
            "これは別のフェア（{id}）のバックアップです。{wanted}には戻せません。",
            "This is a backup of another fair ({id}), not of {wanted}.",
        ),
        "fair_not_empty": Sentence(
            409,
            "このフェアにはすでに記録があります。上書きはしません。新しいデータフォルダ（--data）に戻してください。",
            "Something has happened in this fair already; nothing is written over. Restore into new data (--data).",
        ),
    },
)
"""Code → sentence."""
