"""Every figure that a process tells, with its type and labels, as the code has them."""

from typing import NamedTuple, cast

from prometheus_client.metrics import MetricWrapperBase

from bot.services.figures.process import Figures
from bot.services.figures.standing import CacheFigures, Desk, StandingFigures
from bot.services.figures.tallies import Counts, Times
from bot.services.lookup.metrics import CatalogueMetrics
from bot.services.memo import Tally
from bot.services.nudges.metrics import NudgeMetrics
from bot.store.fitness.standing import Standing
from tests.fakes.clock import FrozenClock


class Figure(NamedTuple):
    """A figure under the name that Prometheus shows."""

    name: str
    type: str
    labels: tuple[str, ...]


class _Desk:
    async def look(self, **_now: object) -> Standing:
        return Standing({"planned": 1}, None, {("chart", "late"): 1}, None, {"works": 1})


async def figures_in_code() -> set[Figure]:
    """Return all but those of the operating system."""
    figures = Figures()
    figures.look_at_clock(lambda: 0.0)
    NudgeMetrics(figures.registry)
    CatalogueMetrics(figures.registry)
    CacheFigures({"members": Tally()}, figures.registry)
    standing = StandingFigures(cast("Desk", _Desk()), FrozenClock(), lambda: 0.0, figures.registry)
    await standing.look()
    found = set()
    for collector in {*figures.registry._collector_to_names}:
        for family in collector.collect():
            if isinstance(collector, MetricWrapperBase):
                labels = tuple(collector._labelnames)
            elif isinstance(collector, Counts | Times):
                labels = collector.labels
            else:
                labels = tuple(family.samples[0].labels)
            name = f"{family.name}_total" if family.type == "counter" else family.name
            found.add(Figure(name, family.type, labels))
    return {each for each in found if not each.name.startswith("nextrung_process_")}
