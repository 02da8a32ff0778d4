"""The commands that the callers type, seeded, in two variants.

Warm: each member repeats one command of their own, so that every cache that production has can
help. Cold: no command is ever repeated, one in five is misspelt, and one in eight is a word that
people type and this catalogue does not have, so that none can.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tests.benchmarks.vocabulary import Asker, Vocabulary
from tests.tools.terms import FOLDER, read_terms

SKILL = "/skill"
GAP = "/promote-gap"
COMMANDS = (SKILL, GAP)

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# So many repeats in a row mean that the catalogue has no more different texts to give.
_MOST_TRIES = 50
_WRONG_WORDS = 0.125


@dataclass(frozen=True, slots=True)
class Typed:
    """One command as a member types it."""

    asker: Asker
    command: str
    text: str


def warm(command: str, vocabulary: Vocabulary, *, seed: int) -> list[Typed]:
    """Return one command per member: what they come back to."""
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    write = _popular_skill if command == SKILL else _own_gap
    return [Typed(each, command, write(each, vocabulary, rng)) for each in vocabulary.askers]


def cold(command: str, vocabulary: Vocabulary, count: int, *, seed: int) -> list[Typed]:
    """Return `count` commands with as many different texts, by members in turn.

    Raises:
        ValueError: the catalogue has too few names for so many texts.
    """
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    write = _any_skill if command == SKILL else _any_gap
    texts = _distinct(lambda: _as_typed(write(vocabulary, rng), rng), count)
    askers = vocabulary.askers
    return [Typed(askers[number % len(askers)], command, text) for number, text in enumerate(texts)]


def again(vocabulary: Vocabulary) -> list[Typed]:
    """Return one promotion gap per member who holds much: what they come back to."""
    return [Typed(each, GAP, _held_gap(each, vocabulary)) for each in vocabulary.holders]


def anew(vocabulary: Vocabulary, count: int, *, seed: int) -> list[Typed]:
    """Return promotion gaps by members who hold much, the same role in `count` spellings."""
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    holders = vocabulary.holders
    texts = _distinct(lambda: _recased(_held_gap(holders[0], vocabulary), rng), count)
    return [Typed(holders[number % len(holders)], GAP, text) for number, text in enumerate(texts)]


def other(vocabulary: Vocabulary, count: int, *, seed: int) -> list[Typed]:
    """Return promotion gaps by members who hold much, each time from another rung."""
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    holders = vocabulary.holders

    def way() -> str:
        role, _ = rng.choice(vocabulary.roles)
        return f"{_held_gap(holders[0], vocabulary)} from {role} {_level(vocabulary, rng)}"

    texts = _distinct(lambda: _recased(way(), rng), count)
    return [Typed(holders[number % len(holders)], GAP, text) for number, text in enumerate(texts)]


def _held_gap(holder: Asker, vocabulary: Vocabulary) -> str:
    """Ask for the last level but one, which is their goal: almost everything changes."""
    return f"{holder.role} {vocabulary.levels[-2][0]}"


def _recased(text: str, rng: random.Random) -> str:
    return "".join(rng.choice((letter.upper(), letter)) for letter in text)


def _distinct(make: Callable[[], str], count: int) -> Iterator[str]:
    seen: set[str] = set()
    for _ in range(count):
        for _try in range(_MOST_TRIES):
            text = make()
            if text not in seen:
                break
        else:
            raise ValueError(f"no more than {len(seen)} different texts found")
        seen.add(text)
        yield text


def _popular_skill(_asker: Asker, vocabulary: Vocabulary, rng: random.Random) -> str:
    """Most look up one of forty favourite skills, some a whole group."""
    favourites = vocabulary.skills[:: max(1, len(vocabulary.skills) // 40)]
    subject = rng.choice(vocabulary.groups if rng.random() < 0.25 else favourites)
    return f"{rng.choice(subject)} {_level(vocabulary, rng)}" if rng.random() < 0.7 else subject[0]


def _own_gap(asker: Asker, vocabulary: Vocabulary, rng: random.Random) -> str:
    """Ask for a level above one's own; whoever has no such level looks at another role."""
    keys = [key for key, _ in vocabulary.levels]
    own = keys.index(asker.level) if asker.level in keys else len(keys)
    above = keys[own + 1 :]
    if asker.role and above:
        return f"{asker.role} {rng.choice(above)}"
    others = [key for key, _ in vocabulary.roles if key != asker.role]
    return f"{rng.choice(others)} {rng.choice(keys[1:])}"


def _any_skill(vocabulary: Vocabulary, rng: random.Random) -> list[str]:
    if rng.random() < _WRONG_WORDS:
        return [rng.choice(_typed_by_people()), _level(vocabulary, rng)]
    form = rng.random()
    if form < 0.15:
        return [rng.choice(rng.choice(vocabulary.groups)), _level(vocabulary, rng)]
    if form < 0.25:
        return [rng.choice(rng.choice(vocabulary.roles)), _level(vocabulary, rng)]
    skill = rng.choice(rng.choice(vocabulary.skills))
    if form < 0.55:
        return [skill, _level(vocabulary, rng), rng.choice(rng.choice(vocabulary.roles))]
    return [skill, _level(vocabulary, rng)]


def _any_gap(vocabulary: Vocabulary, rng: random.Random) -> list[str]:
    role = rng.choice(rng.choice(vocabulary.roles))
    if rng.random() < _WRONG_WORDS:
        role = rng.choice(_typed_by_people())
    target = [role, rng.choice(rng.choice(vocabulary.levels[1:]))]
    if rng.random() < 0.6:
        return target
    origin = rng.choice(rng.choice(vocabulary.roles))
    return [*target, "from", origin, _level(vocabulary, rng)]


@cache
def _typed_by_people() -> tuple[str, ...]:
    tables = sorted(FOLDER.glob("*.csv"))
    return tuple(term.typed for table in tables for term in read_terms(table))


def _level(vocabulary: Vocabulary, rng: random.Random) -> str:
    return rng.choice(rng.choice(vocabulary.levels))


def _as_typed(names: list[str], rng: random.Random) -> str:
    """Spell names as people do: own case and separators, one text in five with a slip or two."""
    typed = rng.choice((" ", " ", "  ")).join(_spelt(name, rng) for name in names)
    if rng.random() < 0.2:
        typed = _slip(typed, rng)
        typed = _slip(typed, rng) if rng.random() < 0.3 else typed
    return typed


def _spelt(name: str, rng: random.Random) -> str:
    words = name.replace("-", " ").split()
    cased = [rng.choice((str.lower, str.title, str.upper, str))(word) for word in words]
    return rng.choice((" ", " ", "-", "")).join(cased)


def _slip(text: str, rng: random.Random) -> str:
    """Swap two neighbours, drop a letter, double one or strike the wrong one."""
    place = rng.randrange(1, len(text) - 1)
    before, here, after = text[:place], text[place], text[place + 1 :]
    return rng.choice(
        (
            before + after[0] + here + after[1:],
            before + after,
            before + here + here + after,
            before + rng.choice(_LETTERS) + after,
        )
    )
