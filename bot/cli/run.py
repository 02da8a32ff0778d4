"""`nextrung run` and `nextrung web`: the bot until SIGTERM."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.bootstrap import Nextrung, bootstrap
from bot.bootstrap.from_settings import network_of
from bot.cli.installs.settings import MissingSetting, require_web
from bot.cli.serving import led_away, serving, until_stopped
from bot.cli.temporary import settle_temporary_files
from bot.config import Settings, data_folder
from bot.log import configure_logging, get_logger
from bot.services.clock import SystemClock
from bot.slack.client import slack_client
from bot.slack.installs.checkup import REFUSED_TOKEN, check_app_token, check_bot_token
from bot.slack.installs.manifest import EVENTS_PATH
from bot.slack.installs.oauth.app import INSTALL_PATH
from bot.slack.socket_mode import SocketMode
from bot.slack.tokens.identity import Claim

log = get_logger()


async def run_socket_mode(*, metrics_port: int | None = None) -> None:
    """Run over Socket Mode until SIGTERM or SIGINT; what is in flight is answered first.

    `metrics_port` takes the place of the settings'.

    Raises:
        MissingSetting: a token is missing.
        StoreError: the database cannot be used.
        OSError: the port is taken.
    """
    settings = Settings()
    configure_logging(settings.nextrung_log_level, settings.nextrung_log_style)
    if settings.slack_bot_token is None or settings.slack_app_token is None:
        raise MissingSetting(
            remedy="Put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into .env (see .env.example), "
            "or try the bot without Slack: nextrung sandbox"
        )
    settle_temporary_files(settings.database, data_folder())
    nextrung = bootstrap(settings)
    try:
        await nextrung.start()
        await _require_tokens(settings)
        socket = SocketMode(
            nextrung.app,
            app_token=settings.slack_app_token.get_secret_value(),
            connections=settings.nextrung_socket_connections,
        )
        nextrung.health.watch(socket.fault)
        async with operated(nextrung, metrics_port) as metrics:
            await _identify(nextrung)
            connecting = asyncio.create_task(_connected(socket, metrics))
            try:
                await until_stopped(nextrung.ending.asked)
                await socket.drain(3.0)
            finally:
                connecting.cancel()
                await asyncio.wait({connecting})
                await socket.close()
    finally:
        await nextrung.stop()
    nextrung.check_end()


@asynccontextmanager
async def operated(nextrung: Nextrung, port: int | None = None) -> AsyncIterator[str | None]:
    """Serve health and figures while the block runs, where a port is given or set.

    Yields their address.

    Raises:
        OSError: the port is taken.
    """
    settings = nextrung.settings
    port = settings.nextrung_metrics_port if port is None else port
    if port is None:
        yield None
        return
    async with serving(nextrung.operator, host=settings.nextrung_host, port=port) as address:
        yield f"{address}/metrics"


async def _connected(socket: SocketMode, metrics: str | None) -> None:
    await socket.connect()
    log.info("ready", mode="socket", connections=socket.connected, metrics=metrics)


async def run_web() -> None:
    """Serve HTTP until SIGTERM or SIGINT; what is in flight is answered first.

    Raises:
        MissingSetting: the token or the signing secret is missing, or a setting of OAuth.
        StoreError: the database cannot be used.
    """
    settings = Settings()
    configure_logging(settings.nextrung_log_level, settings.nextrung_log_style)
    require_web(settings)
    settle_temporary_files(settings.database, data_folder())
    nextrung = bootstrap(settings)
    try:
        await nextrung.start()
        leaving = asyncio.Event()
        async with serving(
            nextrung.http,
            host=settings.nextrung_host,
            port=settings.nextrung_port,
            keep_alive_seconds=settings.nextrung_keep_alive_seconds,
            request_seconds=settings.nextrung_request_seconds,
            leaving=leaving,
        ) as address:
            await _identify(nextrung)
            pages = settings.installed_by_oauth
            install = f"{settings.nextrung_public_url}{INSTALL_PATH}" if pages else None
            log.info("ready", mode="http", address=f"{address}{EVENTS_PATH}", install=install)
            if await until_stopped(nextrung.ending.asked):
                nextrung.health.leave()
                leaving.set()
                await led_away(settings.nextrung_drain_seconds)
    finally:
        await nextrung.stop()
    nextrung.check_end()


async def _require_tokens(settings: Settings) -> None:
    """Refuse to start with tokens that Slack refuses; when Slack is away, go on and retry.

    Raises:
        MissingSetting: Slack does not accept a token; the remedy says what to do.
    """
    bot, app = settings.slack_bot_token, settings.slack_app_token
    if bot is None or app is None:
        return
    client = slack_client(
        bot.get_secret_value(), api_url=settings.slack_api_url, network=network_of(settings)
    )
    findings = [
        *await check_bot_token(client, now=SystemClock().now),
        await check_app_token(client, app.get_secret_value()),
    ]
    for finding in findings:
        if finding.detail in REFUSED_TOKEN:
            raise MissingSetting(remedy=f"{finding.subject}: {finding.detail}. {finding.remedy}")


async def _identify(nextrung: Nextrung) -> None:
    """Ask Slack who we are before the first member waits for it; a failure is only logged.

    Whose the tokens are that were installed is known.
    """
    if nextrung.settings.slack_bot_token is None:
        return
    try:
        found = await nextrung.app.workspaces.claimed(Claim(None))
    except Exception as error:  # noqa: BLE001 - Slack may be away; the first request asks again
        log.warning("slack_not_reached", reason=str(error))
    else:
        log.info("connected", team=found.identity.team_id if found else None)
