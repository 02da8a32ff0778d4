"""What a catalogue called things that its newest revision has no longer, by their keys."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, Table, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.text import LocalText
from bot.store.catalogue import revision_models as models
from bot.store.models import catalogue, revision

_TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "skill": models.skill,
        "group": models.skill_group,
        "domain": models.domain,
        "role": models.role,
        "level": models.level,
    }
)


async def former_names(
    connection: AsyncConnection,
    catalogue_key: str,
    kind: str,
    keys: Collection[str],
    *,
    role: str = "",
) -> Mapping[str, LocalText]:
    """Return the names that things had last, by key, of those that a revision has. One statement.

    `kind` is as `LeftCatalogue` has it; levels are those of the ladder of `role`, by its key.
    """
    table = _TABLES.get(kind)
    if table is None or not keys:
        return {}
    rows = (await connection.execute(_last(table, catalogue_key, keys, role))).all()
    names = {row.key: row.name for row in rows}
    translated: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.locale is not None:
            translated[row.key][row.locale] = row.text
    return {
        key: LocalText(name, translated[key]) if key in translated else LocalText(name)
        for key, name in names.items()
    }


def _last(table: Table, catalogue_key: str, keys: Collection[str], role: str) -> Select[Any]:
    """Select each name in the last revision that has the thing, a row for each translation."""
    newest = (
        select(table.c.key, func.max(table.c.revision_id).label("revision_id"))
        .join(revision, revision.c.id == table.c.revision_id)
        .join(catalogue, catalogue.c.id == revision.c.catalogue_id)
        .where(catalogue.c.key == catalogue_key, table.c.key.in_(sorted(keys)))
    )
    last = _of_role(newest, table, role).group_by(table.c.key).subquery()
    translated = models.translation
    of_it = and_(
        translated.c.revision_id == table.c.revision_id,
        translated.c.kind == table.name,
        translated.c.owner_id == table.c.id,
        translated.c.field == "name",
    )
    found = (
        select(table.c.key, table.c.name, translated.c.locale, translated.c.text)
        .join(last, and_(last.c.key == table.c.key, last.c.revision_id == table.c.revision_id))
        .outerjoin(translated, of_it)
    )
    return _of_role(found, table, role)


def _of_role(query: Select[Any], table: Table, role_key: str) -> Select[Any]:
    """Restrict levels to those of one role's ladder."""
    if table is not models.level:
        return query
    role = models.role
    on_ladder = and_(
        role.c.revision_id == table.c.revision_id, role.c.ladder_id == table.c.ladder_id
    )
    return query.join(role, on_ladder).where(role.c.key == role_key)
