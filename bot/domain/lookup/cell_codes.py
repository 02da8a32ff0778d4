"""What a framework asks for, in small numbers that lie side by side.

To compare two rungs means to look at hundreds of expectations, each with its depth and its words.
They lie far apart in memory, and a card shows five of them. So numbers tell of each how it stands
and what it says, and a role has a row of them for each of its levels.
"""

from array import array
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.domain.framework import Expectation, Level, Requirement, Role
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.pauses import Pause, in_turns, no_pause

UNDEFINED = 0
"""How a cell stands that the catalogue does not define."""
_REQUIRED = Requirement.REQUIRED
_IS_REQUIRED = 2


class Row(NamedTuple):
    """A role's skills at one level, in the order of `RoleCodes.places`.

    `standings` tell requirement and depth, `words` what is said: equal numbers of one role say the
    same.
    """

    standings: Sequence[int]
    words: Sequence[int]


class RoleCodes(NamedTuple):
    """All skills that some level of a role defines, by their positions in the catalogue, in order.

    `rows` are by the level's key.
    """

    places: Sequence[int]
    rows: Mapping[str, Row]

    def row(self, level: Level) -> Row:
        """Return the row of a level; one of a level that defines nothing where there is none."""
        nothing = bytes(len(self.places))
        return self.rows.get(level.key) or Row(nothing, nothing)


_NO_ROLE = RoleCodes((), {})


class CellCodes:
    """The codes of one revision, made once: `catalogue.lasting(CellCodes)`."""

    def __init__(self, catalogue: Catalogue, pause: Pause = no_pause) -> None:
        # A standing tells a depth by its place in here; the first stands for none.
        self._ranks: list[int | None] = [None]
        self._place_of: dict[int, int] = {}
        roles = catalogue.content.roles
        self._roles = {role.key: self._of_role(catalogue, role, pause) for role in roles}

    def of(self, role: Role) -> RoleCodes:
        """Return the codes of a role; none where the catalogue has no such role."""
        return self._roles.get(role.key, _NO_ROLE)

    def rank(self, standing: int) -> int | None:
        """Return the rank of the depth that is asked for; None where none is."""
        return self._ranks[standing >> 2]

    def _of_role(self, catalogue: Catalogue, role: Role, pause: Pause) -> RoleCodes:
        order = catalogue.skill_order
        levels = {each.key: catalogue.cells_at(role, each) for each in role.ladder.levels}
        keys = sorted({key for cells in levels.values() for key in cells}, key=order.__getitem__)
        numbers: dict[Hashable, int] = {}
        return RoleCodes(
            places=array("I", [order[key] for key in keys]),
            rows={
                level: Row(
                    _row(keys, cells, map(self._standing, cells.values())),
                    _row(keys, cells, (_number(cell, numbers) for cell in cells.values())),
                )
                for level, cells in in_turns(levels.items(), pause, every=1)
            },
        )

    def _standing(self, cell: Expectation) -> int:
        depth = 0
        if cell.proficiency is not None:
            rank = cell.proficiency.rank
            depth = self._place_of.get(rank, 0)
            if not depth:
                depth = self._place_of[rank] = len(self._ranks)
                self._ranks.append(rank)
        return depth << 2 | (3 if cell.requirement is _REQUIRED else 1)


def is_required(standing: int) -> bool:
    """Tell whether what stands so is required."""
    return standing & _IS_REQUIRED != 0


def required_places(codes: RoleCodes, row: Row) -> list[int]:
    """Return the places of what a row requires, without a call for each of hundreds."""
    pairs = zip(codes.places, row.standings, strict=True)
    return [place for place, standing in pairs if standing & _IS_REQUIRED]


def _row(keys: Sequence[str], cells: Iterable[str], numbers: Iterable[int]) -> Sequence[int]:
    """Return the numbers of the cells in the order of the role's skills, 0 where there is none."""
    by_key = dict(zip(cells, numbers, strict=True))
    return array("I", [by_key.get(key, UNDEFINED) for key in keys])


def _number(cell: Expectation, numbers: dict[Hashable, int]) -> int:
    """Return the number of a cell's words; `numbers` has those of the role that are known."""
    words = cell.wording
    return numbers.setdefault(_told(words) if words else None, len(numbers))


def _told(words: LocalText) -> Hashable:
    """Return what tells words from others, in all languages."""
    if not words.by_locale:
        return words.base
    return (words.base, frozenset(words.by_locale.items()))
