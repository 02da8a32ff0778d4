"""Batches of due plans: all are moved on, and a fault in one lets the one beside it end."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.services.nudges.metrics import NudgeMetrics
from bot.services.nudges.planning import NudgePlanning
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from tests.fakes.clock import FrozenClock


class Batches:
    """A store that moves on what it was told to, batch by batch; None is a fault."""

    dialect = "postgresql"

    def __init__(self, *moved: int | None) -> None:
        self._moved: Iterator[int | None] = iter(moved)
        self.nudges = self
        self.nudge_desk = SimpleNamespace(plans_due=self._due)
        self.under_way = 0
        self.most_under_way = 0
        self.ended = 0

    async def _due(self, **_named: Any) -> bool:
        return True

    async def plan_due(self, *_values: Any, **_named: Any) -> int:
        moved = next(self._moved, 0)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            if moved is None:
                raise StoreUnavailable(reason="away")
            for _ in range(3):
                await asyncio.sleep(0)
        finally:
            self.under_way -= 1
        self.ended += moved
        return moved


def planning(store: Batches, metrics: NudgeMetrics) -> NudgePlanning:
    return NudgePlanning(cast("Database", store), FrozenClock(), metrics)


async def test_a_turn_moves_every_batch_on_two_at_once() -> None:
    store = Batches(1000, 1000, 1000, 1000, 400)
    assert await planning(store, NudgeMetrics()).turn() == 4400
    assert store.most_under_way == 2


async def test_a_batch_that_is_not_full_is_the_last() -> None:
    store = Batches(999, 1000)
    assert await planning(store, NudgeMetrics()).turn() == 999
    assert store.ended == 999


async def test_a_fault_is_told_once_the_batch_beside_it_has_ended() -> None:
    store, metrics = Batches(1000, None, 700), NudgeMetrics()
    with pytest.raises(StoreUnavailable):
        await planning(store, metrics).turn()
    assert (store.under_way, store.ended) == (0, 1700)
    assert metrics.planned._value.get() == 1700
