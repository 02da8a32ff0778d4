"""`nextrung preview`: a command through the real app, printed."""

import json
from typing import Any

import typer
from rich.console import Console

from bot.cli.local import beside
from bot.cli.samples import read_samples
from bot.cli.terminal import card_lines
from bot.config import Settings
from bot.domain.errors import NextrungError
from bot.log import configure_logging
from bot.sandbox import samples
from bot.sandbox.local_slack import LocalSlack
from bot.slack.manifest import build_manifest

_DEFAULT = "admin"


class UnknownSample(NextrungError):
    """No sample member has this name. Params: `remedy`."""

    code = "unknown_sample"


async def preview_command(
    command: str, *, sample: str | None, locale: str | None, as_json: bool
) -> None:
    """Send `command` as a sample member and print the card, or the ack body as JSON.

    Where the answer is a modal, that is printed.

    Raises:
        UnknownSample: no sample member is called so.
    """
    configure_logging("WARNING", "console")
    people = read_samples()
    name = sample or _DEFAULT
    if name not in people:
        raise UnknownSample(remedy=f"--as takes one of: {', '.join(people)}")
    async with LocalSlack(manifest=build_manifest()) as slack:
        if locale:
            slack.world.change_member(people[name].slack_id, locale=locale)
        async with beside(slack, database_url=Settings().database):
            who = slack.member(people[name].slack_id)
            body = await _acknowledged(slack, who.id, command)
    if as_json:
        typer.echo(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        console = Console()
        for line in card_lines(body):
            console.print(line)


async def _acknowledged(slack: LocalSlack, member_id: str, command: str) -> dict[str, Any]:
    text = command if command.startswith("/") else f"/{command}"
    general = slack.world.channel_named(samples.WORKSPACE, "general")
    if general is None:
        raise LookupError("the local Slack has no channel #general")
    outcome = await slack.interactions.command(member_id, text, general.id)
    body = outcome.entry.response if outcome.entry else None
    if outcome.notice is None and outcome.view is not None:
        return dict(outcome.view.payload)
    if outcome.notice is not None or not isinstance(body, dict):
        typer.secho(outcome.notice or "The command was not answered.", err=True, fg="red")
        raise typer.Exit(1)
    return body
