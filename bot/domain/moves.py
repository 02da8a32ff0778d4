"""Where roles, levels and skills went that a catalogue no longer has: the keys that took over.

What members hold names things by their keys, and is never rewritten: it is read by these instead.
So going back to an older revision restores it as it was. Everything here is about keys; old names
are kept because people go on typing them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import TypeVar

from bot.values import dataclass

K = TypeVar("K", str, tuple[str, str])
RungKey = tuple[str, str]
"""A level of a role, by the keys of both."""

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_RUNGS: Mapping[RungKey, RungKey] = MappingProxyType({})
_NO_NAMES: Mapping[tuple[str, ...], tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Moves:
    """What keys of older revisions stand for in a revision.

    Keys that the revision has stand for themselves and are not in here. A role that moved has all
    its levels in `rungs`, so that no level is left to a guess. `names` says what was called how, in
    all languages, with its aliases, by ``("role", key)``, ``("rung", role, level)`` and
    ``("skill", key)``: what somebody may still type.
    """

    roles: Mapping[str, str] = field(default_factory=lambda: _NONE, hash=False)
    rungs: Mapping[RungKey, RungKey] = field(default_factory=lambda: _NO_RUNGS, hash=False)
    skills: Mapping[str, str] = field(default_factory=lambda: _NONE, hash=False)
    names: Mapping[tuple[str, ...], tuple[str, ...]] = field(
        default_factory=lambda: _NO_NAMES, hash=False, compare=False
    )

    def __bool__(self) -> bool:
        return bool(self.roles or self.rungs or self.skills)

    def role(self, key: str) -> str:
        """Return the role that a key stands for."""
        return self.roles.get(key, key)

    def rung(self, role: str, level: str) -> RungKey:
        """Return the level of a role that a level of a role stands for."""
        return self.rungs.get((role, level)) or (self.role(role), level)

    def skill(self, key: str) -> str:
        """Return the skill that a key stands for."""
        return self.skills.get(key, key)


NO_MOVES = Moves()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a revision has."""

    roles: Collection[str]
    rungs: Collection[RungKey]
    skills: Collection[str]


def carried_on(before: Moves, chosen: Moves, now: Keys) -> Moves:
    """Return what keys stand for once `chosen` has come after `before`, in a revision with `now`.

    What is `now` there again stands for itself; what ended keeps the way that it once went, so that
    a revision which has that again finds it.
    """
    return _named(
        _only_gone(_chained(before.roles, chosen.roles), now.roles),
        _only_gone(
            {
                **chosen.rungs,
                **{key: chosen.rung(*target) for key, target in before.rungs.items()},
            },
            now.rungs,
        ),
        _only_gone(_chained(before.skills, chosen.skills), now.skills),
        (before, chosen),
    )


def taken_back(newest: Moves, older: Moves, now: Keys) -> Moves:
    """Return what keys stand for when a revision with the keys `now` comes back after `newest`.

    `older` is what they stood for in that revision. A key that took over from one that is back
    stands for that one again: what was marked meanwhile is not lost. Where it took over from
    several, it stands for the first by its key.
    """
    back = Moves(
        _inverse(newest.roles, now.roles),
        _inverse(newest.rungs, now.rungs),
        _inverse(newest.skills, now.skills),
    )
    forward = carried_on(newest, back, now)
    return _named(
        {**forward.roles, **_only_gone(older.roles, now.roles)},
        {**forward.rungs, **_only_gone(older.rungs, now.rungs)},
        {**forward.skills, **_only_gone(older.skills, now.skills)},
        (forward, older),
    )


def _named(
    roles: Mapping[str, str],
    rungs: Mapping[RungKey, RungKey],
    skills: Mapping[str, str],
    told: Sequence[Moves],
) -> Moves:
    """Return moves with the names of what moved, as far as the ones before tell them."""
    wanted = (
        *(("role", key) for key in roles),
        *(("rung", *key) for key in rungs),
        *(("skill", key) for key in skills),
    )
    names = {key: each.names[key] for each in told for key in wanted if key in each.names}
    return Moves(roles, rungs, skills, names)


def _chained(before: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    return {**chosen, **{key: chosen.get(target, target) for key, target in before.items()}}


def _only_gone(moved: Mapping[K, K], now: Collection[K]) -> dict[K, K]:
    return {key: target for key, target in moved.items() if key not in now and key != target}


def _inverse(moved: Mapping[K, K], now: Collection[K]) -> dict[K, K]:
    """Return the way back for targets that have gone, to the keys that are back."""
    found: dict[K, K] = {}
    for key in sorted(each for each in moved if each in now):
        if moved[key] not in now:
            found.setdefault(moved[key], key)
    return found
