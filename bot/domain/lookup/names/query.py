"""What a member meant: a typed text, understood as references into the catalogue."""

from dataclasses import field

from bot.domain.lookup.names.lexicon import Kind, Ref, Word
from bot.values import dataclass

MAX_TEXT = 300
MAX_CHOICES = 25
MAX_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip put right: the person typed `typed` and gets `ref`.

    `former` tells that it is no slip, but what `ref` or its predecessor was called.
    """

    typed: str
    ref: Ref
    former: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A resolved text. `level_keys` has several where ladders give one name different keys.

    `named` has the words that name the subject; none where a slip was put right. Queries that
    differ only in it are equal.
    """

    subject: Ref | None = None
    role_key: str | None = None
    level_keys: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ignored: tuple[str, ...] = ()
    named: tuple[Word, ...] = field(default=(), compare=False)

    def about(self, subject: Ref, named: tuple[Word, ...] = ()) -> "Query":
        """Return the same with a subject."""
        return Query(subject, self.role_key, self.level_keys, self.corrections, self.ignored, named)

    def of_role(self, role_key: str) -> "Query":
        """Return the same with a role that narrows it down."""
        return Query(
            self.subject, role_key, self.level_keys, self.corrections, self.ignored, self.named
        )

    def at(self, level_keys: tuple[str, ...]) -> "Query":
        """Return the same with a level."""
        return Query(
            self.subject, self.role_key, level_keys, self.corrections, self.ignored, self.named
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """`typed` may mean any of `options`; `query` holds what else was understood.

    Options that share one name are all there, at most `MAX_CHOICES`; of names that only have
    `typed` in them there are at most `MAX_SUGGESTIONS`, and `many` tells that there are more.
    """

    typed: str
    options: tuple[Ref, ...]
    query: Query = field(default_factory=Query)
    many: bool = False


@dataclass(frozen=True, slots=True)
class NotFound:
    """`typed` means nothing here; `suggestions` are what is nearest to it, perhaps nothing."""

    typed: str
    suggestions: tuple[Ref, ...]
    query: Query = field(default_factory=Query)


Resolution = Query | Choices | NotFound


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Which kinds a command's subject may have, and whether a role may narrow it down.

    Compared and hashed by identity: there are a few, and texts are remembered by them.
    """

    subjects: frozenset[Kind]
    narrowing_role: bool


SKILL_GRAMMAR = Grammar(frozenset({Kind.SKILL, Kind.GROUP, Kind.ROLE, Kind.DOMAIN}), True)
ROLE_GRAMMAR = Grammar(frozenset({Kind.ROLE}), False)
