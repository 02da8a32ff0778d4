"""`nextrung sandbox`: the real bot against the local Slack, with its page in the browser."""

import typer

from bot.cli.local import beside
from bot.cli.serving import until_stopped
from bot.cli.temporary import settle_temporary_files
from bot.config import Settings, default_database_file
from bot.domain.installs.command_names import CommandNames
from bot.log import configure_logging
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page.routes import page_routes
from bot.sandbox.sample_organisation import NORTH, ORGANISATION, OWNER
from bot.slack.installs.manifest import build_manifest


async def run_sandbox(*, port: int) -> None:
    """Run until Ctrl+C. The sandbox has a SQLite file of its own.

    Raises:
        OSError: the port is taken.
    """
    configure_logging("WARNING", "console")
    names = CommandNames(Settings().nextrung_command_prefix)
    file = default_database_file().with_name("sandbox.db")
    settle_temporary_files(f"sqlite:///{file}", file.parent)
    manifest = build_manifest(command_prefix=names.prefix)
    slack = LocalSlack(port=port, manifest=manifest, routes=page_routes, organisation=True)
    # The organisation's app, in one of its two workspaces: the other shows how it is added.
    slack.installs.install(ORGANISATION, OWNER)
    slack.installs.give(NORTH)
    async with slack, beside(slack, database_url=f"sqlite:///{file}") as local:
        slack.plan_with(local.nextrung.nudging.next_moment)
        example = names.in_text("/skill mlops senior")
        typer.secho(f"Open {slack.url} in your browser and type {example}", bold=True)
        typer.echo("Only this machine can reach it. Stop with Ctrl+C.")
        await until_stopped()
    typer.echo("Stopped.")
