"""Slices of a revision: exactly what some roles need, at a cost that the catalogue does not set."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from bot.domain.framework import CatalogueContent
from bot.domain.lookup.gap import promotion_gap
from bot.domain.lookup.rung import Rung
from bot.domain.text import LocalText
from bot.store.catalogue import slice_reader
from bot.store.database import Database
from bot.store.errors import UnknownRevision, UnstorableText
from tests.factories import big_catalogue
from tests.fakes.clock import FrozenClock
from tests.integration.store.strategies import contents
from tests.properties import examples

SAMPLE = big_catalogue(skills=40, roles=6, expectations=500)


async def publish(database: Database, content: CatalogueContent) -> int:
    info = await database.catalogues.publish(
        content, catalogue_key="sample", author="Sample Owner", note="", at=FrozenClock().now()
    )
    return info.id


def restricted(content: CatalogueContent, role_keys: Collection[str]) -> CatalogueContent:
    """Say in other words than the store what belongs to a slice."""
    roles = tuple(each for each in content.roles if each.key in role_keys)
    cells = tuple(each for each in content.expectations if each.role.key in role_keys)
    skills = {each.skill.key for each in cells}
    kept = tuple(each for each in content.skills if each.key in skills)
    groups, domains = {each.group.key for each in kept}, {each.group.domain.key for each in kept}
    families, ladders = {each.family.key for each in roles}, {each.ladder.key for each in roles}
    return replace(
        content,
        roles=roles,
        expectations=cells,
        skills=kept,
        groups=tuple(each for each in content.groups if each.key in groups),
        domains=tuple(each for each in content.domains if each.key in domains),
        families=tuple(each for each in content.families if each.key in families),
        ladders=tuple(each for each in content.ladders if each.key in ladders),
    )


# The database may keep the revisions of earlier examples: each example publishes its own.
@examples(40, one_fixture=True)
@given(content=contents(), data=st.data())
async def test_a_slice_of_any_content(
    database: Database, content: CatalogueContent, data: st.DataObject
) -> None:
    known = [each.key for each in content.roles]
    keys = data.draw(st.frozensets(st.sampled_from([*known, "nobody's"])))
    found = await database.catalogues.load_slice(await publish(database, content), keys)
    assert found.content == restricted(content, keys)


async def test_a_slice_answers_like_the_whole(database: Database) -> None:
    revision_id = await publish(database, SAMPLE)
    whole = await database.catalogues.load(revision_id)
    target, origin = SAMPLE.roles[4], SAMPLE.roles[1]
    part = await database.catalogues.load_slice(revision_id, [target.key, origin.key, target.key])
    assert part.revision == whole.revision
    for level in target.ladder.levels:
        way = {"origin": Rung(origin, origin.ladder.levels[0]), "target": Rung(target, level)}
        gap = promotion_gap(part, **way)
        assert gap == promotion_gap(whole, **way)
        assert gap.gaps


async def test_more_than_one_query_takes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that several queries bring stand in the owner's order all the same."""
    monkeypatch.setattr(slice_reader, "CHUNK", 20)
    translated = replace(
        SAMPLE,
        expectations=tuple(
            replace(
                each,
                text=LocalText(f"text {number}", {"zh": f"文本 {number}"}),
                prompts=(LocalText("Why?", {"zh": "为什么?"}), LocalText(f"How {number}?")),
            )
            for number, each in enumerate(reversed(SAMPLE.expectations))
        ),
    )
    keys = [each.key for each in SAMPLE.roles[1:]]
    revision_id = await publish(database, translated)
    found = await database.catalogues.load_slice(revision_id, keys)
    assert found.content == restricted(translated, keys)


async def test_unknown_revisions_and_roles(database: Database) -> None:
    revision_id = await publish(database, SAMPLE)
    for keys in ([], ["nobody's"], ["'; DROP TABLE role; --"]):
        empty = await database.catalogues.load_slice(revision_id, keys)
        assert empty.content == restricted(SAMPLE, ())
        assert empty.content.proficiencies == SAMPLE.proficiencies
    with pytest.raises(UnknownRevision):
        await database.catalogues.load_slice(revision_id + 1, [SAMPLE.roles[0].key])
    with pytest.raises(UnstorableText):
        await database.catalogues.load_slice(revision_id, ["nul \0"])


async def test_a_larger_catalogue_takes_no_more_queries(
    database: Database, queries: list[str]
) -> None:
    counts = []
    for roles in (4, 40):
        content = big_catalogue(skills=80, roles=roles, expectations=roles * 100)
        revision_id = await publish(database, content)
        queries.clear()
        found = await database.catalogues.load_slice(revision_id, [content.roles[0].key])
        assert len(found.content.expectations) == 100
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


# The columns of an index by which a slice may look for rows of the tables that grow large.
LARGE = {
    "translation": ("(revision_id=? AND kind=? AND owner_id=?)",),
    "prompt": ("(revision_id=? AND skill_id=?)", "(revision_id=? AND expectation_id=?)"),
    "expectation": ("(revision_id=? AND role_id=?)", "(revision_id=? AND id=?)"),
    "skill": ("(revision_id=? AND id=?)",),
    "skill_depth": ("(revision_id=? AND skill_id=?)",),
    "role": ("(revision_id=? AND key=?)", "(revision_id=? AND id=?)"),
}


async def test_every_query_of_a_slice_names_its_rows_by_an_index(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    revision_id = await publish(database, SAMPLE)
    asked: list[tuple[str, Any]] = []

    @event.listens_for(database._reader.sync_engine, "before_cursor_execute")
    def record(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if not statement.startswith("EXPLAIN"):
            asked.append((statement, values))

    await database.catalogues.load_slice(revision_id, [SAMPLE.roles[0].key])
    steps: list[str] = []
    async with database._reader.connect() as connection:
        for statement, values in tuple(asked):
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps += [row.detail for row in plan.all()]
    await database.dispose()
    assert not [step for step in steps if step.startswith("SCAN")]
    for table, ways in LARGE.items():
        searched = [step for step in steps if step.startswith(f"SEARCH {table} ")]
        assert searched
        assert all(step.endswith(ways) for step in searched), searched
