"""How moments, days of the week and expectations stand in all tables of what is held."""

from datetime import datetime
from typing import Any

from bot.domain.framework import CellKey

CELL = ("role", "level", "skill")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def cell_values(cell: CellKey) -> dict[str, Any]:
    """Return an expectation under the names in `CELL`."""
    return {"role": cell.role, "level": cell.level, "skill": cell.skill}


def moment(at: datetime | None) -> str | None:
    """Return a moment in ISO 8601, in UTC as it is kept; None for none."""
    return at.isoformat() if at else None
