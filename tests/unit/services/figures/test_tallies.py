"""Our own counters and histograms tell what the library's would."""

import random

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.services.figures.requests import RequestFigures, Watch, kind_of
from bot.services.figures.tallies import Counts, Times

BOUNDS = (0.01, 0.1, 1.0)


def _lines(registry: CollectorRegistry) -> set[str]:
    text = generate_latest(registry).decode()
    return {each for each in text.splitlines() if "_created" not in each}


def test_a_page_is_as_the_library_writes_it() -> None:
    rng = random.Random(7)  # noqa: S311 - repeatable samples, nothing secret
    seconds = [*BOUNDS, *(rng.randrange(256) / 64 for _ in range(200))]
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    counts = Counts("sample", "About it.", ("kind",), ours)
    times = Times("sample_seconds", "How long.", ("kind",), BOUNDS, ours)
    counter = Counter("sample", "About it.", ["kind"], registry=theirs)
    histogram = Histogram("sample_seconds", "How long.", ["kind"], buckets=BOUNDS, registry=theirs)
    for each in seconds:
        kind = rng.choice("ab")
        counts.add(kind)
        times.add((kind,), each)
        counter.labels(kind).inc()
        histogram.labels(kind).observe(each)
    assert _lines(ours) == _lines(theirs)


def test_many_at_once_are_as_many_one_by_one() -> None:
    once, by_one = CollectorRegistry(), CollectorRegistry()
    seconds = [0.5, 0.01, 4.0, 0.25]
    times = Times("sample_seconds", "How long.", ("kind",), BOUNDS, by_one)
    for each in seconds:
        times.add(("a",), each)
    Times("sample_seconds", "How long.", ("kind",), BOUNDS, once).add_all(("a",), seconds)
    assert _lines(once) == _lines(by_one)


@pytest.mark.parametrize("number", [1, 255, 256, 1000])
def test_no_request_is_lost_between_batches(number: int) -> None:
    registry = CollectorRegistry()
    figures = RequestFigures(registry)
    for _ in range(number):
        watch = Watch(figures, {"type": "block_actions"})
        watch.entered()
        watch.refused("outdated_card")
        watch.end()
    labels = {"kind": "press", "listener": "", "outcome": "refused", "code": "outdated_card"}
    assert registry.get_sample_value("nextrung_requests_total", labels) == number
    for part, count in (("guard", number), ("whole", number), ("member", None)):
        labels = {"kind": "press", "part": part}
        assert registry.get_sample_value("nextrung_request_seconds_count", labels) == count


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"command": "/skill"}, "command"),
        ({"type": "view_submission"}, "form"),
        ({"type": "message_action"}, "shortcut"),
        ({"type": "event_callback"}, "event"),
        ({"type": "whatever somebody sends"}, "other"),
        ({"type": ["block_actions"]}, "other"),
        ({}, "other"),
        ("no object", "other"),
    ],
)
def test_the_kinds_are_a_few_words_whatever_is_sent(body: object, kind: str) -> None:
    assert kind_of(body) == kind
