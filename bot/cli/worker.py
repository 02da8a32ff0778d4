"""`nextrung worker`: plans and sends nudges until SIGTERM."""

from collections.abc import Sequence

from bot.bootstrap import bootstrap
from bot.cli.installs.settings import MissingSetting, require_whole_oauth
from bot.cli.run import operated
from bot.cli.serving import until_stopped
from bot.cli.temporary import settle_temporary_files
from bot.config import Settings, data_folder
from bot.log import configure_logging, get_logger

log = get_logger()


async def run_worker(*, metrics_port: int | None, bot_tokens: Sequence[str] = ()) -> None:
    """Run until SIGTERM or SIGINT; what is being sent is brought to its end first.

    `bot_tokens` takes the place of the settings' token where there are several workspaces,
    `metrics_port` that of the settings'.

    Raises:
        MissingSetting: the token is missing, or the database is one that cannot be shared.
        StoreError: the database cannot be used.
        OSError: the port is taken.
    """
    settings = Settings()
    configure_logging(settings.nextrung_log_level, settings.nextrung_log_style)
    require_whole_oauth(settings)
    if not (settings.slack_bot_token or bot_tokens or settings.installed_by_oauth):
        raise MissingSetting(remedy="Put SLACK_BOT_TOKEN into .env (see .env.example).")
    settle_temporary_files(settings.database, data_folder())
    nextrung = bootstrap(settings, bot_tokens=bot_tokens)
    try:
        if nextrung.database.dialect == "sqlite":
            raise MissingSetting(
                remedy="On SQLite, nextrung run and nextrung web send nudges themselves. "
                "Workers of their own need DATABASE_URL=postgresql://…"
            )
        await nextrung.start(nudging=True)
        async with operated(nextrung, metrics_port) as metrics:
            log.info("ready", mode="worker", metrics=metrics)
            await until_stopped(nextrung.ending.asked)
    finally:
        await nextrung.stop()
    nextrung.check_end()
