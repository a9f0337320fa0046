"""What every command has, and the arguments that several of them take, with their bounds."""

from typing import Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

COMMAND_ID_PATTERN: Final = r"^[A-Za-z0-9_-]{16,64}$"
PERSONS_MAX: Final = 20
QUEUES_AT_ONCE_MAX: Final = 18
ID_MAX: Final = 2**31 - 1
"""Of tickets, parties, offers and notices."""

CommandId = Annotated[
    str,
    StringConstraints(pattern=COMMAND_ID_PATTERN),
    Field(description="Made by the page, new for each act. The same id never acts twice and gets the first answer."),
]
QueueId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$"), Field(description="A queue's id in fair.toml.")
]
BoothNumber = Annotated[int, Field(ge=1, le=9999, description="A booth's number.")]
TicketId = Annotated[int, Field(ge=1, le=ID_MAX, description="A ticket's id (not the number on it).")]
PartyId = Annotated[int, Field(ge=1, le=ID_MAX, description="A party's id (not its number).")]
CardId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$"), Field(description="A reception card's random id.")
]
OfferId = Annotated[int, Field(ge=1, le=ID_MAX, description="An offer's id.")]
Persons = Annotated[int, Field(ge=1, le=PERSONS_MAX, description="Persons (名).")]


class Command(BaseModel):
    """What every command has: the id that makes a retry harmless."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    name: ClassVar[str]
    summary: ClassVar[str]

    command_id: CommandId


class AtBooth(Command):
    """A command on the ticket that is at a booth now, or on the booth itself."""

    booth: BoothNumber


class OnTicket(Command):
    """A command on one ticket."""

    ticket: TicketId


class OnParty(Command):
    """A command on some persons of a party."""

    party: PartyId
    persons: Persons


class OnQueue(Command):
    """A command on a queue."""

    queue: QueueId
