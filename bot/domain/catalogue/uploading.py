"""An upload on its way to be published: what its owner has said of it, and how far it is.

The file itself stays in Slack; this says which one it is, so that any process can read it again.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.values import dataclass

BEGUN = "upload:"
"""What the id of an upload's file begins with where it names such a row, and no file in Slack."""
KEPT_FOR = timedelta(days=30)
"""How long an upload is kept that nobody goes on with."""
MOST_ANSWERS = 40
LONGEST_NAME = 200
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})
"""Nothing was answered of what a file leaves open."""


class UploadStep(StrEnum):
    """How far an upload is."""

    READING = "reading"
    ASKING = "asking"
    WRONG = "wrong"  # problems keep it from being imported
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a file when it was last read; `missing` are cells that are not defined.

    `unchanged` is 1 where members saw exactly this.
    """

    questions: int = 0
    problems: int = 0
    roles: int = 0
    levels: int = 0
    skills: int = 0
    missing: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class BegunUpload:
    """An upload of its author's. `file` and `mapping` are ids in Slack.

    `name` is what the catalogue is to be called, `answers` what the author answered, by question.
    `channel` and `ts` name the message that tells of it, empty where there is none yet.
    """

    id: int
    author_id: str
    file: str
    file_name: str
    changed_at: datetime
    mapping: str | None = None
    name: str = ""
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: NO_ANSWERS, hash=False)
    step: UploadStep = UploadStep.READING
    found: Found = Found()
    channel: str = ""
    ts: str = ""

    @property
    def reference(self) -> str:
        """What stands for it where an upload's file is named."""
        return f"{BEGUN}{self.id}"


def begun_id(file: str) -> int | None:
    """Return the id of the row that an upload's file names; None for a file in Slack."""
    number = file.removeprefix(BEGUN)
    fits = number != file and number.isdecimal() and number.isascii() and len(number) < 19
    return int(number) if fits else None


def with_answers(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return all answers; the newest of each question counts, and no more are kept than a few."""
    merged = {**before, **given}
    return dict([*merged.items()][-MOST_ANSWERS:])
