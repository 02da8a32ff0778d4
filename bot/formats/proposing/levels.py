"""The order in which the levels of wide tables stand."""

from collections.abc import Sequence

from bot.formats.mapping.model import LevelColumn, LevelSpec
from bot.formats.mapping.words import normal
from bot.formats.names.seniority import level_order


def common_levels(tables: Sequence[Sequence[LevelColumn]]) -> tuple[LevelSpec, ...]:
    """Return the levels of all wide tables from the lowest to the highest.

    Columns stand in that order, unless the names of the levels say that it is the other way round.
    Nothing is returned where the tables do not agree.
    """
    keys: dict[str, str] = {}
    order: list[str] = []
    for columns in tables:
        roles = list(dict.fromkeys(column.role for column in columns if column.name))
        for role in roles:
            own = [column for column in columns if column.role == role and column.name]
            keys |= {column.name: column.key for column in own}
            names = list(dict.fromkeys(column.name for column in own))
            merged = _merged_order(order, _rising(names))
            if merged is None:
                return ()
            order = merged
    return tuple(
        LevelSpec(name, rank, key=keys[name] or None) for rank, name in enumerate(order, 1)
    )


def _rising(names: list[str]) -> list[str]:
    positions = level_order(names)
    falling = positions is not None and positions == sorted(positions, reverse=True)
    return names[::-1] if falling else names


def _merged_order(first: list[str], second: list[str]) -> list[str] | None:
    """Return both orders as one, None where they contradict each other."""
    known = {normal(name): at for at, name in enumerate(first)}
    shared = [known[normal(name)] for name in second if normal(name) in known]
    if shared != sorted(shared):
        return None
    merged: list[str] = []
    rest = list(first)
    for name in second:
        if normal(name) in known:
            at = next(i for i, each in enumerate(rest) if normal(each) == normal(name))
            merged += rest[: at + 1]
            rest = rest[at + 1 :]
        else:
            merged.append(name)
    return merged + rest
