"""Files for a member."""

from collections.abc import Callable, Sequence

from bot.domain.members.effects import EffectKind
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file.

    `name` is plain ASCII with an ending; `alt_text` describes an image to those who do not see it,
    and is empty for any other file.
    """

    name: str
    content: bytes
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where files went: the address of the conversation, and each file's name and address.

    An address that Slack did not tell is empty.
    """

    place: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """Files for one member, still to be made: `make` takes a while, and belongs in a thread.

    `name` tells what it is, so that the same is not sent twice at once; `text` is mrkdwn above the
    files, and `left_out` what else is said once they are made, of one that could not be: mrkdwn,
    or empty. `kind` and `request` are what they can be made anew from, see `Errand`.
    """

    name: str
    text: str
    make: Callable[[], Sequence[Document]]
    kind: EffectKind
    request: str = ""
    left_out: Callable[[Sequence[Document]], str] | None = None

    def said_of(self, files: Sequence[Document]) -> str:
        """Return the text above the files."""
        told = self.left_out(files) if self.left_out else ""
        return f"{self.text}\n{told}" if told else self.text
