"""One scenario of `make soak`, and a little of `make fuzz`."""

from pathlib import Path

from tests.fakes.postgresql import running_server
from tests.fuzz.run import run
from tests.fuzz.tally import Tally
from tests.soak.faults import database
from tests.soak.scenarios import BATCHES, Scenario, play
from tests.soak.stand import standing

REQUESTS = 800


async def test_postgresql_crashes_under_two_web_processes_and_two_workers(tmp_path: Path) -> None:
    crash = Scenario("PostgreSQL crashed", database.crashed)
    with running_server() as server:
        async with standing(server, tmp_path, seed=1, rate=4, batches=BATCHES) as stand:
            outcome = await play(stand, crash, 5)
    found, nudges = outcome.all, outcome.nudges
    assert (found.sent, found.lost, outcome.why_lost) == (found.answered, 0, {})
    assert (nudges.lost, nudges.doubled, nudges.early) == (0, 0, 0)
    assert nudges.due == BATCHES * 12 == nudges.sent + nudges.unknown + nudges.waiting
    assert (outcome.data_lost, outcome.data_doubled, outcome.wrong) == (0, 0, [])


async def test_nothing_that_is_sent_is_a_fault(tmp_path: Path) -> None:
    tally = Tally(20261130)
    await run(tally, tmp_path / "tally.json", requests=REQUESTS, ends=lambda: False)
    assert tally.faults == []
    assert (tally.done, sum(tally.kinds.values())) == (REQUESTS, REQUESTS)
    assert tally.answers["200"] > REQUESTS / 4
    assert len(tally.listeners) > REQUESTS / 20
