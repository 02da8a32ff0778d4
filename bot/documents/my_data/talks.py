"""What a member has with others, as rows of all that is held about them."""

from typing import Any

from bot.documents.my_data.values import WEEKDAYS, cell_values, moment
from bot.domain.teams.agreed import AgreedStep
from bot.domain.teams.rhythm import HeldRhythm
from bot.domain.teams.talk import Point


def agreed_row(share_id: int, step: AgreedStep) -> dict[str, Any]:
    """Return what one of the two did about what counts."""
    return {
        "id": step.id,
        "share_id": share_id,
        **cell_values(step.cell),
        "act": step.act.value,
        "side": step.by.value,
        "until": step.until.isoformat() if step.until else None,
        "at": step.at.isoformat(),
    }


def rhythm_row(held: HeldRhythm) -> dict[str, Any]:
    """Return when the two talk."""
    rhythm = held.rhythm
    return {
        "share_id": held.share_id,
        "often": rhythm.often.value,
        "weekday": WEEKDAYS[rhythm.weekday],
        "at": rhythm.at.isoformat(timespec="minutes"),
        "zone": rhythm.zone,
        "first": rhythm.first.isoformat(),
        "state": held.state.value,
        "next_at": moment(held.next_at),
        "side": held.by.value,
        "set_at": held.set_at.isoformat(),
    }


def point_row(share_id: int, point: Point) -> dict[str, Any]:
    """Return a line that was noted after a talk."""
    return {
        "id": point.id,
        "share_id": share_id,
        "talk_id": point.talk_id,
        "side": point.by.value,
        "text": point.text,
        "both": point.both,
        "made_at": point.made_at.isoformat(),
        "done_at": moment(point.done_at),
    }
