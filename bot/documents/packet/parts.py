"""What a packet is made of, as words: plain text throughout."""

from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class PacketPiece:
    """One piece of evidence; `url` is a web address or None."""

    on: str
    note: str
    url: str | None


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One thing to talk about: what it is of, what is told, and whose words show it.

    `quote` is what a person wrote, cut short, `url` a web address or None; each text may be empty.
    """

    head: str
    told: str
    quote: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TalkPart:
    """Things to talk about under one title; `about` says what they are, `more` counts the rest."""

    title: str
    about: str
    lines: tuple[TalkLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class PacketEntry:
    """One expectation. Empty texts are left out.

    `hole` says that nothing shows it, `more` how many pieces of evidence are left out; `others` is
    what colleagues and the manager say, which stands beside it.
    """

    skill: str
    place: str
    asked: str
    before: str
    text: str
    status: str
    note: str
    pieces: tuple[PacketPiece, ...]
    count: int
    more: str
    hole: str
    others: tuple[TalkLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PacketSection:
    """The expectations with one status."""

    title: str
    entries: tuple[PacketEntry, ...]


@dataclass(frozen=True, slots=True)
class PacketWords:
    """A whole packet. `facts` are pairs of a label and a value, `lists` of a title and names.

    `summary` is where the member stands, what has moved and what is missing, as such pairs. With
    `talk` it is what is read in three minutes; all that follows `details` is to be looked up.

    `growth` is a title and what its picture shows, empty where there is nothing to show;
    `unplaced` a title and what it says, for the evidence `loose`, which is tied to nothing yet.
    `colon` is what the language writes between a label and a value.
    """

    title: str
    subtitle: str
    summary: tuple[tuple[str, str], ...]
    talk: tuple[TalkPart, ...]
    details: str
    growth: tuple[str, str]
    unplaced: tuple[str, str]
    loose: tuple[PacketPiece, ...]
    loose_more: str
    about: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, str, str, str]
    sections: tuple[PacketSection, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    evidence: str
    others: str
    colon: str
