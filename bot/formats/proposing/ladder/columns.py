"""The order in which the levels of wide tables stand."""

from collections.abc import Sequence

from bot.formats.mapping.model import LevelColumn, LevelSpec
from bot.formats.proposing.ladder.orders import merged_order, orders_of
from bot.formats.proposing.questions import Deciding


def common_levels(
    tables: Sequence[Sequence[LevelColumn]], deciding: Deciding
) -> tuple[LevelSpec, ...]:
    """Return the levels of all wide tables from the lowest to the highest.

    Columns stand in that order, unless the names of the levels say otherwise for sure; where
    nothing tells which end is the lowest, it is asked. Nothing is returned where the tables do not
    agree.
    """
    keys: dict[str, str] = {}
    ladders: list[tuple[list[str], str]] = []
    for columns in tables:
        for role in dict.fromkeys(column.role for column in columns if column.name):
            own = [column for column in columns if column.role == role and column.name]
            keys |= {column.name: column.key for column in own}
            ladders.append((list(dict.fromkeys(column.name for column in own)), role))
    order: list[str] = []
    for (names, _), positions in zip(ladders, orders_of(ladders, deciding), strict=True):
        merged = merged_order(order, [names[at] for at in positions])
        if merged is None:
            return ()
        order = merged
    return tuple(
        LevelSpec(name, rank, key=keys[name] or None) for rank, name in enumerate(order, 1)
    )
