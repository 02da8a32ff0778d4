"""The page's own words. A member sees them in the language of their Slack."""

from collections.abc import Callable

from bot.sandbox.model import Member
from bot.sandbox.words import words

Translate = Callable[..., str]

# What the scripts say by themselves; the rest is written by the server.
SCRIPT_WORDS = (
    "cancel",
    "confirm",
    "copied",
    "copy_failed",
    "disconnected",
    "dismiss",
    "failed",
    "loading",
    "new_message",
    "nothing",
    "open",
    "remove",
    "type_more",
)


def language_of(member: Member) -> str:
    """The language of a member's Slack alone, as in ``en`` or ``zh``."""
    return member.locale.partition("-")[0]


def translator(language: str) -> Translate:
    """A function from a word's key (and its values) to the word; English where there is none."""
    table = words("page", language)

    def translate(key: str, **values: str | int) -> str:
        return table[key].format(**values)

    return translate


def script_words(language: str) -> dict[str, str]:
    """The words the scripts need, with their placeholders still in them."""
    table = words("page", language)
    return {key: table[key] for key in SCRIPT_WORDS}
