"""What waits while a workspace moves, and while an organisation has yet to pick its framework."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, literal

from bot.domain.installs.moves import PAUSED_AT_MOST, UNDER_WAY
from bot.domain.installs.organisation import Choice
from bot.store.models import workspace
from bot.store.moving.models import grid_move, organisation


def moments(now: datetime) -> dict[str, datetime]:
    """Return what `PAUSED` and the conditions beside it are to be asked with."""
    return {"now": now, "pauses_until": now + PAUSED_AT_MOST}


def paused(now: datetime) -> ColumnElement[bool]:
    """Return the condition on `workspace` that it is moving now; see `GridMove.pauses`."""
    type_ = grid_move.c.until.type
    return _paused(literal(now, type_), literal(now + PAUSED_AT_MOST, type_))


def _paused(now: ColumnElement[Any], most: ColumnElement[Any]) -> ColumnElement[bool]:
    move = grid_move.c
    mine = exists().where(move.tenant_key == workspace.c.tenant_key)
    return mine.where(
        move.stage.in_(sorted(stage.value for stage in UNDER_WAY)),
        move.until > now,
        move.until <= most,
    )


NOW = bindparam("now", type_=grid_move.c.until.type)
"""The moment of a statement that is built once and asked with `moments`."""
PAUSED = _paused(NOW, bindparam("pauses_until", type_=grid_move.c.until.type))
"""The same as `paused`, for such a statement."""


def undecided() -> ColumnElement[bool]:
    """Return the condition on `workspace` that an organisation has yet to pick its framework."""
    mine = organisation.c.tenant_key == workspace.c.tenant_key
    return exists().where(mine, organisation.c.choice == Choice.OPEN.value)
