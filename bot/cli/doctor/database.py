"""What `nextrung doctor` says of the database: the same as `/readyz`, with what to do."""

from bot.cli.doctor.findings import (
    errands_finding,
    moves_findings,
    plans_finding,
    reached_finding,
)
from bot.cli.doctor.isolation import lock_finding
from bot.services.clock import SystemClock
from bot.slack.installs.checkup import CheckResult, check_clock
from bot.store import migrate
from bot.store.database import Database
from bot.store.errors import (
    SchemaIncomplete,
    SchemaOutdated,
    StoreError,
    StoreFull,
    StoreReadOnly,
)

_MOVES_SHOWN = 20


async def database_findings(url: str) -> list[CheckResult]:
    """Return what is found; nothing is created or upgraded, for a bot may be running."""
    try:
        database = Database(url)
    except StoreError as error:
        reason = str(error.params.get("reason", ""))
        return [CheckResult("Database", False, reason, "Correct DATABASE_URL, see .env.example.")]
    try:
        if database.dialect == "sqlite" and await _upgraded_on_start(url):
            detail = "the next start makes or upgrades it"
            return [CheckResult("Database", True, database.dialect, detail)]
        schema = await migrate.check(url)
        await database.fitness.check()
        lock = await database.tenant_lock()
        if lock is not None and lock.begun and not lock.may_become:
            return lock_finding(lock)
        clock = await _clock(database)
        now = SystemClock().now()
        errands = await database.effects.overview(now=now)
        nudges = await database.nudge_desk.overview(now=now)
        somebody = await database.knows_somebody()
        moves = await database.moves.notable(most=_MOVES_SHOWN)
    except StoreError as error:
        return [_fault(error)]
    finally:
        await database.dispose()
    return [
        CheckResult("Database", True, database.dialect),
        CheckResult("Schema", True, f"at {schema}"),
        *lock_finding(lock),
        *clock,
        errands_finding(errands),
        *moves_findings(moves, now),
        plans_finding(nudges),
        reached_finding(somebody),
    ]


async def _clock(database: Database) -> list[CheckResult]:
    """Compare clocks with the database's machine, where that is another one."""
    asked = SystemClock().now()
    told = await database.moment()
    if told is None:
        return []
    answered = SystemClock().now()
    return [check_clock("the database's", told, asked=asked, answered=answered)]


async def _upgraded_on_start(url: str) -> bool:
    found = await migrate.current(url)
    return found is None or (migrate.is_known(found) and found != migrate.head())


def _fault(error: StoreError) -> CheckResult:
    reason = str(error.params.get("reason", error.code))
    match error:
        case SchemaOutdated():
            detail = f"at {error.params['found']}, needed {error.params['expected']}"
            return CheckResult("Schema", False, detail, str(error.params["remedy"]))
        case SchemaIncomplete():
            detail = f"{error.params['missing']} missing"
            return CheckResult("Schema", False, detail, str(error.params["remedy"]))
        case StoreReadOnly():
            remedy = (
                "Is it a standby? Point DATABASE_URL at the server that takes writes. "
                "SQLite: let the bot's user write the file and its folder."
            )
        case StoreFull():
            remedy = "Make room on the disk of the database."
        case _:
            remedy = "Is it running, and is DATABASE_URL right?"
    return CheckResult("Database", False, reason, remedy)
