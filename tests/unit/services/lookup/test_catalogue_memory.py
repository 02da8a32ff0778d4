"""Catalogues come when they are asked for and make room for others: under any history, rightly."""

import asyncio
import gc
import random
import weakref
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest

from bot.domain.lookup.names.query import SKILL_GRAMMAR
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.shelves import BUILT_IN, Shelf
from bot.store.collector import keep_out_of_collections
from bot.store.errors import StoreUnavailable
from tests.fakes.published import SamplePublished
from tests.properties import sampled
from tests.unit.samples import ALL_WORDS, revision, workshop

KEYS = ("built-in", *(f"own-{number}" for number in range(8)))
STEPS = 120
CONTENT = workshop().content


@pytest.fixture(autouse=True)
async def counting_only() -> AsyncIterator[None]:
    """Let nothing be freed but by reference counts: a collection may be hours away."""
    # One thread, so that what it does next is done after all before.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def catalogue_of(key: str, number: int) -> Catalogue:
    content = replace(CONTENT, name=LocalText(f"{key} {number}"))
    return Catalogue(replace(revision(number, key), id=number), content)


WEIGHT = Shelf(catalogue_of("own", 1), ALL_WORDS).weight
MEMORY = 4 * WEIGHT


async def let_go_of_by_threads() -> None:
    """Return when the thread that indexed a catalogue, and the loop that heard of it, are past."""
    await asyncio.to_thread(int)


@dataclass
class History:
    """Members speak and owners publish while nothing else is known than what was polled."""

    seed: int
    store: SamplePublished = field(default_factory=SamplePublished)
    newest: dict[str, int] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)
    under_way: list[Shelf] = field(default_factory=list)
    seen: "list[weakref.ref[Shelf]]" = field(default_factory=list)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311 - repeatable, nothing secret
        self.catalogues = Catalogues(self.store, ALL_WORDS, memory=MEMORY)
        for key in KEYS:
            self.publish(key)

    def publish(self, key: str) -> None:
        self.numbers += 1
        self.store.publish(catalogue_of(key, self.numbers))
        self.newest[key] = self.numbers

    async def speak(self, key: str, *, passing: bool = False) -> Shelf:
        least = self.heard.get(key, 0)
        shelf = await self.catalogues.of(key, passing=passing)
        served = shelf.catalogue
        assert served.revision.catalogue_key == key
        assert served.content.name.base == f"{key} {served.revision.number}"
        assert served.revision.number >= least
        shelf.resolve(f"sawing {self.rng.randrange(20)}", SKILL_GRAMMAR)
        shelf.memo.get(("card", self.rng.randrange(20)), lambda: "x" * 2_000)
        self.seen.append(weakref.ref(shelf))
        return shelf

    async def step(self) -> None:
        key = self.rng.choice(KEYS)
        match self.rng.choices(("speak", "begin", "end", "publish", "poll", "many", "pass"),
                               (6, 2, 3, 2, 2, 2, 1))[0]:  # fmt: skip
            case "speak":
                await self.speak(key)
            case "begin":
                self.under_way.append(await self.speak(key))
            case "end" if self.under_way:
                self.under_way.pop(self.rng.randrange(len(self.under_way)))
            case "publish":
                self.publish(key)
            case "many":
                await self.many()
            case "pass":
                await self.speak(key, passing=True)
            case _:
                await self.poll()

    async def many(self) -> None:
        """Many speak at once, one stops waiting, and something is published meanwhile."""
        keys = self.rng.choices(KEYS, k=6)
        asking = [asyncio.ensure_future(self.speak(each)) for each in keys]
        for _ in range(self.rng.randrange(4)):
            await asyncio.sleep(0)
        self.publish(self.rng.choice(keys))
        asking[0].cancel()
        if self.rng.random() < 0.5:
            await self.poll()
        outcomes = await asyncio.gather(*asking, return_exceptions=True)
        kinds = {type(each) for each in outcomes} - {Shelf}
        assert kinds <= {asyncio.CancelledError}, outcomes

    async def poll(self) -> None:
        if self.rng.random() < 0.2:
            self.store.fault = StoreUnavailable(reason="away")
            with pytest.raises(StoreUnavailable):
                await self.catalogues.refresh()
            self.store.fault = None
        else:
            published = dict(self.newest)
            await self.catalogues.refresh()
            # What was out when one asked is served from now on.
            self.heard = published

    async def check(self) -> None:
        await let_go_of_by_threads()
        keep = self.catalogues._keep
        keep.fit()
        shelves = {key: keep.peek(key) for key in keep}
        assert keep.weight == sum(each.weight for each in shelves.values() if each)
        held = {id(each) for each in self.under_way}
        others = [key for key, each in shelves.items() if id(each) not in held and key != BUILT_IN]
        assert keep.weight <= MEMORY or not others
        assert self.store.most_busy == 1


