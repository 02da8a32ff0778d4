"""What a member typed after `/growth`: a topic, and what belongs to it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from bot.domain.errors import QueryTooLong
from bot.domain.lookup.name_list import Nearest
from bot.domain.lookup.query import MAX_TEXT


class Topic(Enum):
    """What `/growth` can do."""

    HUB = "hub"
    ROLE = "role"
    GOAL = "goal"
    STATUS = "status"
    NUDGES = "nudges"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LANGUAGE = "language"
    EXPORT = "export"
    FORGET_ME = "forget-me"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class GrowthCommand:
    """A parsed text.

    `rest` is what follows the topic, as typed. `corrected` is the word that was taken for the
    topic although it is spelt differently; `unknown` is text that begins with no topic at all.
    """

    topic: Topic
    rest: str = ""
    corrected: str = ""
    unknown: str = ""


# Longer names before those that they begin with.
NAMES: Mapping[Topic, tuple[str, ...]] = MappingProxyType(
    {
        Topic.ROLE: ("roles", "role", "角色", "职位", "岗位"),
        Topic.GOAL: ("goals", "goal", "target", "目标"),
        Topic.STATUS: ("status", "progress", "状态", "进度", "进展"),
        Topic.NUDGES: ("nudges", "nudge", "reminders", "提醒"),
        Topic.PAUSE: ("pause", "snooze", "暂停"),
        Topic.RESUME: ("resume", "unpause", "恢复", "继续"),
        Topic.STOP: ("stop nudges", "stop", "停止提醒", "停止"),
        Topic.LANGUAGE: ("languages", "language", "lang", "语言"),
        Topic.EXPORT: ("exports", "export", "导出"),
        Topic.FORGET_ME: ("forget me", "forget", "忘记我", "忘记", "删除我的数据"),
        Topic.HELP: ("help", "帮助", "用法"),
    }
)

_SPACE = r"[\s_\-\u2010-\u2015]*"
_EDGE = " \t\r\n:：,，.。!！?？\"'“”‘’`-–—="


def parse_growth(text: str, nearest: Nearest) -> GrowthCommand:
    """Read the text of a `/growth` command: forgiving in case, width, punctuation and spelling.

    Args:
        text: as Slack sent it; empty means the hub.
        nearest: finds names at a small edit distance.

    Raises:
        QueryTooLong: more than `MAX_TEXT` characters.
    """
    if len(text) > MAX_TEXT:
        raise QueryTooLong(limit=MAX_TEXT)
    typed = unicodedata.normalize("NFKC", text).strip(_EDGE)
    if not typed:
        return GrowthCommand(Topic.HUB)
    return _named(typed) or _misspelt(typed, nearest) or GrowthCommand(Topic.HUB, unknown=typed)


def _named(typed: str) -> GrowthCommand | None:
    for pattern, topic in _PATTERNS:
        found = pattern.match(typed)
        if found:
            return GrowthCommand(topic, typed[found.end() :].strip(_EDGE))
    return None


def _misspelt(typed: str, nearest: Nearest) -> GrowthCommand | None:
    """Take the first word, or two as in "forgot me", for the topic that it is a slip of."""
    for words in (2, 1):
        found = re.match(r"\w+(?:[\s-]+\w+)?" if words == 2 else r"\w+", typed)
        word = re.sub(r"[\s-]+", " ", found.group()).casefold() if found else ""
        slip = 1 if len(word) < 6 else 2
        near = nearest(word, _WORDS, slip) if len(word) >= 4 else ()
        if found and near:
            return GrowthCommand(
                _TOPICS[near[0][0]], typed[found.end() :].strip(_EDGE), corrected=found.group()
            )
    return None


def _pattern(name: str) -> re.Pattern[str]:
    """Match a name at the start; one of Latin letters ends where the word ends."""
    body = _SPACE.join(re.escape(part) for part in name.split())
    return re.compile(body + (r"(?![^\W_])" if name.isascii() else ""), re.IGNORECASE)


_PATTERNS = tuple((_pattern(name), topic) for topic, names in NAMES.items() for name in names)
_TOPICS = {name: topic for topic, names in NAMES.items() for name in names if name.isascii()}
_WORDS = tuple(_TOPICS)
