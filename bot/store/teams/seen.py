"""What Home says about sharing: queries to be read together with the rest of Home."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Select, func, or_, select

from bot.domain.growth.goal import NOBODY, GoalState, Unshared, unshared
from bot.domain.teams.home import LOOKS, OVER, THEIRS, OwnShare, SharingSeen
from bot.domain.teams.share import (
    Look,
    LookKind,
    ShareEnd,
    ShareState,
)
from bot.store.growth.models import goal
from bot.store.models import member
from bot.store.owners import THE_OWNER
from bot.store.teams.models import manager_mark, share, share_evidence, share_look
from bot.store.teams.shares import shares_in
from bot.store.together import Rows

_owner, _other = member.alias("seen_owner"), member.alias("seen_other")


def seen_in(rows: Mapping[str, Rows]) -> SharingSeen:
    """Return what the queries found; see `seen_queries`."""
    pieces: dict[int, set[int]] = defaultdict(set)
    for row in rows["shared_pieces"]:
        pieces[row.share_id].add(row.evidence_id)
    looks: dict[int, list[Look]] = defaultdict(list)
    for row in sorted(rows["looks"], key=lambda each: each.place):
        looks[row.share_id].append(Look(row.share_id, row.at, LookKind(row.what)))
    marked = {row.share_id for row in rows["marked_shares"]}
    mine, asked, theirs = (
        shares_in(sorted(rows[name], key=lambda each: each.id), pieces)
        for name in ("shares", "shares_asked", "shares_seen")
    )
    return SharingSeen(
        mine=tuple(OwnShare(each, tuple(looks[each.id]), each.id in marked) for each in mine),
        asked=asked,
        theirs=theirs,
        people=next((row.people for row in rows["sharing_people"]), 0),
        over=_over(rows["shares_over"]),
    )


def _over(rows: Rows) -> Unshared:
    """Return whom the last goal was shared with that took its shares along."""
    last = max((row.ended_at for row in rows), default=None)
    if last is None:
        return NOBODY
    with_it = sorted((row for row in rows if row.ended_at == last), key=lambda each: each.id)
    return unshared(((row.other, row.accepted_at is not None) for row in with_it), last)


def _open() -> Select[Any]:
    return (
        select(share, _owner.c.slack_id.label("owner"), _other.c.slack_id.label("other"))
        .join(_owner, _owner.c.id == share.c.member_id)
        .join(_other, _other.c.id == share.c.other_member_id)
        .join(goal, goal.c.id == share.c.goal_id)
        .where(share.c.state != ShareState.ENDED.value, goal.c.state == GoalState.ACTIVE.value)
    )


def seen_queries() -> Mapping[str, Select[Any]]:
    """Return what `seen_in` needs, for the member whom `OWNER` names."""
    with_me = _open().where(share.c.other_member_id.in_(THE_OWNER)).order_by(share.c.id)
    accepted = share.c.state == ShareState.ACCEPTED.value
    own, theirs = _not_ended(share.c.member_id), _not_ended(share.c.other_member_id)
    of_all = or_(share_evidence.c.share_id.in_(own), share_evidence.c.share_id.in_(theirs))
    return {
        "shares": _open().where(share.c.member_id.in_(THE_OWNER)),
        "shared_pieces": select(share_evidence).where(of_all),
        "marked_shares": select(manager_mark.c.share_id)
        .where(manager_mark.c.share_id.in_(own), manager_mark.c.sent_at.is_not(None))
        .distinct(),
        "looks": _newest_looks(own),
        "shares_asked": with_me.where(~accepted).limit(THEIRS),
        "shares_seen": with_me.where(accepted).limit(THEIRS),
        "shares_over": _ended_with_goals().limit(OVER),
        "sharing_people": select(func.count().label("people"))
        .select_from(share)
        .join(goal, goal.c.id == share.c.goal_id)
        .where(
            share.c.other_member_id.in_(THE_OWNER), accepted, goal.c.state == GoalState.ACTIVE.value
        ),
    }


def _ended_with_goals() -> Select[Any]:
    """Return the member's shares that ended with their goals, the last ones first."""
    return (
        select(share.c.id, share.c.ended_at, share.c.accepted_at, _other.c.slack_id.label("other"))
        .join(_other, _other.c.id == share.c.other_member_id)
        .where(share.c.member_id.in_(THE_OWNER), share.c.why_ended == ShareEnd.GOAL_OVER.value)
        .order_by(share.c.ended_at.desc(), share.c.id)
    )


def _not_ended(party: Column[Any]) -> Select[Any]:
    """Return the ids of the shares in which the member is that party."""
    return select(share.c.id).where(party.in_(THE_OWNER), share.c.state != ShareState.ENDED.value)


def _newest_looks(own: Select[Any]) -> Select[Any]:
    """Return the newest looks at each of these shares, one more than are shown."""
    place = (
        func.row_number()
        .over(partition_by=share_look.c.share_id, order_by=share_look.c.id.desc())
        .label("place")
    )
    numbered = (
        select(share_look.c.share_id, share_look.c.at, share_look.c.what, place)
        .where(share_look.c.share_id.in_(own), share_look.c.what != LookKind.TALKS.value)
        .subquery()
    )
    return select(numbered).where(numbered.c.place <= LOOKS + 1)