@sampled("seed", range(16))
async def test_whoever_speaks_is_served_their_newest_revision_within_the_memory(seed: int) -> None:
    history = History(seed)
    await history.catalogues.begin()
    for _ in range(STEPS):
        await history.step()
        await history.check()
    await history.catalogues.refresh()
    for key in KEYS:
        assert (await history.speak(key)).catalogue.revision.number == history.newest[key]
    assert history.store.loads > len(KEYS)
    history.under_way.clear()
    await history.check()
    alive = {id(each()) for each in history.seen if each()}
    assert len(alive) <= len(history.catalogues._keep)


async def test_what_was_hidden_from_the_collector_is_freed_all_the_same() -> None:
    store = SamplePublished(*(catalogue_of(key, 1 + at) for at, key in enumerate(KEYS)))
    catalogues = Catalogues(store, ALL_WORDS, memory=MEMORY)
    told = [weakref.ref(await catalogues.of(key)) for key in KEYS[1:3]]
    await let_go_of_by_threads()
    keep_out_of_collections()
    for key in KEYS[3:]:
        await catalogues.of(key)
    gc.unfreeze()
    assert [each() for each in told] == [None, None]


async def test_what_one_only_passes_by_makes_room_for_what_others_use() -> None:
    store = SamplePublished(*(catalogue_of(key, 1 + at) for at, key in enumerate(KEYS)))
    catalogues = Catalogues(store, ALL_WORDS, memory=MEMORY)
    used = [await catalogues.of(key) for key in KEYS[:3]]
    for key in KEYS[3:]:
        await catalogues.of(key, passing=True)
    loads = store.loads
    assert [await catalogues.of(key) for key in KEYS[:3]] == used
    assert store.loads == loads


async def test_the_figures_tell_what_is_held() -> None:
    store = SamplePublished(*(catalogue_of(key, 1 + at) for at, key in enumerate(KEYS)))
    catalogues = Catalogues(store, ALL_WORDS, memory=MEMORY)
    for key in KEYS:
        await catalogues.of(key)
    store.fault = StoreUnavailable(reason="away")
    with pytest.raises(StoreUnavailable):
        await catalogues.of("nobody's")
    lines = catalogues.metrics.page().decode().splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    held = len(catalogues._keep)
    assert float(figures["nextrung_catalogues_held"]) == held < len(KEYS)
    assert float(figures["nextrung_catalogues_let_go_total"]) == len(KEYS) - held
    assert float(figures["nextrung_catalogue_load_seconds_count"]) == len(KEYS)
    assert 0 < float(figures["nextrung_catalogue_bytes"]) <= MEMORY
    failed = 'nextrung_catalogue_loads_failed_total{code="store_unavailable"}'
    assert float(figures[failed]) == 1


class Held:
    """What a member holds."""


async def test_what_was_drawn_for_a_member_goes_with_what_they_hold() -> None:
    shelf, held = Shelf(catalogue_of("own", 1), ALL_WORDS, memory=1_600_000), Held()
    before = shelf.weight
    shelf.own(held).put("card", "x" * 5_000)
    assert shelf.own(held).known("card")
    assert shelf.weight > before + 5_000
    del held
    assert shelf.weight == before
    others = [Held() for _ in range(60)]
    for each in others:
        shelf.own(each).put("card", "x" * 5_000)
    assert shelf.weight < before + 110_000, "no more than its share, a sixteenth of all"


async def test_shelves_make_room_for_other_work_on_catalogues() -> None:
    store = SamplePublished()
    for number, key in enumerate(KEYS[:5], start=1):
        store.publish(catalogue_of(key, number))
    catalogues = Catalogues(store, ALL_WORDS, memory=8 * WEIGHT)
    for key in KEYS[:5]:
        await catalogues.of(key)
    await let_go_of_by_threads()
    await catalogues.poll()
    assert len(catalogues._keep) == 5

    drafts = catalogues.beside(4, share=2, weigh=len)
    drafts.put("small", b"x" * WEIGHT)
    drafts.put("large", b"x" * 5 * WEIGHT)
    assert drafts.known("small") is None, "a share of the memory is theirs"
    await catalogues.poll()
    assert len(catalogues._keep) <= 3
    assert catalogues._keep.peek(BUILT_IN) is not None
    drafts.drop("large")
    for key in KEYS[:5]:
        await catalogues.of(key)
    await let_go_of_by_threads()
    await catalogues.poll()
    assert len(catalogues._keep) == 5
    await catalogues.stop()
