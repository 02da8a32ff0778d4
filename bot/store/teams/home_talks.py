"""What Home says of talks and of what counts, in one statement."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.teams.agreed import AgreedStep, Side, folded
from bot.domain.teams.rhythm import HeldRhythm
from bot.domain.teams.share import ShareState
from bot.domain.teams.talk_page import HomeTalk
from bot.store.models import member
from bot.store.owners import OWNER, THE_OWNER
from bot.store.teams.agreed import step_of
from bot.store.teams.held_rhythm import rhythm_of
from bot.store.teams.models import agreed_step, share, talk_rhythm
from bot.store.together import Rows, Together

_one, _two = member.alias("talk_owner"), member.alias("talk_other")
_NEVER = datetime.max.replace(tzinfo=UTC)


async def home_talks(
    connection: AsyncConnection, whose: Mapping[str, str], *, most: int
) -> tuple[HomeTalk, ...]:
    """Return the shares of a member that go on, the next talks first, at most so many."""
    rows = await _statement().read(connection, whose)
    mine = {row.id for row in rows["owners"]}
    steps: dict[int, list[AgreedStep]] = defaultdict(list)
    for row in sorted(rows["steps"], key=_id):
        steps[row.share_id].append(step_of(row))
    rhythms = {row.share_id: rhythm_of(row) for row in rows["rhythms"]}
    found = [_talk(row, mine, steps[row.id], rhythms.get(row.id)) for row in rows["shares"]]
    return tuple(sorted(found, key=_next)[:most])


def _talk(row: Any, mine: set[int], steps: list[AgreedStep], rhythm: HeldRhythm | None) -> HomeTalk:
    side = Side.OWNER if row.member_id in mine else Side.OTHER
    delta = folded(steps)
    return HomeTalk(
        share_id=row.id,
        side=side,
        other=row.other if side is Side.OWNER else row.owner,
        items=delta.items,
        asked=sum(each.by is not side for each in delta.proposals),
        rhythm=rhythm,
    )


@cache
def _statement() -> Together:
    return Together(
        {
            "owners": select(OWNER.c.id),
            "shares": select(
                share.c.id,
                share.c.member_id,
                _one.c.slack_id.label("owner"),
                _two.c.slack_id.label("other"),
            )
            .join(_one, _one.c.id == share.c.member_id)
            .join(_two, _two.c.id == share.c.other_member_id)
            .where(_theirs()),
            "steps": _of_theirs(agreed_step),
            "rhythms": _of_theirs(talk_rhythm),
        }
    )


def _of_theirs(table: Any) -> Select[Any]:
    return select(table).join(share, share.c.id == table.c.share_id).where(_theirs())


def _theirs() -> Any:
    either = or_(share.c.member_id.in_(THE_OWNER), share.c.other_member_id.in_(THE_OWNER))
    return either & (share.c.state == ShareState.ACCEPTED.value)


def _next(talk: HomeTalk) -> tuple[datetime, int]:
    return (talk.next_at or _NEVER, talk.share_id)


def _id(row: Rows) -> int:
    found: int = row.id  # type: ignore[attr-defined]
    return found
