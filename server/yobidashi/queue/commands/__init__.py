"""Every command of a fair: its name, what it does in a sentence, and its arguments with their bounds.

One class a command, named like its Lua file and its HTTP address. The API parses bodies with these classes, the OpenAPI
document is made from them, and `queue/store.py` hands their values to the script of the same name.
"""

from typing import Final

from yobidashi.queue.commands.booths import (
    AskHelper,
    AssignBooth,
    CheckMeeting,
    CloseBooth,
    HelperCame,
    OpenBooth,
    PauseBooth,
)
from yobidashi.queue.commands.command import Command
from yobidashi.queue.commands.corrections import CorrectParty, CorrectTicket, DropIn, Undo
from yobidashi.queue.commands.day import Announce, CloseDay, EndNotice, ReopenIssuing, Reset, SetClock, StopIssuing
from yobidashi.queue.commands.offers import AcceptOffer, DeclineOffer, MakeOffer
from yobidashi.queue.commands.parties import Exit, Reenter, Split
from yobidashi.queue.commands.tickets import (
    Absent,
    Call,
    CallNext,
    Cancel,
    Finish,
    Hold,
    Issue,
    Recall,
    Restore,
    Start,
    Transfer,
)

COMMANDS: Final[dict[str, type[Command]]] = {
    command.name: command
    for command in (
        Issue,
        CallNext,
        Call,
        Recall,
        Start,
        Finish,
        Absent,
        Hold,
        Restore,
        Transfer,
        Cancel,
        Split,
        Exit,
        Reenter,
        MakeOffer,
        AcceptOffer,
        DeclineOffer,
        Announce,
        EndNotice,
        CorrectTicket,
        CorrectParty,
        DropIn,
        Undo,
        OpenBooth,
        PauseBooth,
        CloseBooth,
        AssignBooth,
        CheckMeeting,
        AskHelper,
        HelperCame,
        StopIssuing,
        ReopenIssuing,
        CloseDay,
        SetClock,
        Reset,
    )
}
"""Command name → its class."""
