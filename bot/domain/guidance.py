"""What helps somebody to grow into a level: how far it reaches, what to go by, where to read."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.domain.text import LocalText
from bot.values import dataclass


class Scope(StrEnum):
    """How far the work of a level reaches, narrowest first."""

    SELF = "self"
    TEAM = "team"
    TEAMS = "teams"
    COMPANY = "company"

    @property
    def reach(self) -> int:
        """The place among the scopes, 0 for the narrowest."""
        return tuple(Scope).index(self)


class Band(StrEnum):
    """The levels that share a skill's guide: those of the first years, and all above."""

    EARLY = "early"
    LATER = "later"


class ResourceKind(StrEnum):
    """What a resource is."""

    ARTICLE = "article"
    BOOK = "book"
    COURSE = "course"
    VIDEO = "video"
    DOCUMENTATION = "documentation"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to learn from, with an http(s) address. `language` is a tag such as ``en``."""

    title: str
    url: str
    language: str | None = None
    kind: ResourceKind | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What one band of levels gets to go by in a skill, whatever the role.

    `prompts` come after an expectation's own; `evidence` are examples of what would show that the
    expectation is met.
    """

    prompts: tuple[LocalText, ...] = ()
    evidence: tuple[LocalText, ...] = ()


NO_GUIDES: Mapping[Band, Guide] = MappingProxyType({})
NO_GUIDE = Guide()
