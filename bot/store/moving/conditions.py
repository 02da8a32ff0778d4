"""What waits while a workspace moves, and while an organisation has yet to pick its framework."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists

from bot.domain.installs.moves import PAUSED_AT_MOST, UNDER_WAY
from bot.domain.installs.organisation import Choice
from bot.store.models import workspace
from bot.store.moving.models import grid_move, organisation


def paused(now: datetime) -> ColumnElement[bool]:
    """Return the condition on `workspace` that it is moving now; see `GridMove.pauses`."""
    move = grid_move.c
    mine = exists().where(move.tenant_key == workspace.c.tenant_key)
    return mine.where(
        move.stage.in_(sorted(stage.value for stage in UNDER_WAY)),
        move.until > now,
        move.until <= now + PAUSED_AT_MOST,
    )


def undecided() -> ColumnElement[bool]:
    """Return the condition on `workspace` that an organisation has yet to pick its framework."""
    mine = organisation.c.tenant_key == workspace.c.tenant_key
    return exists().where(mine, organisation.c.choice == Choice.OPEN.value)
