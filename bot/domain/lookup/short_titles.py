"""What levels are called for short whose names have their role's in them: "senior" of a data
engineer, where the level is the "Senior data engineer"."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.framework import Level, Role
from bot.domain.revision import Catalogue

_WORDS = re.compile(r"[^\W_]+")


class ShortTitles:
    """The levels of each role by the short keys that its ladder has no level of, such as "senior".

    One key is of many roles, each with a level of its own: who asks for the level names the role.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._of = {role.key: _short_titles(role) for role in catalogue.content.roles}

    def level(self, role: Role, keys: Sequence[str]) -> Level | None:
        """Return the role's level that is called one of these for short."""
        levels = self._of.get(role.key, {})
        return next((levels[key] for key in keys if key in levels), None)

    def __iter__(self) -> Iterator[str]:
        """Yield each key once, in the catalogue's order."""
        return iter(dict.fromkeys(key for levels in self._of.values() for key in levels))


def _short_titles(role: Role) -> Mapping[str, Level]:
    levels = role.ladder.levels
    rests = rests_of_titles(_words(role), [_words(level) for level in levels])
    found = {"-".join(rest): level for level, rest in zip(levels, rests, strict=True) if rest}
    return {key: level for key, level in found.items() if role.ladder.level(key) is None}


def _words(named: Role | Level) -> list[str]:
    return _WORDS.findall(named.name.base.casefold())


def rests_of_titles(role: Sequence[str], titles: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return what each title says of the level beside what most of them share with the role's name.

    "Senior data engineer" is the "senior" of a data engineer, and "Senior developer" that of a
    software developer. Nothing for titles that are not the role's: "Senior Manager" is no senior
    of an engineering manager whose other levels are called otherwise.
    """
    for size in range(len(role), 0, -1):
        shared = tuple(role[-size:])
        places = [_place_of(shared, title) for title in titles]
        having = len(titles) - places.count(None)
        if having > 1 and 2 * having >= len(titles):
            return [
                () if place is None else (*title[:place], *title[place + size :])
                for title, place in zip(titles, places, strict=True)
            ]
    return [()] * len(titles)


def _place_of(run: tuple[str, ...], words: Sequence[str]) -> int | None:
    places = range(len(words) - len(run) + 1)
    return next((at for at in places if tuple(words[at : at + len(run)]) == run), None)
