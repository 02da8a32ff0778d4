"""`nextrung installs` and `nextrung secrets`: shown, checked, ended; never a token printed."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli.app import app
from bot.domain.installs.audit import ActKind, Actor
from bot.domain.installs.installation import Installation, Trouble
from bot.domain.members.effects import EffectKind
from bot.domain.tenancy import Tenant
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN, OTHER_WORKSPACE, WORKSPACE
from bot.slack.installs.manifest import BOT_SCOPES, build_manifest
from bot.store.database import Database
from bot.store.engine import transaction
from bot.store.isolation.reach import Across
from bot.store.tokens.keys import TokenKeys, Tokens, new_token_key
from bot.store.tokens.models import installation

KEY, OTHER_KEY = new_token_key(), new_token_key()
AT = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
HERE = Tenant(WORKSPACE)
HUSH = "xoxb-hush"


@pytest.fixture(autouse=True)
def store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("NEXTRUNG_TOKEN_KEYS", KEY)
    return database_url


def typed(*words: str, code: int = 0, said: str = "") -> str:
    result = CliRunner().invoke(app, words, input=said)
    assert result.exit_code == code, result.output
    assert "xoxb-" not in result.output
    return result.output


def made(tenant: Tenant = HERE, *, token: str = HUSH, **facts: object) -> Installation:
    return Installation(
        tenant=tenant,
        team_id=tenant.team_id,
        enterprise_id=tenant.enterprise_id,
        org_wide=tenant.team_id is None,
        name="Example",
        bot_user_id="U0BOT",
        scopes=tuple(BOT_SCOPES)[:-1],
        installer=ADMIN,
        installed_at=AT,
        token=token,
        **facts,  # type: ignore[arg-type] # as they are called there
    )


def installed(url: str, *given: Installation, trouble: Trouble | None = None) -> None:
    async def work() -> None:
        database = Database(url, token_keys=TokenKeys([KEY]))
        for each in given:
            async with database.write(each.tenant) as unit:
                await unit.installations.install(each, at=AT)
                if trouble:
                    await unit.installations.mark(each.token, trouble)
        await database.dispose()

    asyncio.run(work())


@contextmanager
def slack_beside() -> Iterator[LocalSlack]:
    """Run a local Slack in a thread, as the command has an event loop of its own."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    slack = LocalSlack(manifest=build_manifest())
    asyncio.run_coroutine_threadsafe(slack.start(), loop).result(10)
    try:
        yield slack
    finally:
        asyncio.run_coroutine_threadsafe(slack.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_nothing_is_installed() -> None:
    assert "Nothing is installed" in typed("installs", "list")
    assert "no token to ask about" in typed("installs", "check")
    for command in ("show", "remove", "check"):
        assert "nextrung installs list" in typed("installs", command, "T0NOBODY", code=1)


def test_what_is_installed_is_shown_without_a_token(store: str) -> None:
    organisation = made(Tenant(None, "E0ORG"), expires_at=AT + timedelta(hours=12))
    installed(store, made(), organisation)
    told = typed("installs", "list")
    for word in (WORKSPACE, "E0ORG", "Example", ADMIN, "2026-11-01 08:30", "20:30", "works"):
        assert word in told
    first, second = map(json.loads, typed("installs", "list", "--json").splitlines())
    assert (first["place"], first["key"], first["state"]) == (
        WORKSPACE,
        TokenKeys([KEY]).ids[0],
        "works",
    )
    assert (second["org_wide"], second["expires_at"]) == (True, "2026-11-01T20:30:00+00:00")
    told = typed("installs", "show", "E0ORG")
    assert f"not allowed there: {tuple(BOT_SCOPES)[-1]}" in told
    assert "state: works" in told


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("token_revoked", ["token_revoked since 2026-11-01", "install the app again"]),
        ("refresh_lost", ["its answer never came", "install the app again"]),
        ("invalid_auth", ["an address that the workspace does not allow"]),
    ],
)
def test_trouble_is_told_with_what_to_do(store: str, reason: str, words: list[str]) -> None:
    installed(store, made(), trouble=Trouble(reason, AT))
    told = typed("installs", "show", WORKSPACE)
    for each in words:
        assert each in told


