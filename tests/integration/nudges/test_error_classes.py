"""Each of Slack's error codes has its consequence: for the nudge, the member and the workspace."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from structlog.testing import capture_logs

from bot.services.nudges.ports import Refusal
from tests.integration.nudges.post_office import TEN_O_CLOCK, WEEK, PostOffice, opened
from tests.integration.nudges.slack_codes import EVERY, UNKNOWN

MINUTE = timedelta(minutes=1)
CODES = (*EVERY, *UNKNOWN)
# What the two nudges of a workspace are at first, after Slack works again, and a week later.
STATES: Mapping[Refusal | None, tuple[Counter[str], Counter[str], Counter[str]]] = {
    Refusal.MEMBER: (Counter(failed=2), Counter(failed=2), Counter(failed=2)),
    Refusal.WORKSPACE: (Counter(planned=2), Counter(sent=2), Counter(sent=4)),
    Refusal.OURS: (Counter(failed=2), Counter(failed=2), Counter(failed=2, sent=2)),
    Refusal.LATER: (Counter(planned=2), Counter(sent=2), Counter(sent=4)),
    None: (Counter(unknown=2), Counter(unknown=2), Counter(unknown=2, sent=2)),
}


async def states(office: PostOffice) -> dict[str, Counter[str]]:
    """Return how many nudges are in each state, by the code that their workspace met."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in await office.rows():
        found[CODES[int(row.slack_id[2:7])]][row.state] += 1
    return found


def expected(moment: int) -> dict[str, Counter[str]]:
    return {code: STATES[EVERY.get(code)][moment] for code in CODES}


async def circuits(office: PostOffice) -> dict[str, Any]:
    overview = await office.nextrung.nudging.desk.overview(now=office.now)
    return {CODES[int(each.workspace[2:])]: each for each in overview.circuits}


async def test_every_code_has_its_consequence(sqlite_bot_url: str) -> None:
    async with opened(sqlite_bot_url, workspaces=len(CODES)) as office:
        for number, code in enumerate(CODES):
            await office.enlist(2, workspace=f"T{number:05d}")
            office.slack.faults.error(
                "chat.postMessage", error=code, workspace_id=f"T{number:05d}", times=None
            )
        with capture_logs() as logs:
            await office.work(TEN_O_CLOCK)
        assert await states(office) == expected(0)
        await assert_told(office, logs)

        office.slack.faults.clear()
        for _ in range(3):
            await office.work(MINUTE)
        assert await states(office) == expected(1)
        assert set(await circuits(office)) <= {*UNKNOWN}
        await office.work(WEEK)
        await office.send()
        assert await states(office) == expected(2)
        await office.reconcile()


async def assert_told(office: PostOffice, logs: list[Any]) -> None:
    """Hold that the operator is told: by circuits, by figures, by logs with the nudge's id."""
    found = await circuits(office)
    open_ones = {code for code, each in found.items() if each.broken_since}
    assert open_ones == {code for code in CODES if EVERY.get(code) is Refusal.WORKSPACE}
    waiting = {code for code in CODES if EVERY.get(code) in {Refusal.LATER, None}}
    assert set(found) == open_ones | waiting
    page = office.nextrung.nudging.metrics.page().decode()
    events = defaultdict(set)
    for each in logs:
        events[each["event"]].add((each.get("code"), each.get("nudge")))
    barred = Counter(row.barred for row in await office.plans())
    for row in await office.rows():
        code = row.reason
        kind = EVERY.get(code)
        assert barred[code] == (2 if kind is Refusal.MEMBER else 0)
        if kind is None:
            assert f'nextrung_nudges_unknown_total{{reason="{code}"}} 2.0' in page
            assert (code, row.id) in events["nudge_unknown"]
        else:
            assert f'_failed_total{{code="{code}",kind="{kind.value}"}}' in page
            assert (code, row.id) in events["nudge_refused"]
            assert ((code, row.id) in events["nudge_not_acceptable"]) == (kind is Refusal.OURS)
