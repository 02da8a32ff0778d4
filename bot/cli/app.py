"""The command line: each command says what it does and what to do when it cannot."""

import asyncio
import json
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.catalogue import app as catalogue_commands
from bot.cli.database import app as database_commands
from bot.cli.failing import readable_errors
from bot.cli.installs import app as install_commands
from bot.cli.installs import secrets as secret_commands
from bot.cli.installs.formats import AuditFormat
from bot.cli.loading import lasting_imports
from bot.cli.nudges import app as nudge_commands

app = typer.Typer(
    name="nextrung",
    help="A self-hosted Slack bot for career growth.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
MetricsPort = Annotated[
    int | None,
    typer.Option(help="Serve /metrics, /healthz and /readyz on this port; 0 takes a free one."),
]
app.add_typer(database_commands.app, name="db")
app.add_typer(catalogue_commands.app, name="catalogue")
app.add_typer(nudge_commands.app, name="nudges")
app.add_typer(install_commands.app, name="installs")
app.add_typer(secret_commands.app, name="secrets")


@app.command()
def run(metrics_port: MetricsPort = None) -> None:
    """Run the bot over Socket Mode: two tokens, no public address."""
    with lasting_imports():
        from bot.cli.run import run_socket_mode
        from bot.services.giving_way import run_watched

    with readable_errors():
        run_watched(run_socket_mode(metrics_port=metrics_port))


@app.command()
def web() -> None:
    """Run the bot over HTTP, for Slack to call: /slack/events, /healthz, /readyz."""
    with lasting_imports():
        from bot.cli.run import run_web
        from bot.services.giving_way import run_watched

    with readable_errors():
        run_watched(run_web())


@app.command()
def worker(metrics_port: MetricsPort = None) -> None:
    """Plan and send nudges, beside nextrung web on PostgreSQL; run as many as you like."""
    with lasting_imports():
        from bot.cli.worker import run_worker
        from bot.services.giving_way import run_watched

    with readable_errors():
        run_watched(run_worker(metrics_port=metrics_port))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port of the page in the browser.")] = 3900,
) -> None:
    """Try the bot in the browser against a local Slack, without a workspace."""
    with lasting_imports():
        from bot.cli.sandbox import run_sandbox
        from bot.services.giving_way import run_watched

    with readable_errors():
        run_watched(run_sandbox(port=port))


@app.command()
def preview(
    command: Annotated[
        str,
        typer.Argument(
            help='What to type, e.g. "/skill mlops senior"; - reads standard input, one a line.'
        ),
    ],
    as_: Annotated[
        str | None, typer.Option("--as", help="Who types: engineer, manager, admin, chinese.")
    ] = None,
    locale: Annotated[str | None, typer.Option(help="Language of the card, e.g. zh.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print exactly the ack body that Slack would get.")
    ] = False,
    press: Annotated[
        list[str] | None,
        typer.Option(help="Then press what is called so, and print that card; repeatable."),
    ] = None,
) -> None:
    """Send a signed command through the real app and print the card."""
    with lasting_imports():
        from bot.cli.preview import Typist, preview_command, preview_lines

    typist = Typist(as_, locale, tuple(press or ()))
    with readable_errors():
        if command == "-":
            asyncio.run(preview_lines(typist, as_json=as_json))
        else:
            asyncio.run(preview_command(command, typist, as_json=as_json))


@app.command()
def manifest(
    request_url: Annotated[
        str | None, typer.Option(help="Where Slack calls the bot; without it, Socket Mode.")
    ] = None,
    many: Annotated[
        bool,
        typer.Option("--many", help="Let people install it by themselves, at NEXTRUNG_PUBLIC_URL."),
    ] = False,
) -> None:
    """Print the Slack app manifest, to paste when creating the app."""
    from bot.cli.installs.settings import public_address
    from bot.config import Settings
    from bot.slack.installs.manifest import EVENTS_PATH, build_manifest, whole_address

    with readable_errors():
        settings = Settings()
        public = public_address(settings.nextrung_public_url) if many else None
        request_url = request_url or (public and public + EVENTS_PATH)
        address = whole_address(request_url) if request_url is not None else None
    if address and not address.endswith(EVENTS_PATH):
        words = f"Slack will call {address}; lead it to {EVENTS_PATH}, where nextrung web answers."
        typer.secho(words, err=True, fg=typer.colors.YELLOW)
    prefix = settings.nextrung_command_prefix
    built = build_manifest(request_url=address, command_prefix=prefix, public_url=public)
    typer.echo(json.dumps(built, indent=2))


@app.command()
def audit(
    workspace: Annotated[
        str | None, typer.Option(help="Only of this workspace or organisation, by its id.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only from this day on, in UTC.")
    ] = None,
    format_: Annotated[
        AuditFormat, typer.Option("--format", help="table, json (an object a line) or csv.")
    ] = AuditFormat.TABLE,
) -> None:
    """Show who did what: publishing, owners, policies, deletions, and what operators decided."""
    from bot.cli.installs.audit_command import show_audit

    with readable_errors():
        asyncio.run(show_audit(workspace, since, format_))


@app.command()
def doctor() -> None:
    """Check settings, database, tokens and scopes, and say what to do about each fault."""
    from bot.cli.doctor.examination import examine

    with readable_errors():
        raise typer.Exit(asyncio.run(examine()))
