"""Who asks: sign-in, devices, roles, members of staff."""

from types import MappingProxyType
from typing import Final

from yobidashi.queue.sentences.sentence import Sentence

STAFF: Final = MappingProxyType(
    {
        "not_signed_in": Sentence(401, "サインインしてください。", "Sign in first."),
        "not_allowed": Sentence(
            403,
            "この操作はあなたの役割では行えません。必要なときは進行管理者にお伝えください。",
            "Your role does not include this. Ask the floor manager where it is needed.",
        ),
        "other_booth": Sentence(
            403,
            "ほかのブースの操作はできません。ご自分のブース（{booth}番）のページを開いてください。",
            "This belongs to another booth. Open the page of your own, booth {booth}.",
        ),
        "foreign_origin": Sentence(
            403,
            "このサーバーのページ以外からの操作は受け付けません。ページを開き直してください。",
            "This did not come from a page of this server. Open the page anew.",
        ),
        "stale_page": Sentence(
            403,
            "ページが古くなりました。読み込み直してください。",
            "This page is from an earlier sign-in. Reload it.",
        ),
        "too_often": Sentence(
            429,
            "回数が多すぎます。{wait_s}秒ほど待ってから、もう一度お試しください。",
            "Too many tries. Wait about {wait_s} seconds, then try again.",
        ),
        "sign_in_failed": Sentence(
            403,
            "サインインできません。名札と暗証番号を確かめ、分からないときは統括責任者にお伝えください。",
            "That did not work. Check badge and PIN; ask the chief if you cannot tell why.",
        ),
        "badge_locked": Sentence(
            403,
            "暗証番号の間違いが続いたため、この名札は約{wait_s}秒使えません。急ぐときは統括責任者にお伝えください。",
            "Too many wrong PINs: this badge is locked for about {wait_s} seconds. The chief can unlock it.",
        ),
        "pin_not_set": Sentence(
            409,
            "この名札には暗証番号がまだありません。新しい暗証番号を決めてください。",
            "This badge has no PIN yet. Choose one.",
        ),
        "pins_differ": Sentence(
            422,
            "2回の暗証番号が違います。もう一度、はじめから入れてください。",
            "The two PINs differ. Type both again.",
        ),
        "pin_too_simple": Sentence(
            422,
            "この暗証番号は当てられやすいため使えません。並びや繰り返しでない6桁にしてください。",
            "This PIN is easily guessed. Choose six digits that are no row and no repetition.",
        ),
        "device_needed": Sentence(
            403,
            "この端末は登録されていません。進行管理者から端末登録のQRコードを受け取ってください。",
            "This device is not enrolled. Ask the floor manager for its QR code.",
        ),
        "invitation_gone": Sentence(
            410,
            "この端末登録は使用済みか期限切れです。進行管理者に新しいQRコードを出してもらってください。",
            "This invitation is used or out of date. Ask the floor manager for a new one.",
        ),
        "set_up_gone": Sentence(
            410,
            "この初期設定リンクは使用済みか期限切れです。サーバーを起動し直すと新しいリンクが出ます。",
            "This link is used or out of date. Start the server again for a new one.",
        ),
        "too_many_invitations": Sentence(
            409,
            "有効な端末登録が多すぎます（上限{limit}）。10分ほど待つか、出したQRコードを使ってください。",
            "There are {limit} open invitations. Use them, or wait ten minutes.",
        ),
        "devices_full": Sentence(
            409,
            "端末の登録数の上限（{limit}台）に達しました。統括責任者にお知らせください。",
            "The limit of {limit} devices has been reached. Tell the chief.",
        ),
        "unknown_device": Sentence(404, "その端末は登録されていません。", "There is no such device."),
        "unknown_member": Sentence(
            404, "スタッフ「{id}」は登録されていません。", "There is no member of staff “{id}”."
        ),
        "last_chief": Sentence(
            409,
            "統括責任者がいなくなります。先に別の統括責任者を登録してください。",
            "No chief would be left. Add another one first.",
        ),
        "staff_full": Sentence(
            409,
            "スタッフの登録数の上限（{limit}名）に達しました。",
            "The limit of {limit} members of staff has been reached.",
        ),
    },
)
"""Code → sentence."""