def test_a_missing_key_is_named(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(store, made())
    monkeypatch.setenv("NEXTRUNG_TOKEN_KEYS", OTHER_KEY)
    told = typed("installs", "show", WORKSPACE)
    assert f"needs the key {TokenKeys([KEY]).ids[0]}, which is not set" in told
    assert "token_key_missing" in typed("installs", "check", code=1)


def test_slack_is_asked_and_what_it_says_is_kept(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with slack_beside() as slack:
        monkeypatch.setenv("SLACK_API_URL", slack.api_url)
        tokens = {each: slack.world.workspaces[each].bot_token for each in slack.world.workspaces}
        installed(store, *(made(Tenant(each), token=token) for each, token in tokens.items()))
        assert typed("installs", "check").count("works") == len(tokens)
        slack.revoke()
        told = typed("installs", "check", code=1)
        assert f"{WORKSPACE}: token_revoked" in told
        assert f"{OTHER_WORKSPACE}: works" in told
        assert "token_revoked since" in typed("installs", "show", WORKSPACE)
        slack.revoke(on=False)
        assert f"{WORKSPACE}: works" in typed("installs", "check", WORKSPACE)
        assert "state: works" in typed("installs", "show", WORKSPACE)


def test_removing_asks_first_and_is_noted(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with slack_beside() as slack:
        monkeypatch.setenv("SLACK_API_URL", slack.api_url)
        installed(store, made(token=slack.bot_token))
        typed("installs", "remove", WORKSPACE, code=1, said="n\n")
        assert "state: works" in typed("installs", "show", WORKSPACE)
        told = typed("installs", "remove", WORKSPACE, said="y\n")
        assert "in 14 days" in told
        assert "Slack has taken it back." in told
        assert slack.world.tokens[slack.bot_token].revoked
    assert "state: removed" in typed("installs", "show", WORKSPACE)

    async def left() -> tuple[list[EffectKind], list[tuple[ActKind, Actor]]]:
        database = Database(store, token_keys=TokenKeys([KEY]))
        errands = await database.effects.take(now=datetime.now(UTC) + timedelta(days=1), most=9)
        acts = [(each.act.kind, each.act.actor) async for each in database.audit.entries()]
        await database.dispose()
        return [each.errand.kind for each in errands], acts

    kinds, acts = asyncio.run(left())
    assert kinds == [EffectKind.FORGET_WORKSPACE]
    assert acts[-1] == (ActKind.APP_REMOVED, Actor.OPERATOR)


def test_removing_goes_on_where_slack_is_away(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    installed(store, made())
    assert "may still work in Slack" in typed("installs", "remove", WORKSPACE, "--yes")
    assert "state: removed" in typed("installs", "show", WORKSPACE)


def test_keys_are_rotated(store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(store, made(), made(Tenant("T0TWO")))
    newest = typed("secrets", "new-key").strip()
    file = tmp_path / "keys"
    file.write_text(f"# the one before\n{KEY}\n")
    monkeypatch.setenv("NEXTRUNG_TOKEN_KEYS", newest)
    assert "2 need the key" in typed("secrets", "rotate", code=1)
    monkeypatch.setenv("NEXTRUNG_TOKEN_KEYS_FILE", str(file))
    assert "2 encrypted anew" in typed("secrets", "rotate")
    assert "0 encrypted anew" in typed("secrets", "rotate")
    monkeypatch.delenv("NEXTRUNG_TOKEN_KEYS_FILE")
    assert "state: works" in typed("installs", "show", WORKSPACE)
    assert "tokens_reencrypted" in typed("audit")


def test_keys_that_are_none_are_told_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEXTRUNG_TOKEN_KEYS", f"{KEY} hush-hush")
    told = typed("secrets", "rotate", code=1)
    assert "key 2 of 2 is none" in told
    assert "hush" not in told
    monkeypatch.delenv("NEXTRUNG_TOKEN_KEYS")
    assert "nextrung secrets new-key" in typed("secrets", "rotate", code=1)
    monkeypatch.setenv("NEXTRUNG_TOKEN_KEYS_FILE", str(tmp_path / "nowhere"))
    assert "cannot be read" in typed("installs", "list", code=1)


def doctor() -> str:
    return CliRunner().invoke(app, ["doctor"]).output


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, ["ok      Token keys: 2 tokens open", "Installations: 2, none in trouble"]),
        ({"NEXTRUNG_TOKEN_KEYS": None}, ["Token keys: not set, and 2 tokens are encrypted"]),
        (
            {"NEXTRUNG_TOKEN_KEYS": OTHER_KEY},
            [f"Token keys: 2 of 2 tokens need {TokenKeys([KEY]).ids[0]}", "Set those keys again"],
        ),
        ({"NEXTRUNG_TOKEN_KEYS": "none"}, ["Token keys: key 1 of 1 is none"]),
        ({"NEXTRUNG_TOKEN_KEYS_FILE": "/nowhere/keys"}, ["/nowhere/keys cannot be read"]),
        (
            {"NEXTRUNG_TOKEN_KEYS": f"{OTHER_KEY},{KEY}"},
            ["2 tokens open, 2 with an older key", "nextrung secrets rotate"],
        ),
    ],
    ids=["well", "no keys", "wrong keys", "no key", "file unreadable", "older keys"],
)
def test_the_doctor_tells_how_keys_stand(
    store: str,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str | None],
    words: list[str],
) -> None:
    installed(store, made(), made(Tenant("T0TWO")))
    for name, value in settings.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    told = doctor()
    for each in words:
        assert each in told


def test_the_doctor_names_rows_that_do_not_open_and_tokens_in_trouble(store: str) -> None:
    installed(store, made())
    installed(store, made(Tenant("T0TWO")), trouble=Trouble("token_revoked", AT))

    async def swap() -> None:
        database = Database(store, token_keys=TokenKeys([KEY]))
        sealed = TokenKeys([KEY]).seal("/T0OTHER", Tokens("xoxb-hush"))
        async with transaction(
            database._writer, timeout_ms=5000, reach=Across.OPERATING
        ) as connection:
            first = update(installation).where(installation.c.team_id == WORKSPACE)
            await connection.execute(first.values(sealed=sealed.content))
        await database.dispose()

    asyncio.run(swap())
    told = doctor()
    assert "1 tokens do not open although their key is set" in told
    assert "1 of 2 have no token that works: T0TWO (token_revoked)" in told


def test_with_a_token_of_the_settings_alone_the_doctor_says_nothing_of_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NEXTRUNG_TOKEN_KEYS")
    assert "Token keys" not in doctor()


def test_web_demands_a_key_where_people_install_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NEXTRUNG_TOKEN_KEYS")
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "0" * 32)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "0" * 32)
    monkeypatch.setenv("NEXTRUNG_PUBLIC_URL", "https://nextrung.example.com")
    for command in ("web", "worker"):
        assert "set NEXTRUNG_TOKEN_KEYS" in typed(command, code=1)
    assert "OAuth: NEXTRUNG_TOKEN_KEYS missing" in doctor()
