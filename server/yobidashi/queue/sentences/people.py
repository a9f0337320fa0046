"""What people entrusted to the fair: cards, consents, reservations, the gift."""

from types import MappingProxyType
from typing import Final

from yobidashi.queue.sentences.sentence import Sentence

PEOPLE: Final = MappingProxyType(
    {
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
    },
)
"""Code → sentence."""
