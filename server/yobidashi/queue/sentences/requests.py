"""What was sent is no request, or no table."""

from types import MappingProxyType
from typing import Final

from yobidashi.queue.sentences.sentence import Sentence

REQUESTS: Final = MappingProxyType(
    {
        # the request is not one
        "malformed_json": Sentence(
            400, "送信内容を読み取れません（JSONではありません）。", "The body is not JSON: {why}."
        ),
        "missing_command_id": Sentence(
            422,
            "操作番号（command_id）がないか、形が違います。",
            "command_id is missing or not 16–64 characters of A–Z a–z 0–9 _ -.",
        ),
        "invalid_arguments": Sentence(422, "送信内容に誤りがあります：{field}（{why}）。", "{field}: {why}."),
        "too_large": Sentence(
            413, "送信内容が大きすぎます（上限{limit}バイト）。", "The body is larger than {limit} bytes."
        ),
        "unknown_host": Sentence(
            421,
            "このアドレスではお使いになれません。サーバーのIPアドレスか、管理者が決めた名前（YOBIDASHI_NAMES）で開いてください。",
            "This server does not answer to this name. Open it by its IP address, or by a name in YOBIDASHI_NAMES.",
        ),
        "wrong_media_type": Sentence(
            415, "JSON（application/json）で送ってください。", "Send application/json, not {came}."
        ),
        "method_not_allowed": Sentence(405, "この方法（{came}）では送れません。", "{came} is not possible here."),
        # a table that was brought in a file
        "sheet_faults": Sentence(
            422,
            "{count}か所を直してください。どの行も取り込んでいません。",
            "{count} cells need mending. No row has been taken in.",
        ),
        "sheet_unreadable": Sentence(
            422,
            "ファイルを表として読み取れません（{why_ja}）。CSV（UTF-8・Shift_JIS）かExcel（xlsx）で保存し直してください。",
            "The file cannot be read as a table: {why}. Save it as CSV (UTF-8 or Shift_JIS) or as xlsx.",
        ),
        "sheet_too_large": Sentence(
            413,
            "表が大きすぎます（{what_ja}の上限は{limit}）。分けて読み込んでください。",
            "The table is too large: {what}, at most {limit}. Bring it in parts.",
        ),
        "sheet_columns": Sentence(
            422,
            "表の見出しが合いません。足りない見出し：{missing_ja}。余分か重複した列：{unknown_ja}。見本の表と比べてください。",
            "The headings do not fit. Missing: {missing_en}. Unknown or twice: column {unknown_en}. Compare the sample table.",
        ),
    },
)
"""Code → sentence."""
