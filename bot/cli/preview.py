"""`nextrung preview`: commands through the real app, printed."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import typer
from rich.console import Console

from bot.cli.local import beside
from bot.cli.pressing import NothingToPress, press
from bot.cli.samples import read_samples
from bot.cli.terminal import card_lines
from bot.cli.typed_lines import TypedLine, typed_lines
from bot.config import Settings
from bot.domain.errors import NextrungError
from bot.domain.installs.command_names import CommandNames
from bot.log import configure_logging
from bot.sandbox.handles import MemberHandle
from bot.sandbox.handles.shown import ViewHandle
from bot.sandbox.handles.surface import NoAnswer, Surface
from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import build_manifest
from bot.values import dataclass

_DEFAULT = "admin"

Body = dict[str, Any]


class UnknownSample(NextrungError):
    """No sample member has this name. Params: `remedy`."""

    code = "unknown_sample"


@dataclass(frozen=True, slots=True)
class Typist:
    """Who types: a sample member, the language of their Slack, and what they press afterwards."""

    sample: str | None = None
    locale: str | None = None
    presses: Sequence[str] = ()


async def preview_command(command: str, typist: Typist, *, as_json: bool) -> None:
    """Type one command and print the card, or the body as JSON; a modal where that is the answer.

    Exits with 1 where the bot does not answer, or has nothing to press of a name.

    Raises:
        UnknownSample: no sample member is called so.
    """
    async with _typing(typist) as answer:
        try:
            body = await answer(command)
        except (NoAnswer, NothingToPress) as error:
            typer.secho(str(error), err=True, fg="red")
            raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        _draw(body)


async def preview_lines(typist: Typist, *, as_json: bool) -> None:
    """Type each line of standard input, one after the other, and print each answer at once.

    As JSON each is one object on one line: `command`, then `text` and `blocks`, or `error`.
    Exits with 1 at the end where a line had no answer.

    Raises:
        UnknownSample: no sample member is called so.
    """
    failed = False
    lines = typed_lines(sys.stdin.buffer)
    async with _typing(typist) as answer:
        # In a thread: the bot answers in this process while a slow pipe is waited for.
        while (line := await asyncio.to_thread(next, lines, None)) is not None:
            try:
                body = await answer(_typable(line))
            except (NoAnswer, NothingToPress) as error:
                failed = True
                _print_trouble(line, str(error), as_json=as_json)
            else:
                _print_answer(line, body, as_json=as_json)
    if failed:
        raise typer.Exit(1)


@asynccontextmanager
async def _typing(typist: Typist) -> AsyncIterator[Callable[[str], Awaitable[Body]]]:
    """Run the bot beside a local Slack, and yield what types there and returns the answer."""
    configure_logging("WARNING", "console")
    people = read_samples()
    name = typist.sample or _DEFAULT
    if name not in people:
        raise UnknownSample(remedy=f"--as takes one of: {', '.join(people)}")
    settings = Settings()
    names = CommandNames(settings.nextrung_command_prefix)
    async with LocalSlack(manifest=build_manifest(command_prefix=names.prefix)) as slack:
        if typist.locale:
            slack.world.change_member(people[name].slack_id, locale=typist.locale)
        async with beside(slack, database_url=settings.database):
            yield partial(_answer, slack.member(people[name].slack_id), names, typist.presses)


def _typable(line: TypedLine) -> str:
    if line.trouble is not None:
        raise NoAnswer(line.trouble)
    return line.text


async def _answer(
    member: MemberHandle, names: CommandNames, presses: Sequence[str], command: str
) -> Body:
    """Type a command, press what is to be pressed, and return what the member then sees.

    Without presses that is exactly the body of the ack; a modal is its payload.
    """
    name, space, rest = f"/{command.removeprefix('/')}".partition(" ")
    outcome = await member.command_outcome(f"{names.in_text(name)}{space}{rest}")
    if not presses:
        body = outcome.entry.response if outcome.entry else None
        if outcome.view is not None:
            return dict(outcome.view.payload)
        if not isinstance(body, dict):
            raise NoAnswer("The command was not answered.")
        return body
    surface = member.shown_by(outcome)
    for label in presses:
        surface = await press(surface, label)
    return _shown(surface)


def _shown(surface: Surface) -> Body:
    if isinstance(surface, ViewHandle):
        return dict(surface.view.payload)
    return {"text": surface.text, "blocks": surface.blocks}


def _print_answer(line: TypedLine, body: Body, *, as_json: bool) -> None:
    if as_json:
        text = body["title"]["text"] if "title" in body else body.get("text", "")
        _print_json(command=line.text, text=text, blocks=body.get("blocks", []))
    else:
        Console().rule(line.text, align="left")
        _draw(body)


def _print_trouble(line: TypedLine, trouble: str, *, as_json: bool) -> None:
    if as_json:
        _print_json(command=line.text, error=trouble)
    else:
        typer.secho(f"{line.text}: {trouble}", err=True, fg="red")


def _print_json(**fields: Any) -> None:
    typer.echo(json.dumps(fields, ensure_ascii=False))


def _draw(body: Body) -> None:
    console = Console()
    for each in card_lines(body):
        console.print(each)
