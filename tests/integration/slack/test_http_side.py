"""The HTTP side without a network: health for operators, refusals before Bolt."""

import hmac
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.bootstrap import Nextrung, bootstrap
from bot.config import Settings
from bot.sandbox.dispatch.signing import signed_headers
from bot.slack.guard import MAX_BODY
from bot.slack.installs.manifest import EVENTS_PATH
from bot.store.fitness import probe


@pytest.fixture
def nextrung(sqlite_url: str) -> Nextrung:
    """Built, but not started: no catalogue is loaded."""
    return bootstrap(
        Settings(
            slack_bot_token=SecretStr("xoxb-sample"),
            slack_signing_secret=SecretStr("a secret"),
            slack_api_url="http://127.0.0.1:9/api/",
            database_url=sqlite_url,
        )
    )


@pytest.fixture
async def client(nextrung: Nextrung) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=nextrung.http)
    async with httpx.AsyncClient(transport=transport, base_url="http://nextrung") as client:
        yield client
    await nextrung.stop()


def replace_by_folder(file: Path) -> None:
    """Put a folder where the database was: it can neither be opened nor made anew."""
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    file.mkdir()


async def test_alive_before_ready(client: httpx.AsyncClient, nextrung: Nextrung) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    unready = await client.get("/readyz")
    assert unready.status_code == 503
    assert unready.json() == {"status": "unready", "faults": ["catalogue_unavailable"]}

    await nextrung.start()

    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ok"})


async def test_lost_database_is_not_ready_but_alive(
    client: httpx.AsyncClient, nextrung: Nextrung, sqlite_url: str
) -> None:
    await nextrung.start()
    await nextrung.clockwork.stop()
    await nextrung.database.dispose()
    replace_by_folder(Path(sqlite_url.removeprefix("sqlite:///")))

    unready = await client.get("/readyz")

    assert unready.status_code == 503
    assert unready.json()["faults"] == ["store_unavailable"]
    assert (await client.get("/healthz")).status_code == 200
    # Whoever asks is told why not; with nobody to send to, they would hear nothing.
    assert (await client.get("/servez")).json() == {"status": "ok"}


async def test_whoever_leaves_or_has_no_catalogue_does_not_serve(
    client: httpx.AsyncClient, nextrung: Nextrung
) -> None:
    assert (await client.get("/servez")).json()["faults"] == ["catalogue_unavailable"]
    await nextrung.start()
    assert (await client.get("/servez")).status_code == 200
    nextrung.health.leave()
    unable = await client.get("/servez")
    assert (unable.status_code, unable.json()["faults"]) == (503, ["stopping"])


YEAR, HOUR, LITTLE = timedelta(days=365), timedelta(hours=1), timedelta(seconds=20)


@pytest.mark.parametrize(
    ("slack", "database", "secret", "wrong"),
    [
        (YEAR, YEAR + LITTLE, "a secret", True),
        (-YEAR, -YEAR, "a secret", True),
        (YEAR, timedelta(), "a secret", False),  # somebody sends an old request again
        (-HOUR, -YEAR, "a secret", False),  # the database's own clock is wrong
        (YEAR, YEAR, "no secret of ours", False),
        (LITTLE, YEAR, "a secret", False),  # not refused: Slack's clock agrees with ours
    ],
)
async def test_a_clock_that_slack_and_the_database_call_wrong(
    client: httpx.AsyncClient,
    nextrung: Nextrung,
    monkeypatch: pytest.MonkeyPatch,
    slack: timedelta,
    database: timedelta,
    secret: str,
    wrong: bool,
) -> None:
    apart = database

    async def moment() -> datetime:
        return datetime.now(UTC) + apart

    await nextrung.start()
    monkeypatch.setattr(nextrung.database, "moment", moment)
    body = b'{"type": "event_callback"}'
    signed = signed_headers(secret, int((datetime.now(UTC) + slack).timestamp()), body)
    await client.post(EVENTS_PATH, content=body, headers=signed)

    unable = await client.get("/servez")
    assert unable.status_code == (503 if wrong else 200)
    assert unable.json().get("faults", []) == (["clock_wrong"] if wrong else [])
    apart = timedelta()  # it is right again
    assert (await client.get("/servez")).status_code == 200


