"""`nextrung doctor`: what is wrong, and what to do about it."""

from rich.console import Console

from bot.config import Settings
from bot.log import configure_logging
from bot.slack.client import slack_client
from bot.slack.installs.checkup import CheckResult, check_app_token, check_bot_token
from bot.store import migrate
from bot.store.database import Database
from bot.store.errors import SchemaOutdated, StoreError


async def examine() -> int:
    """Check everything and print one line each; returns 0 where all is well, else 1."""
    configure_logging("ERROR", "console")
    settings = Settings()
    findings = [
        *await _database(settings.database),
        *await _slack(settings),
    ]
    console = Console()
    for finding in findings:
        mark = "[green]ok     [/]" if finding.ok else "[red]problem[/]"
        console.print(
            f"{mark} [bold]{finding.subject}[/]: {finding.detail}", highlight=False, soft_wrap=True
        )
        if finding.remedy:
            console.print(f"        {finding.remedy}", highlight=False, soft_wrap=True)
    return 0 if all(finding.ok for finding in findings) else 1


async def _database(url: str) -> list[CheckResult]:
    try:
        database = Database(url)
    except StoreError as error:
        reason = str(error.params.get("reason", ""))
        return [CheckResult("Database", False, reason, "Correct DATABASE_URL, see .env.example.")]
    try:
        if database.dialect == "sqlite":
            await migrate.upgrade(url)
        await migrate.check(url)
        await database.ping()
    except SchemaOutdated as error:
        detail = f"at {error.params['found']}, needed {error.params['expected']}"
        return [CheckResult("Schema", False, detail, str(error.params["remedy"]))]
    except StoreError as error:
        reason = str(error.params.get("reason", error.code))
        return [CheckResult("Database", False, reason, "Is it running, and is DATABASE_URL right?")]
    finally:
        await database.dispose()
    return [
        CheckResult("Database", True, database.dialect),
        CheckResult("Schema", True, f"at {migrate.head()}"),
    ]


async def _slack(settings: Settings) -> list[CheckResult]:
    bot, app, secret = (
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
    )
    if bot is None:
        remedy = "Put SLACK_BOT_TOKEN into .env; nextrung sandbox needs none."
        return [CheckResult("Bot token", False, "SLACK_BOT_TOKEN is not set", remedy)]
    client = slack_client(bot.get_secret_value(), api_url=settings.slack_api_url)
    findings = await check_bot_token(client)
    if app is not None:
        findings.append(await check_app_token(client, app.get_secret_value()))
    if app is None and secret is None:
        remedy = "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)."
        findings.append(CheckResult("Connection", False, "neither mode is set up", remedy))
    return findings
