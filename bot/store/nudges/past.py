"""What members were sent before: read for one member or for a whole batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select, union_all

from bot.domain.framework import CellKey
from bot.domain.nudges.choice import Reason
from bot.domain.nudges.decision import Past
from bot.domain.nudges.history import RECENT, Asked, NudgeHistory, RecentNudge
from bot.store.nudges.models import nudge, nudge_later, nudge_passed
from bot.store.together import Rows

WENT_OUT = ("sending", "sent", "unknown")
"""States of a nudge that the member has, or may have."""
# A week before the member's own day, wherever on earth that is.
_RECENT = timedelta(days=8)


def past_queries(
    members: Select[Any] | BindParameter[Any], *, without: BindParameter[int] | None = None
) -> Mapping[str, Select[Any]]:
    """Return what `pasts_in` needs; one nudge may be left out, by its id.

    The value of `recent_since` says how far back the days of nudges are of interest.
    """
    went_out = nudge.c.member_id.in_(members) & nudge.c.state.in_(WENT_OUT)
    if without is not None:
        went_out &= nudge.c.id != without
    last_sent = select(nudge.c.member_id, func.max(nudge.c.sent_at).label("sent_at"))
    days = select(nudge.c.member_id, nudge.c.slot_day)
    since = bindparam("recent_since", type_=nudge.c.slot_day.type)
    return {
        "asked": _asked(went_out),
        "put_off": select(nudge_later).where(nudge_later.c.member_id.in_(members)),
        "last_sent": last_sent.where(went_out).group_by(nudge.c.member_id),
        "recent": _recent(went_out),
        "days": days.where(went_out, nudge.c.slot_day >= since).order_by(nudge.c.slot_day),
    }


def recent_since(now: datetime) -> date:
    """Return the value that `past_queries` asks for."""
    return now.date() - _RECENT


def _recent(went_out: ColumnElement[bool]) -> Select[Any]:
    """Return the query for each member's last nudges that asked about an expectation."""
    newest_first = func.row_number().over(
        partition_by=nudge.c.member_id, order_by=nudge.c.id.desc()
    )
    columns = (
        *(nudge.c.member_id, nudge.c.role_key, nudge.c.level_key, nudge.c.skill_key),
        *(nudge.c.reasons, nudge.c.quoted_at),
    )
    numbered = (
        select(*columns, newest_first.label("place"))
        .where(went_out, nudge.c.skill_key.is_not(None))
        .subquery()
    )
    return select(numbered).where(numbered.c.place <= RECENT)


def _asked(went_out: ColumnElement[bool]) -> Select[Any]:
    """Return the query for each prompt and quotation that was sent about each expectation."""
    current = select(
        *(nudge.c.member_id, nudge.c.role_key, nudge.c.level_key, nudge.c.skill_key),
        *(nudge.c.prompt, nudge.c.quoted_at, nudge.c.sent_at),
    ).where(went_out, nudge.c.skill_key.is_not(None))
    passed = (
        select(
            nudge.c.member_id,
            *(nudge_passed.c.role_key, nudge_passed.c.level_key, nudge_passed.c.skill_key),
            *(nudge_passed.c.prompt, nudge_passed.c.quoted_at, nudge.c.sent_at),
        )
        .join(nudge, nudge.c.id == nudge_passed.c.nudge_id)
        .where(went_out)
    )
    offered = union_all(current, passed).subquery()
    return select(
        *offered.c[:6], func.count().label("times"), func.max(offered.c.sent_at).label("last")
    ).group_by(*offered.c[:6])


def pasts_in(rows: Mapping[str, Rows], members: Iterable[int]) -> Mapping[int, Past]:
    """Return what each member was sent before."""
    asked: dict[int, list[Any]] = defaultdict(list)
    for row in rows["asked"]:
        asked[row.member_id].append(row)
    later: dict[int, dict[CellKey, datetime]] = defaultdict(dict)
    for row in rows["put_off"]:
        later[row.member_id][cell_in(row)] = row.until
    last_sent = {row.member_id: row.sent_at for row in rows["last_sent"]}
    recent: dict[int, list[RecentNudge]] = defaultdict(list)
    for row in sorted(rows["recent"], key=lambda each: each.place):
        recent[row.member_id].append(_nudged(row))
    days: dict[int, list[date]] = defaultdict(list)
    for row in rows["days"]:
        days[row.member_id].append(row.slot_day)
    return {
        each: Past(
            _history(asked[each], later[each], recent[each]),
            last_sent.get(each),
            tuple(sorted(days[each])),
        )
        for each in members
    }


def _history(
    rows: Rows, later: Mapping[CellKey, datetime], recent: Iterable[RecentNudge]
) -> NudgeHistory:
    """Return what all that was sent to a member comes to."""
    asked: dict[CellKey, Asked] = {}
    prompts: dict[str, datetime] = {}
    quoted = set()
    for row in rows:
        cell = cell_in(row)
        before = asked.get(cell, Asked(0, row.last))
        asked[cell] = Asked(before.times + row.times, max(before.last, row.last))
        if row.prompt is not None:
            prompts[row.prompt] = max(prompts.get(row.prompt, row.last), row.last)
        if row.quoted_at is not None:
            quoted.add((cell, row.quoted_at))
    return NudgeHistory(asked, later, tuple(recent), prompts, frozenset(quoted))


def _nudged(row: Any) -> RecentNudge:
    optional = Reason.OPTIONAL.value in (row.reasons or "").split(",")
    return RecentNudge(cell_in(row), optional, row.quoted_at is not None)


def cell_in(row: Any) -> CellKey:
    """Return the expectation that a row names."""
    return CellKey(row.role_key, row.level_key, row.skill_key)
