"""What a catalogue called a thing that its newest revision has no longer, by the thing's key."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, select
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


async def former_name(
    connection: AsyncConnection, catalogue_key: str, kind: str, key: str, *, role: str = ""
) -> LocalText | None:
    """Return the name that a thing had last; None where no revision has it. One statement.

    `kind` is as `LeftCatalogue` has it; a level is one of the ladder of `role`, by its key.
    """
    table = _TABLES.get(kind)
    if table is None:
        return None
    values = {"catalogue": catalogue_key, "thing": key, "role": role}
    if kind != "level":
        del values["role"]
    rows = (await connection.execute(_last(table), values)).all()
    if not rows:
        return None
    names = {row.locale: row.text for row in rows if row.locale is not None}
    return LocalText(rows[0].name, names) if names else LocalText(rows[0].name)


def _last(table: Table) -> Select[Any]:
    """Select the name in the last revision that has the thing, a row for each translation."""
    found = (
        select(table.c.revision_id, table.c.id, table.c.name)
        .join(revision, revision.c.id == table.c.revision_id)
        .join(catalogue, catalogue.c.id == revision.c.catalogue_id)
        .where(catalogue.c.key == bindparam("catalogue"), table.c.key == bindparam("thing"))
    )
    if table is models.level:
        role = models.role
        on_ladder = and_(
            role.c.revision_id == table.c.revision_id, role.c.ladder_id == table.c.ladder_id
        )
        found = found.join(role, on_ladder).where(role.c.key == bindparam("role"))
    last = found.order_by(table.c.revision_id.desc()).limit(1).subquery()
    translated = models.translation
    of_it = and_(
        translated.c.revision_id == last.c.revision_id,
        translated.c.kind == table.name,
        translated.c.owner_id == last.c.id,
        translated.c.field == "name",
    )
    columns = (last.c.name, translated.c.locale, translated.c.text)
    return select(*columns).outerjoin(translated, of_it)
