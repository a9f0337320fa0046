"""What the floor refuses: something that was named is not there, or the fair stands otherwise."""

from types import MappingProxyType
from typing import Final

from yobidashi.queue.sentences.sentence import Sentence

FLOOR: Final = MappingProxyType(
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
        "begun_anew": Sentence(
            409,
            "フェアが初めからやり直されたため、この操作は行いませんでした。",
            "The fair has begun anew since this was decided; nothing was done.",
        ),
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
    },
)
"""Code → sentence."""
