"""What the server cannot do now."""

from types import MappingProxyType
from typing import Final

from yobidashi.queue.sentences.sentence import Sentence

SERVER: Final = MappingProxyType(
    {
        "redis_away": Sentence(
            503,
            "サーバーの記録装置につながりません。同じ操作がこのまま再送されます。",
            "The queue store cannot be reached. Send the same command_id again.",
        ),
        "redis_refused": Sentence(
            503,
            "サーバーの記録装置が書き込めません。進行管理者にお知らせください。",
            "The queue store refuses to write. Tell the floor manager.",
        ),
        "not_founded": Sentence(
            503, "フェアの準備中です。すぐに再送されます。", "The fair is being set up. Send the same command_id again."
        ),
        "rules_shrunk": Sentence(
            500,
            "fair.tomlから{table}の「{id}」が消えていますが、記録には残っています。元に戻すか、新しいデータフォルダで始めてください。",
            "fair.toml no longer names “{id}” of {table}, but the stored fair has it. Put it back or start on new data.",
        ),
        "demonstration_data": Sentence(
            500,
            "このデータはデモのものです（または本番のものです）。デモと本番には別のデータフォルダをお使いください。",
            "The stored fair is a demonstration and this server is not, or the other way round. Use another data folder.",
        ),
        "newer_schema": Sentence(
            503,
            "このデータは新しい版のプログラムで使われています（データの版{stored}、このプログラムは{known}まで）。プログラムを更新してください。",
            "A newer version has used this data (schema {stored}; this program knows up to {known}). Update the program.",
        ),
        "draining": Sentence(
            503,
            "このサーバーはまもなく止まります。ほかのサーバーがお受けします。",
            "This server is about to end; another one takes over.",
        ),
        "overloaded": Sentence(
            503,
            "混み合っています。同じ操作がこのまま再送されます。",
            "Too many commands at once. Send the same command_id again.",
        ),
        "internal": Sentence(
            500,
            "サーバーの内部エラーです。進行管理者にお知らせください。",
            "The server made an error. Tell the floor manager.",
        ),
    },
)
"""Code → sentence."""
