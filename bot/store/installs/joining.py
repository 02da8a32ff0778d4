"""Joins what was split: a workspace was once kept anew when it joined or left an organisation.

A version of the program from before runs beside this one during a roll-out and may split again, so
this is no migration: it is done at each start, after each upgrade, and now and then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.nudges.cadence import NudgePolicy
from bot.domain.tenancy import Tenant
from bot.store.audit.acts import note_acts
from bot.store.audit.models import audit
from bot.store.catalogue.models import (
    catalogue_upload,
    unclear_mark,
    unclear_sentence,
    unclear_text,
)
from bot.store.installs.same_people import join_people
from bot.store.models import catalogue_draft, effect, member, workspace, workspace_owner
from bot.store.nudges.models import nudge, nudge_plan
from bot.store.nudges.plans import policy_of
from bot.store.tenants import tenant_key

_TEXT = ("role_key", "level_key", "skill_key", "words")


@dataclass(frozen=True, slots=True)
class Joined:
    """What was joined of one workspace.

    `people` were in more than one of its `parts`. Of theirs, `goals` ended because a newer one was
    active, and `nudges` are gone: another one of the same slot stays. `set_aside` are the owners
    of parts whose set-up is not the newest: they own nothing any more.
    """

    team_id: str
    parts: int
    people: int
    goals: int
    nudges: int
    set_aside: tuple[str, ...]


_SPLIT = select(workspace.c.team_id).where(
    workspace.c.team_id.is_not(None), workspace.c.enterprise_id.is_not(None)
)


async def is_split(connection: AsyncConnection) -> bool:
    """Tell whether any workspace has rows under an organisation's id."""
    return await connection.scalar(_SPLIT.limit(1)) is not None


async def join_split(connection: AsyncConnection, *, at: datetime) -> tuple[Joined, ...]:
    """Join every workspace that is split, in the connection's transaction.

    Of what two parts know of the same person the newer holds, and histories become one. The
    catalogue, its owners and the policy are those of the part that was set up last.
    """
    found = (await connection.scalars(_SPLIT.distinct().order_by(workspace.c.team_id))).all()
    return tuple([await _join(connection, team_id, at) for team_id in found])


async def _join(connection: AsyncConnection, team_id: str, at: datetime) -> Joined:
    mine = select(workspace).where(workspace.c.team_id == team_id).order_by(workspace.c.id)
    parts = (await connection.execute(mine.with_for_update())).all()
    owners = await _owners(connection, parts)
    stays = max(parts, key=lambda each: (_set_up(each, owners), each.created_at, each.id))
    people = goals = nudges = 0
    for part in parts:
        if part is not stays:
            done = await join_people(connection, gone=part.id, stays=stays.id, at=at)
            people, goals, nudges = people + done.people, goals + done.goals, nudges + done.nudges
            await _move(connection, part.id, stays.id)
    key = tenant_key(Tenant(team_id))
    kept = update(workspace).where(workspace.c.id == stays.id)
    await connection.execute(kept.values(tenant_key=key, enterprise_id=None))
    for table in (effect, audit):
        theirs = update(table).where(table.c.team_id == team_id)
        await connection.execute(theirs.values(tenant_key=key, enterprise_id=None))
    aside = {who for each, ids in owners.items() if each != stays.id for who in ids}
    aside -= owners.get(stays.id, set())
    withdrawn = (_withdrawn(each) for each in sorted(aside))
    await note_acts(connection, Tenant(team_id), *withdrawn, at=at)
    return Joined(team_id, len(parts), people, goals, nudges, tuple(sorted(aside)))


def _withdrawn(slack_id: str) -> Act:
    return Act(ActKind.OWNER_WITHDRAWN, actor=Actor.NEXTRUNG, about=slack_id)


async def _owners(connection: AsyncConnection, parts: Sequence[Row[Any]]) -> dict[int, set[str]]:
    ids = [part.id for part in parts]
    query = select(workspace_owner).where(workspace_owner.c.workspace_id.in_(ids))
    found: dict[int, set[str]] = {}
    for row in (await connection.execute(query)).all():
        found.setdefault(row.workspace_id, set()).add(row.slack_id)
    return found


def _set_up(part: Row[Any], owners: dict[int, set[str]]) -> bool:
    """Tell whether anybody ever decided anything for a part: one that just came about has not."""
    return part.catalogue_id is not None or part.id in owners or policy_of(part) != NudgePolicy()


async def _move(connection: AsyncConnection, gone: int, stays: int) -> None:
    """Move what is left of a part, and delete it."""
    tables = (member, nudge, nudge_plan, catalogue_draft)
    for table in tables:
        of_part = update(table).where(table.c.workspace_id == gone)
        await connection.execute(of_part.values(workspace_id=stays))
    await _move_uploads(connection, gone, stays)
    await _move_unclear_texts(connection, gone, stays)
    await connection.execute(delete(workspace).where(workspace.c.id == gone))


async def _move_uploads(connection: AsyncConnection, gone: int, stays: int) -> None:
    """Move what owners have uploaded; of two of the same owner the one gone on with last stays."""
    theirs, ours = catalogue_upload.alias("theirs"), catalogue_upload.alias("ours")
    pairs = select(theirs.c.id, theirs.c.changed_at, ours.c.id, ours.c.changed_at).where(
        theirs.c.workspace_id == gone,
        ours.c.workspace_id == stays,
        theirs.c.author_id == ours.c.author_id,
    )
    for their_id, their_at, our_id, our_at in (await connection.execute(pairs)).all():
        older = our_id if their_at > our_at else their_id
        await connection.execute(delete(catalogue_upload).where(catalogue_upload.c.id == older))
    rest = update(catalogue_upload).where(catalogue_upload.c.workspace_id == gone)
    await connection.execute(rest.values(workspace_id=stays))


async def _move_unclear_texts(connection: AsyncConnection, gone: int, stays: int) -> None:
    """Move what was said of texts; who said it of the same text in both parts may count twice.

    Marks are made so that nobody can say whether it was the same person.
    """
    theirs, ours = unclear_text.alias("theirs"), unclear_text.alias("ours")
    same = [theirs.c[name] == ours.c[name] for name in _TEXT]
    pair = select(theirs.c.id, ours.c.id, theirs.c.times).where(
        theirs.c.workspace_id == gone, ours.c.workspace_id == stays, *same
    )
    for text_id, known_id, times in (await connection.execute(pair)).all():
        known = update(unclear_text).where(unclear_text.c.id == known_id)
        await connection.execute(known.values(times=unclear_text.c.times + times))
        for table in (unclear_mark, unclear_sentence):
            said = update(table).where(table.c.text_id == text_id)
            await connection.execute(said.values(text_id=known_id))
        await connection.execute(delete(unclear_text).where(unclear_text.c.id == text_id))
    rest = update(unclear_text).where(unclear_text.c.workspace_id == gone)
    await connection.execute(rest.values(workspace_id=stays))
