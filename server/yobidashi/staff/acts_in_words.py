"""Every act in Japanese and English, as the audit record is shown to people."""

from types import MappingProxyType
from typing import Final

from yobidashi.staff.permissions import Act
from yobidashi.staff.roles import Words

SYSTEM_ACTS: Final = MappingProxyType(
    {
        "sweep-cards": Words("未使用カードの自動消去", "Unused cards removed"),
        "dispose": Words("消去（コンソール）", "Disposal at the console"),
        "make-backup": Words("バックアップ（コンソール）", "Backup at the console"),
        "restore-backup": Words("バックアップからの復元（コンソール）", "Restored from a backup at the console"),
    }
)
"""What nobody asks for by a page."""

_WORDS: Final = MappingProxyType(
    {
        Act.ISSUE: Words("発券", "Issue"),
        Act.CALL_NEXT: Words("次の方を呼ぶ", "Call next"),
        Act.CALL: Words("番号を指定して呼ぶ", "Call a number"),
        Act.RECALL: Words("再呼出", "Recall"),
        Act.START: Words("相談開始", "Start"),
        Act.FINISH: Words("相談終了", "Finish"),
        Act.ABSENT: Words("不在", "Absent"),
        Act.HOLD: Words("保留", "Hold"),
        Act.RESTORE: Words("列に戻す", "Restore"),
        Act.TRANSFER: Words("他ブースへ案内", "Transfer"),
        Act.CANCEL: Words("取消", "Cancel"),
        Act.UNDO: Words("元に戻す", "Undo"),
        Act.SPLIT: Words("分かれて回る", "Split"),
        Act.EXIT: Words("退場", "Exit"),
        Act.REENTER: Words("再入場", "Re-enter"),
        Act.OFFER: Words("空いているブースのご案内", "Offer a quieter queue"),
        Act.ACCEPT_OFFER: Words("ご案内の受諾", "Accept an offer"),
        Act.DECLINE_OFFER: Words("ご案内の辞退", "Decline an offer"),
        Act.ANNOUNCE: Words("お知らせ", "Announce"),
        Act.END_NOTICE: Words("お知らせの終了", "End a notice"),
        Act.CORRECT_TICKET: Words("受付の訂正", "Correct a ticket"),
        Act.CORRECT_PARTY: Words("人数の訂正", "Correct a party"),
        Act.DROP_IN: Words("飛び入りの相談", "Drop-in"),
        Act.OPEN_BOOTH: Words("ブースを開く", "Open a booth"),
        Act.PAUSE_BOOTH: Words("ブースを休止", "Pause a booth"),
        Act.CLOSE_BOOTH: Words("ブースを閉じる", "Close a booth"),
        Act.ASSIGN_BOOTH: Words("予備ブースの割り当て", "Assign a spare"),
        Act.CHECK_MEETING: Words("接続確認", "Check a meeting link"),
        Act.ASK_HELPER: Words("会場の係を呼ぶ", "Ask for the helper"),
        Act.HELPER_CAME: Words("係が来た", "The helper came"),
        Act.STOP_ISSUING: Words("受付停止", "Stop issuing"),
        Act.REOPEN_ISSUING: Words("受付再開", "Reopen issuing"),
        Act.CLOSE_DAY: Words("一日の締め", "Close the day"),
        Act.SET_CLOCK: Words("時計の変更", "Set the clock"),
        Act.RESET: Words("はじめからやり直す", "Reset"),
        Act.READ_FAIR: Words("フェアの案内", "Read the fair"),
        Act.READ_BOARD: Words("呼出状況の表示", "Read the board"),
        Act.READ_COUNTS: Words("来場者数の表示", "Read counts"),
        Act.OPEN_START: Words("はじめのページ", "Open the start page"),
        Act.OPEN_RECEPTION: Words("受付のページ", "Open reception"),
        Act.OPEN_BOOTH_PAGE: Words("ブースのページ", "Open a booth's page"),
        Act.OPEN_FLOOR: Words("進行管理のページ", "Open the floor page"),
        Act.OPEN_SCREEN: Words("画面の表示", "Open a screen"),
        Act.SIGN_IN: Words("サインイン", "Sign in"),
        Act.SIGN_OUT: Words("サインアウト", "Sign out"),
        Act.ENROL: Words("端末の登録", "Enrol a device"),
        Act.SET_UP: Words("はじめの設定", "Set up"),
        Act.READ_STAFF: Words("スタッフ名簿の閲覧", "Read the register"),
        Act.WRITE_STAFF: Words("スタッフ名簿の変更", "Write the register"),
        Act.PRINT_BADGES: Words("名札の発行", "Make badges"),
        Act.REVOKE_STAFF: Words("名札の失効", "Revoke a badge"),
        Act.READ_DEVICES: Words("端末一覧の閲覧", "Read devices"),
        Act.INVITE_DEVICE: Words("端末の招待", "Invite a device"),
        Act.REVOKE_DEVICE: Words("端末の失効", "Revoke a device"),
        Act.RESERVE: Words("予約", "Reserve"),
        Act.OWN_RESERVATION: Words("本人の予約", "Own reservation"),
        Act.OWN_CARD: Words("本人の受付カード", "Own card"),
        Act.OWN_VISIT: Words("本人の順番のページ", "Own visit"),
        Act.SET_MEETING: Words("会議リンクの登録", "Set a meeting link"),
        Act.READ_MEETING: Words("会議リンクの閲覧", "Read a meeting link"),
        Act.LINK_PARTY: Words("順番のページのQRコード", "Show a visit's QR code"),
        Act.SEARCH_PEOPLE: Words("来場者の検索", "Search people"),
        Act.READ_RESERVATION: Words("予約の閲覧", "Read a reservation"),
        Act.WRITE_RESERVATION: Words("予約の変更", "Write a reservation"),
        Act.IMPORT_RESERVATIONS: Words("予約の取り込み", "Import reservations"),
        Act.EXPORT_RESERVATIONS: Words("予約の書き出し", "Export reservations"),
        Act.READ_CARD: Words("受付カードの閲覧", "Read a card"),
        Act.WRITE_CARD: Words("受付カードの記入", "Write a card"),
        Act.WITHDRAW_CONSENT: Words("同意の撤回", "Withdraw a consent"),
        Act.HAND_NOVELTY: Words("記念品の手渡し", "Hand the novelty"),
        Act.READ_BRIEF: Words("相談内容の閲覧", "Read a brief"),
        Act.READ_AUDIT: Words("監査記録の閲覧", "Read the audit record"),
        Act.REQUEST_EXPORT: Words("個人情報の提供", "Export"),
        Act.APPROVE_EXPORT: Words("提供の承認・却下", "Decide on an export"),
        Act.INVESTIGATE: Words("事故の調査", "Investigate"),
        Act.FREEZE_EXPORTS: Words("提供の停止・再開", "Freeze exports"),
        Act.REQUEST_DISPOSAL: Words("消去の申請・実行", "Disposal"),
        Act.APPROVE_DISPOSAL: Words("消去の承認", "Approve the disposal"),
        Act.ROTATE_KEY: Words("鍵の更新", "Replace the keys"),
    }
)


def act_words(act: str) -> Words:
    """Give an act in words; one that this version does not know, from an older record, stands as it is written."""
    if act in SYSTEM_ACTS:
        return SYSTEM_ACTS[act]
    try:
        return _WORDS[Act(act)]
    except (ValueError, KeyError):
        return Words(act, act)


def all_words() -> dict[str, Words]:
    """Give every act that can stand in the record, in the order of the table."""
    return {**{str(act): words for act, words in _WORDS.items()}, **SYSTEM_ACTS}
