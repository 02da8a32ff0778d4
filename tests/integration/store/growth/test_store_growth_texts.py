"""Any text of a member comes back as it was, or is refused and nothing is written."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.holdings import NO_GROWTH
from bot.store.database import Database
from bot.store.errors import UnstorableText
from tests.integration.store.feeds import changed_since
from tests.integration.store.holders import (
    CELL,
    NOW,
    Held,
    add_evidence,
    growth_of,
    held,
    join,
    publish,
    set_goal,
)
from tests.integration.store.strategies import KEYS, TEXTS
from tests.properties import examples


# The database keeps what earlier examples left: each takes a member of its own.
@examples(40, one_fixture=True)
@given(
    cells=st.lists(st.builds(CellKey, KEYS, KEYS, KEYS), min_size=1, max_size=3, unique=True),
    note=TEXTS,
    url=st.none() | TEXTS,
    token=KEYS,
    depth=st.none() | KEYS,
)
async def test_any_text_comes_back_as_it_was(
    database: Database,
    cells: list[CellKey],
    note: str,
    url: str | None,
    token: str,
    depth: str | None,
) -> None:
    slack_id = f"U{len(await changed_since(database, NOW))}"
    await join(database, slack_id)
    marks = tuple(Assessment(each, Status.MET, NOW, depth, note) for each in cells)
    async with held(database, slack_id) as change:
        await change.work.assessments.append(change.owner, marks)
        evidence_id = await change.work.evidence.add(
            change.owner,
            kind=EvidenceKind.LINK,
            note=note,
            url=url,
            supports=cells,
            token=token,
            at=NOW,
        )
    growth = await growth_of(database, slack_id)
    assert growth.marks == {each.cell: each for each in marks}
    assert growth.evidence == (
        Evidence(evidence_id, EvidenceKind.LINK, note, url, NOW, frozenset(cells)),
    )


STRANGE = CellKey("r", "half a pair \udfff", "s")
ATTEMPTS: dict[str, Callable[[Held, int], Awaitable[object]]] = {
    "the note of a mark": lambda change, _: change.work.assessments.append(
        change.owner, [Assessment(CELL, Status.MET, NOW, note="nul \0 inside")]
    ),
    "the depth of a mark": lambda change, _: change.work.assessments.append(
        change.owner, [Assessment(CELL, Status.MET, NOW, "half a pair \ud800")]
    ),
    "the place of a mark": lambda change, _: change.work.assessments.append(
        change.owner, [Assessment(STRANGE, Status.MET, NOW)]
    ),
    "a note": lambda change, _: add_evidence(change, note="half a pair \ud800"),
    "a token": lambda change, _: add_evidence(change, "\0"),
    "a long token": lambda change, _: add_evidence(change, "V" * 256),
    "what is supported": lambda change, _: add_evidence(change, supports=(CELL, STRANGE)),
    "a goal": lambda change, revision_id: set_goal(change, revision_id, level="\0"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_text_that_not_both_can_keep_is_refused(database: Database, attempt: str) -> None:
    revision_id = await publish(database)
    await join(database)

    async def change_something() -> None:
        async with held(database) as change:
            await add_evidence(change, "fine")
            await ATTEMPTS[attempt](change, revision_id)

    with pytest.raises(UnstorableText):
        await change_something()
    assert await growth_of(database) == NO_GROWTH, "nothing is kept by halves"


async def test_a_long_note_is_kept(database: Database) -> None:
    await join(database)
    async with held(database) as change:
        await add_evidence(change, note="数" * 10_000)
    (kept,) = (await growth_of(database)).evidence
    assert kept.note == "数" * 10_000
