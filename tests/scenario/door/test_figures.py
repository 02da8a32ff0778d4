"""What came of requests, in the figures: by kind and outcome, with the time of each part."""

from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from bot.services.lookup.shelves import Shelf
from bot.store.errors import StoreUnavailable
from tests.scenario.desk import Desk, command_fields

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


async def _samples(desk: Desk) -> Samples:
    page = (await desk.nextrung.figures.page()).decode()
    return {
        (each.name, frozenset(each.labels.items())): each.value
        for family in text_string_to_metric_families(page)
        for each in family.samples
    }


def _of(samples: Samples, name: str, **labels: str) -> float:
    """Return the sum of a figure's samples that have these labels."""
    wanted = labels.items()
    return sum(value for (each, has), value in samples.items() if each == name and wanted <= {*has})


async def test_an_answered_command_is_counted_with_its_parts(desk: Desk) -> None:
    before = await _samples(desk)
    assert (await desk.post(command_fields())).status_code == 200
    assert (await desk.post(command_fields())).status_code == 200
    found = await _samples(desk)

    assert _of(before, "nextrung_requests_total", kind="command") == 0
    labels = {"kind": "command", "outcome": "answered", "code": ""}
    assert _of(found, "nextrung_requests_total", listener="/skill", **labels) == 2
    for part in ("guard", "member", "service", "card", "whole"):
        count = _of(found, "nextrung_request_seconds_count", kind="command", part=part)
        assert count == 2, part
    seconds = {
        part: _of(found, "nextrung_request_seconds_sum", kind="command", part=part)
        for part in ("guard", "member", "service", "card", "whole")
    }
    whole = seconds.pop("whole")
    assert 0 < sum(seconds.values()) <= whole
    below = _of(found, "nextrung_request_seconds_bucket", kind="command", part="whole", le="+Inf")
    assert below == 2
    assert _of(found, "nextrung_cache_lookups_total", cache="members", found="hit") >= 1
    assert _of(found, "nextrung_slack_calls_total", outcome="taken", code="") >= 1
    assert _of(found, "nextrung_catalogues_held") == 1
    assert _of(found, "nextrung_database_readable") == 1


async def test_each_way_to_end_has_its_outcome(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.faults_expected = True
    await desk.post(command_fields(), secret="another secret")
    await desk.post(command_fields(text="x" * 5000))

    def broken(*_given: object) -> None:
        raise RuntimeError("a fault of ours")

    with capture_logs() as logs:
        monkeypatch.setattr(Shelf, "resolve", broken)
        await desk.post(command_fields())
    found = await _samples(desk)

    for outcome, code in (("turned_away", ""), ("refused", "query_too_long"), ("fault", "")):
        labels = {"kind": "command", "outcome": outcome, "code": code}
        assert _of(found, "nextrung_requests_total", **labels) == 1, outcome
    assert any(each["event"] == "request_failed" for each in logs)


async def test_a_late_answer_is_counted_as_late(desk: Desk) -> None:
    desk.nextrung.app.deadline_seconds = 0
    await desk.post(command_fields())
    assert _of(await _samples(desk), "nextrung_requests_total", outcome="late") == 1


async def test_without_the_database_the_page_is_there_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*, now: datetime) -> None:
        assert now.tzinfo is UTC
        raise StoreUnavailable(reason="away")

    monkeypatch.setattr(desk.nextrung.database.standing, "look", away)
    found = await _samples(desk)
    names = {name for name, _ in found}
    assert _of(found, "nextrung_database_readable") == 0
    assert "nextrung_installations" not in names
    assert "nextrung_catalogues_held" in names
