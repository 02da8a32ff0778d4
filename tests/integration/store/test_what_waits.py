"""What waits in the database, and how many installations there are: numbers across tenants."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from bot.domain.members.effects import LEASE, EffectKind, Errand
from bot.store.database import Database
from bot.store.nudges.models import nudge
from bot.store.tokens.models import installation
from tests.fakes.all_rows import all_rows_changed
from tests.integration.store.holders import NOW, ONE, TWO, join

MINUTE = timedelta(minutes=1)


async def test_an_empty_database_has_nothing_that_waits(database: Database) -> None:
    found = await database.standing.look(now=NOW)
    assert found.nudges == {"planned": 0, "sending": 0, "unknown": 0}
    assert found.errands == {}
    assert (found.oldest_nudge, found.oldest_errand) == (None, None)
    assert found.installations == dict.fromkeys(
        ("works", "in_trouble", "without_token", "removed"), 0
    )


async def test_what_is_due_counts_with_the_oldest_of_all_tenants(database: Database) -> None:
    await join(database)
    states = ("planned", "planned", "planned", "unknown", "sent")
    async with all_rows_changed(database._writer) as connection:
        for number, state in enumerate(states):
            when = NOW + (1 - number) * MINUTE
            await connection.execute(
                insert(nudge).values(
                    member_id=1,
                    workspace_id=1,
                    kind="regular",
                    slot_day=(NOW - timedelta(days=number)).date(),
                    due_at=when,
                    state=state,
                    created_at=when,
                )
            )
    found = await database.standing.look(now=NOW)
    # The first is due in a minute only.
    assert found.nudges == {"planned": 2, "sending": 0, "unknown": 1}
    assert found.oldest_nudge == NOW - MINUTE


async def test_errands_wait_are_late_and_are_given_up(database: Database) -> None:
    for tenant in (ONE, TWO):
        await database.effects.begin(Errand(tenant, EffectKind.CHART), now=NOW)
    found = await database.standing.look(now=NOW)
    assert (found.errands, found.oldest_errand) == ({("chart", "waiting"): 2}, None)
    late = await database.standing.look(now=NOW + LEASE + MINUTE)
    assert (late.errands, late.oldest_errand) == ({("chart", "late"): 2}, NOW + LEASE)
    for _ in range(4):
        taken = await database.effects.take(now=NOW + 2 * LEASE, most=9)
        for each in taken:
            await database.effects.failed(each, "away", now=NOW - timedelta(days=1))
    over = await database.standing.look(now=NOW + LEASE + MINUTE)
    assert (over.errands, over.oldest_errand) == ({("chart", "given_up"): 2}, None)


async def test_installations_have_one_state_each(database: Database) -> None:
    states: dict[str, dict[str, Any]] = {
        "works": {"sealed": b"sealed"},
        "in_trouble": {"sealed": b"sealed", "trouble": "invalid_auth"},
        "without_token": {"trouble": "token_revoked"},
        "removed": {"removed_at": NOW},
    }
    async with all_rows_changed(database._writer) as connection:
        for name, values in states.items():
            common = {"tenant_key": f"/{name}", "team_id": name, "org_wide": False, "scopes": ()}
            await connection.execute(insert(installation).values(**common, **values))
    found = await database.standing.look(now=NOW)
    assert found.installations == dict.fromkeys(states, 1)
