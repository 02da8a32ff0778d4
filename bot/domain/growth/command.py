"""What a member typed after `/growth`: a topic, and what belongs to it."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from bot.domain.errors import QueryTooLong
from bot.domain.lookup.names.near_names import Nearest
from bot.domain.lookup.names.query import MAX_TEXT
from bot.domain.typed_phrases import dashed, is_plain, matching
from bot.domain.typed_words import TypedWords
from bot.values import dataclass


class Topic(Enum):
    """What `/growth` can do."""

    HUB = "hub"
    ROLE = "role"
    GOAL = "goal"
    STATUS = "status"
    SHARE = "share"
    TEAM = "team"
    NUDGES = "nudges"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LANGUAGE = "language"
    OFFER = "offer"
    LEARN = "learn"
    EXPORT = "export"
    FORGET_ME = "forget-me"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class GrowthCommand:
    """A parsed text.

    `rest` is what follows the topic, as typed. `corrected` is what was taken for the word
    `taken_for` although it is spelt differently; `unknown` is text that begins with no topic.
    """

    topic: Topic
    rest: str = ""
    corrected: str = ""
    taken_for: str = ""
    unknown: str = ""


_EDGE = " \t\r\n:：,，.。!！?？\"'“”‘’`-–—="


class GrowthReader:
    """Reads the text of a `/growth` command, in every language of its words."""

    def __init__(self, typed: TypedWords) -> None:
        names = [(name, Topic(key)) for key, names in typed.topics.items() for name in names]
        # Longer names before those that they begin with.
        names.sort(key=lambda each: len(each[0]), reverse=True)
        self._names = tuple((matching(name), topic) for name, topic in names)
        self._plain = {name: topic for name, topic in names if is_plain(name)}

    def read(self, text: str, nearest: Nearest) -> GrowthCommand:
        """Read a text: forgiving in case, width, punctuation and spelling.

        Args:
            text: as Slack sent it; empty means the hub.
            nearest: finds names at a small edit distance.

        Raises:
            QueryTooLong: more than `MAX_TEXT` characters.
        """
        if len(text) > MAX_TEXT:
            raise QueryTooLong(limit=MAX_TEXT)
        typed = dashed(unicodedata.normalize("NFKC", text)).strip(_EDGE)
        if not typed:
            return GrowthCommand(Topic.HUB)
        return (
            self._named(typed)
            or self._misspelt(typed, nearest)
            or GrowthCommand(Topic.HUB, unknown=typed)
        )

    def _named(self, typed: str) -> GrowthCommand | None:
        for pattern, topic in self._names:
            if found := pattern.match(typed):
                return GrowthCommand(topic, typed[found.end() :].strip(_EDGE))
        return None

    def _misspelt(self, typed: str, nearest: Nearest) -> GrowthCommand | None:
        """Take the first word, or two as in "forgot me", for the topic that it is a slip of."""
        for words in (2, 1):
            found = re.match(r"\w+(?:[\s-]+\w+)?" if words == 2 else r"\w+", typed)
            word = re.sub(r"[\s-]+", " ", found.group()).casefold() if found else ""
            slip = 1 if len(word) < 6 else 2
            near = nearest(word, tuple(self._plain), slip) if len(word) >= 4 else ()
            if found and near:
                name = near[0][0]
                rest = typed[found.end() :].strip(_EDGE)
                return GrowthCommand(
                    self._plain[name], rest, corrected=found.group(), taken_for=name
                )
        return None


@lru_cache(maxsize=8)
def growth_reader(typed: TypedWords) -> GrowthReader:
    """Return the reader for these words, made once."""
    return GrowthReader(typed)
