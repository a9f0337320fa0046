"""Every refusal of the system in one table: stable code, HTTP status, and a sentence in Japanese and in English.

The words in braces are filled from the refusal's detail. A script or a parser names the code; nothing else writes a
sentence for a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Sentence:
    """How one code is told: HTTP status, Japanese, English."""

    status: int
    ja: str
    en: str


CODES: Final = MappingProxyType(
    {
        # what was named does not exist
        "unknown_fair": Sentence(404, "フェア「{id}」はありません。", "There is no fair “{id}”."),
        "unknown_queue": Sentence(404, "相談先「{id}」はありません。", "There is no queue “{id}”."),
        "unknown_booth": Sentence(404, "{id}番ブースはありません。", "There is no booth {id}."),
        "unknown_ticket": Sentence(404, "その受付（{id}）は見つかりません。", "There is no ticket {id}."),
        "unknown_party": Sentence(404, "その受付（{id}）は見つかりません。", "There is no party {id}."),
        "unknown_card": Sentence(
            404,
            "この受付カードは見つかりません。カードを開き直すか、新しく記入してください。",
            "There is no such reception card. Open it anew, or fill in a new one.",
        ),
        "no_meeting": Sentence(
            404,
            "いま開けるオンライン相談はありません。お呼びしたときに、ここから開けます。",
            "There is no online consultation to open now. It can be opened from here when you are called.",
        ),
        "unknown_offer": Sentence(404, "そのご案内（{id}）は見つかりません。", "There is no offer {id}."),
        "unknown_notice": Sentence(404, "そのお知らせ（{id}）は見つかりません。", "There is no notice {id}."),
        "unknown_number": Sentence(
            404, "番号「{number}」は発券されていません。", "Number {number} has not been issued."
        ),
        "unknown_event": Sentence(404, "元に戻す操作が見つかりません。", "There is no such act to take back."),
        "not_found": Sentence(404, "このページはありません。", "There is nothing at this address."),
        # the fair stands otherwise
        "wrong_state": Sentence(
            409,
            "{number}番はいま「{state_ja}」のため、この操作はできません。",
            "Number {number} is {state} now, so this cannot be done.",
        ),
        "no_one_waiting": Sentence(
            409, "いまお呼びできる方はいません。", "Nobody who waits here can be called at the moment."
        ),
        "booth_busy": Sentence(
            409,
            "{booth}番ブースは{number}番の方に対応中です。先に終了してください。",
            "Booth {booth} is busy with number {number}. Finish that first.",
        ),
        "booth_free": Sentence(
            409,
            "{booth}番ブースにはいま呼び出し中・相談中の方がいません。",
            "Nobody is at booth {booth} at the moment.",
        ),
        "booth_not_open": Sentence(
            409,
            "{booth}番ブースは開いていません。再開してから呼び出してください。",
            "Booth {booth} is not open. Open it before calling.",
        ),
        "booth_unchanged": Sentence(
            409, "{booth}番ブースはすでにその状態です。", "Booth {booth} is in that state already."
        ),
        "queue_unchanged": Sentence(
            409, "「{queue_name}」の受付はすでにその状態です。", "Queue “{queue_name}” is so already."
        ),
        "party_busy": Sentence(
            409,
            "{number}番の方は{booth}番ブースで対応中です。終わってからお呼びください。",
            "Number {number} is at booth {booth} now. Call them when they are free.",
        ),
        "not_in_queue": Sentence(
            409, "{number}番の方はこの相談先に並んでいません。", "Number {number} is not in this queue."
        ),
        "already_in_queue": Sentence(
            409,
            "{number}番の方はすでに「{queue_name}」に並んでいます。",
            "Number {number} is in queue “{queue_name}” already.",
        ),
        "issuing_stopped": Sentence(
            409,
            "「{queue_name}」は受付を停止しています。ほかの相談先をお選びください。",
            "Queue “{queue_name}” takes no new tickets. Choose another.",
        ),
        "too_many_queues": Sentence(
            409, "一度に並べる相談先は{limit}件までです。", "A party may wait in at most {limit} queues at once."
        ),
        "fair_full": Sentence(
            409,
            "発券数の上限（{limit}）に達しました。",
            "The limit of {limit} has been reached; nothing more can be issued.",
        ),
        "card_needed": Sentence(
            409,
            "受付カードの記入と同意の確認が済んでから発券してください。",
            "Complete the reception card and its consents first; then issue the ticket.",
        ),
        "card_used": Sentence(
            409,
            "この受付カードは{number}番の方のものです。相談先は{number}番に追加してください。",
            "This card belongs to number {number}. Add queues to that number.",
        ),
        "split_too_many": Sentence(
            409,
            "{number}番の方は{size}名（お子さま{children}名）です。分ける人数を確かめてください。",
            "Number {number} has {size} persons, {children} of them children. Check how many leave it.",
        ),
        "ticket_unchanged": Sentence(
            409, "{number}番はすでに「{state_ja}」です。", "Number {number} is {state} already."
        ),
        "offer_open": Sentence(
            409,
            "{number}番の方には「{queue_name}」をご案内中です。お返事をお待ちください。",
            "Number {number} has an offer of “{queue_name}” already. Wait for the answer.",
        ),
        "offer_gone": Sentence(
            409,
            "「{queue_name}」へのご案内は終わりました。いまの順番はそのままです。",
            "The offer of “{queue_name}” is over. The place in line has not changed.",
        ),
        "too_many_notices": Sentence(
            409,
            "同時に出せるお知らせは{limit}件までです。どれかを終了してから出してください。",
            "At most {limit} notices are shown at once. End one of them first.",
        ),
        "notice_over": Sentence(409, "このお知らせはもう出ていません。", "This notice is shown no more."),
        "not_inside": Sentence(
            409,
            "{number}番の方で会場内にいるのは{inside}名です。",
            "Of number {number}, {inside} persons are in the hall.",
        ),
        "all_inside": Sentence(
            409,
            "{number}番の方は{size}名で、{inside}名が会場内にいます。",
            "Number {number} has {size} persons; {inside} are in the hall already.",
        ),
        "undo_too_late": Sentence(409, "時間が過ぎたため、元に戻せません。", "It is too late to take this back."),
        "undo_overtaken": Sentence(
            409,
            "そのあとに別の操作があったため、元に戻せません。",
            "Something has changed since, so this cannot be taken back.",
        ),
        "not_a_spare": Sentence(409, "{booth}番は予備ブースではありません。", "Booth {booth} is not a spare."),
        "not_online": Sentence(
            409,
            "{booth}番ブースはオンラインのブースではありません。",
            "Booth {booth} is not an online booth.",
        ),
        "meeting_missing": Sentence(
            409,
            "{booth}番ブースの会議リンクがまだありません。ブースのページでリンクを登録してください。",
            "Booth {booth} has no meeting link yet. Set it on the booth's page.",
        ),
        "meeting_changed": Sentence(
            409,
            "{booth}番ブースの会議リンクは新しくなりました。開き直して、つながることを確かめてください。",
            "The meeting link of booth {booth} is another one now. Open it anew and see that it leads there.",
        ),
        "meeting_unchecked": Sentence(
            409,
            "{booth}番ブースは、きょうの接続確認がまだです。会議リンクを開いて「つながりました」を押してください。",
            "The meeting link of booth {booth} was not checked today. Open it and press “It works”.",
        ),
        "helper_unchanged": Sentence(
            409,
            "{booth}番ブースの係の呼び出しは、すでにその状態です。",
            "The helper of booth {booth} is called, or not called, already.",
        ),
        "day_not_over": Sentence(
            409,
            "まだ発券している相談先が{queues}か所あります。終了時刻を過ぎるか、すべての発券を停止してから行ってください。",
            "Tickets are still issued for {queues} queues. Wait for the closing time, or stop issuing everywhere first.",
        ),
        "day_closed": Sentence(
            409, "お待ちの方はもういません。発券も停止しています。", "Nobody waits any more, and nothing is issued."
        ),
        "clock_backwards": Sentence(
            409,
            "フェアの時計は戻せません。はじめからやり直してください。",
            "The fair's clock does not go back. Reset the fair.",
        ),
        "not_a_demonstration": Sentence(
            403, "本番のフェアではこの操作はできません。", "This can be done with a demonstration fair only."
        ),
        "command_id_reused": Sentence(
            409,
            "同じ操作番号が別の内容で使われました。ページを読み込み直してください。",
            "This command_id was used for another command. Make a new one for each act.",
        ),
        # who asks
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
        # people's data
        "demonstration_keeps_nobody": Sentence(
            403,
            "これは練習用です。個人情報はお預かりできません。",
            "This is a demonstration: it keeps no personal data.",
        ),
        "vault_closed": Sentence(
            410,
            "このフェアの個人情報は消去済みか、まだお預かりしていません。",
            "This fair keeps no personal data: they were destroyed, or none was taken yet.",
        ),
        "vault_locked": Sentence(
            503,
            "個人情報の鍵がこのサーバーにありません。統括責任者にお知らせください。",
            "The key to this fair's personal data is not on this server. Tell the chief.",
        ),
        "vault_changed": Sentence(
            503,
            "鍵を更新しています。同じ操作がこのまま再送されます。",
            "The key is being replaced. Send the same again.",
        ),
        "record_damaged": Sentence(
            409,
            "この記録は開けません。個人情報保護管理者にお知らせください。",
            "This record does not open. Tell the privacy officer.",
        ),
        "people_full": Sentence(
            409,
            "お預かりできる件数の上限（{limit}）に達しました。統括責任者にお知らせください。",
            "The limit of {limit} records has been reached. Tell the chief.",
        ),
        "unknown_link": Sentence(
            404,
            "このページは開けません。消去されたか、アドレスが違います。会場では受付でお尋ねください。",
            "This page does not open: it was removed, or the address is another. At the fair, ask at the reception.",
        ),
        "unknown_consent": Sentence(
            404, "その提供先への同意は記録されていません。", "There is no decision about this recipient on record."
        ),
        "too_many_decisions": Sentence(
            409,
            "同意の変更が上限（{limit}回）に達しました。受付でお申し出ください。",
            "The limit of {limit} changes has been reached. Ask at the reception.",
        ),
        "brief_closed": Sentence(
            403,
            "相談内容を読めるのは、このブースで呼び出し中・相談中の方と、このブースを予約した方だけです。",
            "A booth reads only what the parties it has called, or who reserved it, want to talk about.",
        ),
        # reservations
        "unknown_reservation": Sentence(
            404,
            "この予約は見つかりません。予約番号かふりがなで探し直してください。",
            "There is no such reservation. Look for it by its code or by the name in kana.",
        ),
        "reservations_not_open": Sentence(
            409,
            "予約の受付は{opens}からです。それまでお待ちください。",
            "Reservations open on {opens}. Please come back then.",
        ),
        "reservations_closed": Sentence(
            409,
            "予約の受付は終わりました。当日は、予約なしでもご来場いただけます。",
            "Reservations are closed. You are welcome at the fair without one.",
        ),
        "slot_full": Sentence(
            409,
            "{queue_name}の{time}の枠は、ほかの方の予約で埋まりました。ほかの時間をお選びください。",
            "{queue_english} at {time} has just been taken by others. Choose another time.",
        ),
        "slot_over": Sentence(
            409,
            "{queue_name}の{time}の枠は、もうはじまっています。あとの時間をお選びください。",
            "The time {time} at {queue_english} has begun already. Choose a later one.",
        ),
        "reservation_cancelled": Sentence(
            409,
            "この予約は取り消されています。ご来場の際は、新しく予約されるか、予約なしでお越しください。",
            "This reservation was cancelled. Make a new one, or come without.",
        ),
        "reservation_arrived": Sentence(
            409,
            "受付がお済みのため、予約は変えられません。会場の受付でお申し出ください。",
            "You have arrived, so the reservation no longer changes. Ask at the reception.",
        ),
        "not_arrived": Sentence(
            409,
            "この予約の方はまだ受付をしていません。発券してから記念品をお渡しください。",
            "This party has not arrived yet. Issue its number first, then hand the gift.",
        ),
        "novelty_given": Sentence(
            409,
            "この予約の方には{time}に記念品をお渡し済みです（一組に一つ）。",
            "This party got its gift at {time}: one a party.",
        ),
        "novelty_not_given": Sentence(
            409, "この予約の方には、まだ記念品をお渡ししていません。", "This party has not got its gift yet."
        ),
        "novelty_out": Sentence(
            409,
            "記念品はなくなりました（用意した数 {stock}個）。進行管理者にお知らせください。",
            "All {stock} gifts are gone. Tell the floor manager.",
        ),
        "no_novelty": Sentence(
            404, "このフェアには記念品がありません。", "This fair has no gift for those who reserved."
        ),
        "invalid_link": Sentence(
            422,
            "会議リンクを登録できません：{why_ja}。",
            "This meeting link cannot be taken: {why}.",
        ),
        "invalid_answers": Sentence(
            422,
            "入力に確かめていただきたいところが{count}か所あります。",
            "There are {count} places to check in what was entered.",
        ),
        # protection
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
        # the server cannot now
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

_STATES_JA: Final = MappingProxyType(
    {
        "waiting": "お待ち",
        "called": "呼び出し中",
        "serving": "相談中",
        "finished": "終了",
        "absent": "不在",
        "held": "保留",
        "cancelled": "取消",
    },
)


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


class Refusal(Exception):
    """A command or request that is not done, with its code; the sentences come from `CODES`."""

    def __init__(self, code: str, detail: Mapping[str, Any] | None = None) -> None:
        """Refuse with ``code`` (a key of `CODES`) and what its sentence needs."""
        self.code = code
        self.detail: dict[str, Any] = dict(detail or {})
        super().__init__(f"{code}: {self.sentence('en')}")

    @property
    def status(self) -> int:
        """The HTTP status of the code."""
        return CODES[self.code].status

    def sentence(self, language: str) -> str:
        """Give the sentence in ``ja`` or ``en``."""
        words = _Blank(self.detail)
        words.setdefault("queue_name", self.detail.get("queue", "—"))
        words["state_ja"] = _STATES_JA.get(str(self.detail.get("state")), "—")
        template: str = getattr(CODES[self.code], language)
        return template.format_map(words)

    def to_object(self) -> dict[str, Any]:
        """Give the refusal as the HTTP API answers it."""
        return {"code": self.code, "ja": self.sentence("ja"), "en": self.sentence("en"), "detail": self.detail}
