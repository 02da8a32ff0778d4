"""The benchmark still runs and its figures mean what they say; nothing here depends on speed."""

import io
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from tests.benchmarks.commands import COMMANDS, GAP, SKILL, cold, warm
from tests.benchmarks.plan import Plan
from tests.benchmarks.planning.plan import PlanningPlan
from tests.benchmarks.prepare import BUILT_IN, SEED
from tests.benchmarks.report import show
from tests.benchmarks.run import run
from tests.benchmarks.sending.plan import Limit, SendingPlan
from tests.benchmarks.sizes.plan import SizesPlan
from tests.benchmarks.sizes.results import MIXES
from tests.benchmarks.vocabulary import MEMBERS, vocabulary_of

TINY = Plan(
    sizes=(BUILT_IN,),
    held_size=BUILT_IN,
    callers=(2,),
    cold_callers=(2,),
    rounds=1,
    round_seconds=0.1,
    warm_up_seconds=0.02,
    own_requests=20,
    snapshot_runs=1,
    homes=3,
    postgresql=False,
    cold_starts=1,
    planning=PlanningPlan(
        sizes=((500, 1), (3_000, 1)),
        workers=(1, 2),
        sqlite=(500, 1),
        rivals=(("apscheduler", 50), ("procrastinate", 50)),
    ),
    sending=SendingPlan(
        limits=(Limit(3, 300, 60),),
        processes=(2,),
        settle_seconds=0.1,
        window_seconds=1.0,
        floor_seconds=0.5,
        nudges=300,
        nudges_every=100,
        members=600,
        beside_seconds=3.0,
    ),
)


async def test_a_tiny_run_measures_every_row(tmp_path: Path) -> None:
    results = await run(TINY, tmp_path, lambda _: None, only="commands")

    rows = [(cell.command, cell.variant, cell.callers) for cell in results.cells]
    variants = ((SKILL, "warm"), (SKILL, "cold"), (GAP, "warm"), (GAP, "cold"))
    held = tuple((GAP, each) for each in ("held, again", "held, anew", "held, other"))
    assert rows == [(*each, 2) for each in (*variants, *held)]
    for cell in results.cells:
        assert cell.product.answers > 0
        assert cell.floor.answers > 0
        # The floor's card is as large as the product's answers are on average.
        assert abs(cell.floor_bytes - cell.answer_bytes) < 0.2 * cell.answer_bytes
    assert [process.faults for process in results.processes] == [0, 0]
    assert len(results.own_times) == 4
    shared = ["200 share with them", "a page of 200"]
    assert [each.what for each in results.home_times] == ["at hand", "read anew", *shared]
    assert all(each.bytes > 1_000 for each in results.home_times)
    assert [each.database for each in results.cold_starts] == ["existing", "empty"]

    printed = io.StringIO()
    show(results, Console(file=printed, width=200))
    for title in ("Signed commands over HTTP", "Own time", "Cold start"):
        assert title in printed.getvalue()


async def test_a_tiny_run_imports_and_compares_catalogues(tmp_path: Path) -> None:
    results = await run(TINY, tmp_path, lambda _: None, only="catalogue")

    (imported,) = results.catalogue.imports
    assert imported.answers > 0
    assert imported.peak_mb > 10
    assert len(results.catalogue.costs) == 3
    assert all(each.ratio > 0 for each in results.catalogue.costs)
    printed = io.StringIO()
    show(results, Console(file=printed, width=200))
    for title in ("Import of a long CSV", "Work on a whole catalogue", "differences", "site, "):
        assert title in printed.getvalue()


async def test_a_tiny_planning_run_plans_everybody_once(tmp_path: Path) -> None:
    results = await run(TINY, tmp_path, lambda _: None, only="planning")

    planning = results.planning
    rows = [(each.database, each.members, each.workers) for each in planning.planned]
    assert rows == [
        ("PostgreSQL", 500, 1),
        ("PostgreSQL", 3_000, 1),
        ("PostgreSQL", 3_000, 2),
        ("SQLite", 500, 1),
    ]
    for each in planning.planned:
        assert (each.doubled, each.missing) == (0, 0)
        assert each.rate > 0
        assert each.floor > 0
    assert planning.fewer(planning.planned[2]) is planning.planned[1]
    assert [planning.growth(each) for each in planning.planned[:1]] == [1.0]
    assert [(each.design, each.jobs) for each in planning.rivals] == [
        ("APScheduler", 50),
        ("procrastinate", 50),
    ]
    assert not results.cells

    printed = io.StringIO()
    show(results, Console(file=printed, width=200))
    for title in ("Planning", "a job per member"):
        assert title in printed.getvalue()
    assert "Cold start" not in printed.getvalue()


async def test_a_tiny_run_sends_nudges_and_counts_what_came_of_them(tmp_path: Path) -> None:
    sending = (await run(TINY, tmp_path, lambda _: None, only="sending")).sending
    (pace,) = sending.paces
    assert (pace.allowed, pace.other) == (15.0, 0)
    assert pace.rate > 0
    assert pace.floor > 0
    assert pace.slack_ms > 0


async def test_a_tiny_run_looks_at_the_memory_of_a_worker(tmp_path: Path) -> None:
    sending = (await run(TINY, tmp_path, lambda _: None, only="sending-memory")).sending
    (memory,) = sending.memories
    assert len(memory.resident_mb) == 3
    assert min(memory.resident_mb) > 10


async def test_a_tiny_run_answers_commands_beside_nudges(tmp_path: Path) -> None:
    sending = (await run(TINY, tmp_path, lambda _: None, only="sending-beside")).sending
    phases = {(each.per_minute, each.phase): each for each in sending.answers}
    assert {pace for pace, _ in phases} == {290, 100_000}
    for pace in (290, 100_000):
        assert 0 < phases[pace, "sending"].nudges <= 600
        assert phases[pace, "sending"].answers > 0


def test_cold_commands_never_repeat_and_warm_ones_are_one_per_member() -> None:
    vocabulary = vocabulary_of(BUILT_IN.content(), seed=SEED)
    for command in COMMANDS:
        texts = [each.text for each in cold(command, vocabulary, 2_000, seed=SEED)]
        assert len(set(texts)) == len(texts)
        own = warm(command, vocabulary, seed=SEED)
        assert len({each.asker.slack_id for each in own}) == len(own) == MEMBERS


async def test_members_are_filled_in_and_weighed(tmp_path: Path) -> None:
    plan = replace(
        TINY, member_sizes=SizesPlan(members=(300, 600), per_workspace=100, fortnights=4)
    )
    results = await run(plan, tmp_path, lambda _: None, only="sizes")

    assert [each.database for each in results.sizes] == ["SQLite", "PostgreSQL"]
    for sizes in results.sizes:
        small, large = (each.fresh["nudge"].rows for each in sizes.filled)
        assert large == 2 * small > 0
        kinds = [sizes.of_kind(kind) for kind in ("looks up", "monthly", "weekly", "daily")]
        assert [each[0] for each in kinds] == sorted(each[0] for each in kinds)
        few, many, everybody = (sizes.of_mix(mix)[1] for mix in MIXES.values())
        assert 0 < few < many < everybody
        assert all(
            each.worn_data >= each.data - 1 for each in sizes.per_row if each.table == "nudge"
        )
    console = Console(file=io.StringIO(), width=200)
    show(results, console)
