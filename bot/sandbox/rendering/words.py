"""The few words that the rendering itself adds, in the viewer's language."""

from typing import Literal

from bot.sandbox.rendering.viewer import Viewer
from bot.sandbox.words import words

Word = Literal[
    "optional",
    "more",
    "remove",
    "unsupported",
    "choose",
    "choose_date",
    "choose_time",
    "choose_moment",
    "file",
    "video",
    "table",
    "attach",
    "pending",
    "in_progress",
    "complete",
    "error",
    "workflow",
    "see_more",
    "see_less",
]


def word(viewer: Viewer, key: Word, **values: str | int) -> str:
    """The word in the viewer's language, English where there is none, with its values filled in."""
    return words("blocks", viewer.language)[key].format(**values)
