"""How a process loads catalogues that are asked for, and notices what was published."""

import asyncio
import subprocess
import sys

import pytest

from bot.domain.errors import CatalogueUnavailable
from bot.domain.lookup.names.query import SKILL_GRAMMAR
from bot.domain.revision import Catalogue
from bot.services.lookup.held_catalogues import FEW, Catalogues
from bot.store.errors import StoreUnavailable
from tests.fakes.published import SamplePublished
from tests.unit.samples import ALL_WORDS, revision, workshop


def published_as(number: int, key: str = "built-in") -> Catalogue:
    return Catalogue(revision(number, key), workshop().content)


async def begun(store: SamplePublished) -> Catalogues:
    catalogues = Catalogues(store, ALL_WORDS)
    await catalogues.begin()
    return catalogues


async def test_nothing_is_served_before_it_is_loaded() -> None:
    catalogues = Catalogues(SamplePublished(), ALL_WORDS)
    await catalogues.refresh()
    assert not catalogues.ready
    with pytest.raises(CatalogueUnavailable):
        catalogues.shelf()
    with pytest.raises(CatalogueUnavailable):
        await catalogues.of()


async def test_a_new_revision_is_served_and_only_that_is_loaded() -> None:
    store = SamplePublished(published_as(1), published_as(2, "own"))
    catalogues = await begun(store)
    first, own = catalogues.shelf(), await catalogues.of("own")
    assert (catalogues.ready, store.loads) == (True, 2)
    await catalogues.refresh()
    assert (store.loads, catalogues.shelf()) == (2, first)
    store.publish(published_as(3))
    await catalogues.refresh()
    assert catalogues.shelf().catalogue.revision.number == 3
    assert catalogues.shelf("own") is own
    assert store.loads == 3


async def test_what_is_at_hand_is_served_without_reading_it_until_there_is_a_newer_one() -> None:
    store = SamplePublished(published_as(1))
    catalogues = Catalogues(store, ALL_WORDS)
    at_hand = published_as(1)
    await catalogues.hold(at_hand)
    await catalogues.begin()
    assert (store.loads, catalogues.shelf().catalogue) == (0, at_hand)
    store.publish(published_as(2))
    await catalogues.refresh()
    assert (store.loads, catalogues.shelf().catalogue.revision.number) == (1, 2)


async def test_a_failure_keeps_what_is_held_and_is_not_remembered() -> None:
    store = SamplePublished(published_as(1), published_as(2, "own"))
    catalogues = Catalogues(store, ALL_WORDS)
    await catalogues.refresh()
    held = await catalogues.of()
    store.publish(published_as(3))
    await catalogues.poll()
    store.fault = StoreUnavailable(reason="away")
    with pytest.raises(StoreUnavailable):
        await catalogues.of("own")
    with pytest.raises(StoreUnavailable):
        await catalogues.refresh()
    assert catalogues.shelf() is held
    store.fault = None
    await catalogues.refresh()
    assert catalogues.shelf().catalogue.revision.number == 3
    assert (await catalogues.of("own")).catalogue.revision.number == 2


async def test_many_who_ask_at_once_load_once() -> None:
    store = SamplePublished(published_as(1), published_as(2, "own"))
    catalogues = Catalogues(store, ALL_WORDS)
    await asyncio.gather(catalogues.begin(), catalogues.begin())
    found = await asyncio.gather(*(catalogues.of("own") for _ in range(50)))
    assert (store.loads, len(set(found)), store.most_busy) == (2, 1, 1)


async def test_one_who_stops_waiting_stops_nobody_else() -> None:
    store = SamplePublished(published_as(1, "own"))
    catalogues = Catalogues(store, ALL_WORDS)
    hasty = asyncio.ensure_future(catalogues.of("own"))
    patient = asyncio.ensure_future(catalogues.of("own"))
    await asyncio.sleep(0)
    hasty.cancel()
    assert (await patient).catalogue.revision.number == 1
    assert hasty.cancelled()
    assert store.loads == 1


async def test_a_start_waits_for_few_catalogues_and_for_none_where_they_are_many() -> None:
    few = [published_as(number, f"own-{number}") for number in range(2, 2 + FEW)]
    store = SamplePublished(published_as(1), *few)
    await begun(store)
    assert store.loads == 1 + FEW
    store.publish(published_as(9, "own-9"))
    store.loads = 0
    await begun(store)
    assert store.loads == 1


async def test_a_revision_that_comes_out_during_a_load_is_served() -> None:
    store = SamplePublished(published_as(1, "own"))
    catalogues = Catalogues(store, ALL_WORDS)
    await catalogues.refresh()
    asking = asyncio.ensure_future(catalogues.of("own"))
    await store.loading.wait()
    store.publish(published_as(2, "own"))
    await catalogues.poll()
    assert (await asking).catalogue.revision.number == 2


async def test_a_text_is_resolved_once_per_revision() -> None:
    shelf = (await begun(SamplePublished(published_as(1)))).shelf()
    found = shelf.resolve("sawing", SKILL_GRAMMAR)
    assert shelf.resolve("sawing", SKILL_GRAMMAR) is found


_RAN = """
import asyncio, sys
from bot.services.lookup.held_catalogues import Catalogues
from tests.fakes.published import SamplePublished
from tests.unit.samples import ALL_WORDS, revision, workshop
from bot.domain.revision import Catalogue

async def turns():
    catalogues = Catalogues(
        SamplePublished(Catalogue(revision(1, "built-in"), workshop().content)), ALL_WORDS
    )
    for turn in (catalogues.begin, catalogues.poll):
        await turn()
        print("loaded:", "rapidfuzz.process" in sys.modules)

asyncio.run(turns())
"""


def test_no_typed_slip_waits_for_the_matching_to_be_loaded() -> None:
    told = subprocess.run([sys.executable, "-c", _RAN], capture_output=True, text=True, check=True)
    lines = [line for line in told.stdout.splitlines() if line.startswith("loaded:")]
    assert lines == ["loaded: False", "loaded: True"]