@pytest.mark.parametrize(
    ("slack", "ahead", "secret", "status"),
    [
        (-YEAR, YEAR, "a secret", 503),
        (YEAR, -YEAR + LITTLE, "a secret", 503),
        (-HOUR, HOUR, "a secret", 503),
        (-YEAR, timedelta(), "a secret", 401),  # somebody sends an old request again
        (-YEAR, HOUR, "a secret", 401),  # and with a clock that is wrong otherwise
        (-YEAR, YEAR, "no secret of ours", 401),
    ],
)
async def test_what_is_refused_for_our_own_clock_is_not_the_senders_fault(
    client: httpx.AsyncClient,
    nextrung: Nextrung,
    monkeypatch: pytest.MonkeyPatch,
    slack: timedelta,
    ahead: timedelta,
    secret: str,
    status: int,
) -> None:
    """A balancer that is told to may ask another process, for nothing was done with it."""
    reached = []

    async def dispatched(request: object) -> None:
        reached.append(request)

    monkeypatch.setattr(nextrung.clocks, "_theirs", 0.0)
    monkeypatch.setattr(nextrung.clocks, "_counted", lambda: time.time() - ahead.total_seconds())
    monkeypatch.setattr(nextrung.services.members, "find", dispatched)
    body = b"command=%2Fskill&text=quiet+zebra&team_id=T1&user_id=U1"
    signed = signed_headers(secret, int((datetime.now(UTC) + slack).timestamp()), body)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | signed
    with capture_logs() as logs:
        answer = await client.post(EVENTS_PATH, content=body, headers=headers)

    assert (answer.status_code, reached) == (status, [])
    assert "quiet" not in answer.text
    reason = "clock" if status == 503 else "signature"
    told = [(each["event"], each["status"], each["reason"]) for each in logs]
    assert told == [("request_rejected", status, reason)]


async def test_what_is_wrong_is_logged_once_and_once_that_it_is_over(
    client: httpx.AsyncClient,
    nextrung: Nextrung,
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(probe, "WHOLE_FOR_S", 0.0)
    await nextrung.start()
    await nextrung.clockwork.stop()
    path = sqlite_url.removeprefix("sqlite:///")
    with capture_logs() as logs, closing(sqlite3.connect(path)) as other:
        assert (await client.get("/readyz")).status_code == 200
        other.execute("ALTER TABLE moved_key RENAME TO elsewhere")
        for _ in range(3):
            unready = await client.get("/readyz")
            assert (unready.status_code, unready.json()["faults"]) == (503, ["schema_incomplete"])
        other.execute("ALTER TABLE elsewhere RENAME TO moved_key")
        for _ in range(3):
            assert (await client.get("/readyz")).status_code == 200
    assert [each["event"] for each in logs] == ["unready", "ready_again"]
    assert logs[0]["missing"] == "table moved_key"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"])
async def test_only_post_reaches_bolt(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, EVENTS_PATH)

    assert answer.status_code == 405


async def test_unknown_path_is_not_found(client: httpx.AsyncClient) -> None:
    for path in ("/", "/slack", "/slack/events/", "/slack/install", "/healthz/x"):
        answer = await client.post(path)
        assert answer.status_code == 404


async def test_announced_size_is_enough_to_refuse(client: httpx.AsyncClient) -> None:
    headers = {
        "X-Slack-Request-Timestamp": "1",
        "X-Slack-Signature": "v0=x",
        "Content-Length": str(MAX_BODY + 1),
    }

    answer = await client.post(EVENTS_PATH, content=b"x", headers=headers)

    assert answer.status_code == 413


async def test_size_is_checked_also_where_none_was_announced(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 100_000 + 2):
            yield b"x" * 100_000

    headers = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=x"}
    answer = await client.post(EVENTS_PATH, content=endless(), headers=headers)

    assert answer.status_code == 413


async def test_a_request_of_slacks_at_the_wrong_address_is_told(client: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        await client.post("/", headers={"X-Slack-Signature": "v0=x"})
        await client.post("/")

    assert logs == [
        {
            "event": "request_misled",
            "path": "/",
            "answered_at": EVENTS_PATH,
            "log_level": "warning",
        }
    ]


async def test_an_empty_secret_lets_nobody_in_and_a_wrong_one_is_told(
    nextrung: Nextrung, sqlite_url: str
) -> None:
    empty = bootstrap(Settings(slack_bot_token=SecretStr("xoxb-1"), database_url=sqlite_url))
    transport = httpx.ASGITransport(app=empty.http)
    async with httpx.AsyncClient(transport=transport, base_url="http://nextrung") as client:
        with capture_logs() as logs:
            body, now = "command=%2Fskill&text=quiet+zebra", str(int(time.time()))
            signed = hmac.new(b"", f"v0:{now}:{body}".encode(), "sha256").hexdigest()
            headers = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={signed}"}
            answer = await client.post(EVENTS_PATH, content=body, headers=headers)

    assert answer.status_code == 401
    assert [(each["event"], each["status"]) for each in logs] == [("request_rejected", 401)]
    await empty.stop()
