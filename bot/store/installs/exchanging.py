"""Slack's ids of a workspace's people: where they stand, and how they are exchanged for others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    delete,
    insert,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit.models import audit
from bot.store.catalogue.models import catalogue_upload
from bot.store.dialect import listed
from bot.store.installs.same_people import Pair, People, join_pairs
from bot.store.models import RowId, catalogue_draft, effect, member, workspace, workspace_owner
from bot.store.teams.helping.told import tell_of_offers
from bot.store.tokens.models import installation
from bot.store.types import Key

# Several rows of a workspace may name the same person here, so that an id is simply replaced.
_REPLACED: tuple[Column[Any], ...] = (
    catalogue_draft.c.author_id,
    catalogue_draft.c.reviewer_id,
    effect.c.slack_id,
    audit.c.slack_id,
    audit.c.about,
    installation.c.installer,
)
SLACK_IDS: tuple[Column[Any], ...] = (
    member.c.slack_id,
    workspace_owner.c.slack_id,
    catalogue_upload.c.author_id,
    *_REPLACED,
)
"""Every column that holds the id of a person in Slack, but for lists of what is under way."""


def held_ids(key: str) -> CompoundSelect[Any]:
    """Return the statement for all ids that are held of a tenant's people, each once."""
    return union(
        *(
            select(each.label("slack_id")).where(_of(each, key), each.is_not(None))
            for each in SLACK_IDS
        )
    )


async def exchange_ids(
    connection: AsyncConnection, key: str, new_ids: Mapping[str, str], *, at: datetime
) -> People:
    """Put new ids in place of the old ones, everywhere in a tenant.

    Two rows that turn out to be the same person's are joined: of what both know the newer holds.
    """
    if not new_ids:
        return People()
    query = select(workspace.c.id).where(workspace.c.tenant_key == key).with_for_update()
    workspace_id = await connection.scalar(query)
    people = People()
    if workspace_id is not None:
        people = await _exchange_members(connection, workspace_id, new_ids, at)
        await tell_of_offers(connection, workspace_id)
        await _exchange_owners(connection, workspace_id, new_ids)
        await _exchange_uploads(connection, workspace_id, new_ids)
    exchanged = listed(connection, "new_id", [*new_ids.items()], old=Key(), new=Key())
    for each in _REPLACED:
        replaced = update(each.table).where(_of(each, key), each == exchanged.c.old)
        await connection.execute(replaced.values({each.name: exchanged.c.new}))
    return people


def _of(each: Column[Any], key: str) -> ColumnElement[bool]:
    """Return the condition that a row is the tenant's."""
    if "tenant_key" in each.table.c:
        return each.table.c.tenant_key == key
    return each.table.c.workspace_id == _workspace(key)


def _workspace(key: str) -> ScalarSelect[Any]:
    return select(workspace.c.id).where(workspace.c.tenant_key == key).scalar_subquery()


async def _exchange_members(
    connection: AsyncConnection, workspace_id: int, new_ids: Mapping[str, str], at: datetime
) -> People:
    named = sorted({*new_ids, *new_ids.values()})
    query = select(member.c.slack_id, member.c.id).where(
        member.c.workspace_id == workspace_id, member.c.slack_id.in_(named)
    )
    rows = (await connection.execute(query.order_by(member.c.id).with_for_update())).all()
    taken = {row.slack_id: row.id for row in rows}
    renamed: list[tuple[int, str]] = []
    rounds: list[list[Pair]] = []
    used: dict[int, int] = {}
    for row in rows:
        new = new_ids.get(row.slack_id)
        if new is None or new == row.slack_id:
            continue
        stays = taken.get(new)
        if stays is None:
            taken[new] = row.id
            renamed.append((row.id, new))
            continue
        # Several old ids may be one person: one after the other, for no row may be in two pairs.
        number = used[stays] = used.get(stays, -1) + 1
        rounds += [[]] if number == len(rounds) else []
        rounds[number].append(Pair(row.id, stays))
    if renamed:
        given = listed(connection, "renamed", renamed, old=RowId, new=Key())
        named_anew = update(member).where(member.c.id == given.c.old)
        await connection.execute(named_anew.values(slack_id=given.c.new))
    people = People(moved=len(renamed))
    for pairs in rounds:
        people += await join_pairs(connection, pairs, stays=workspace_id, at=at)
    return people


async def _exchange_owners(
    connection: AsyncConnection, workspace_id: int, new_ids: Mapping[str, str]
) -> None:
    mine = workspace_owner.c.workspace_id == workspace_id
    query = select(workspace_owner.c.slack_id).where(mine).with_for_update()
    before = frozenset((await connection.scalars(query)).all())
    after = {new_ids.get(each, each) for each in before}
    if after == before:
        return
    gone = workspace_owner.c.slack_id.in_(sorted(before - after))
    await connection.execute(delete(workspace_owner).where(mine, gone))
    rows = [{"workspace_id": workspace_id, "slack_id": each} for each in sorted(after - before)]
    if rows:
        await connection.execute(insert(workspace_owner), rows)


async def _exchange_uploads(
    connection: AsyncConnection, workspace_id: int, new_ids: Mapping[str, str]
) -> None:
    """Name the authors of uploads anew; an author has one, so of two the newer stays."""
    upload = catalogue_upload
    named = sorted({*new_ids, *new_ids.values()})
    query = (
        select(upload.c.id, upload.c.author_id)
        .where(upload.c.workspace_id == workspace_id, upload.c.author_id.in_(named))
        .order_by(upload.c.changed_at.desc(), upload.c.id.desc())
    )
    kept: set[str] = set()
    anew: list[tuple[int, str]] = []
    older: list[int] = []
    for row in (await connection.execute(query)).all():
        author = new_ids.get(row.author_id, row.author_id)
        if author in kept:
            older.append(row.id)
        elif author != row.author_id:
            anew.append((row.id, author))
        kept.add(author)
    if older:
        await connection.execute(delete(upload).where(upload.c.id.in_(older)))
    for id_, author in anew:
        mine = update(upload).where(upload.c.id == id_)
        await connection.execute(mine.values(author_id=author))
