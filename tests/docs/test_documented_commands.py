"""The reference of commands names every command and option, and nothing that is not there."""

import re
from collections.abc import Iterator

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from bot.cards.members.help_card import help_card
from bot.cli.app import app
from bot.domain.answers import Answer, Help
from bot.domain.lookup.requests import ANYONE
from bot.slack.installs.manifest import BOT_SCOPES, COMMANDS
from bot.text.translator import load_translators
from tests.docs.pages import Page, unquoted

REFERENCE = Page("docs/reference/commands.md")
OPTION = re.compile(r"^\| `(--[a-z-]+|[a-z]+)` \|", re.MULTILINE)


def _commands() -> Iterator[tuple[str, TyperCommand]]:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    yield from _below(root, "nextrung")


def _below(group: TyperGroup, path: str) -> Iterator[tuple[str, TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _below(command, f"{path} {name}")
        else:
            assert isinstance(command, TyperCommand)
            yield f"{path} {name}", command


def _options(command: TyperCommand | TyperGroup) -> set[str]:
    return {
        str(each.name) if isinstance(each, TyperArgument) else each.opts[0]
        for each in command.params
    }


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    documented = {
        unquoted(each) for each in REFERENCE.headings if unquoted(each).startswith("nextrung ")
    }
    assert documented == {path for path, _ in _commands()}


def test_every_option_is_in_its_commands_section_and_no_other() -> None:
    for path, command in _commands():
        documented = set(OPTION.findall(REFERENCE.section(f"`{path}`")))
        assert documented == _options(command), path


def test_the_options_of_the_program_itself_are_documented() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    assert set(OPTION.findall(REFERENCE.section("The command line"))) == _options(root)


def test_defaults_are_the_codes_own() -> None:
    ports = {unquoted(row[0]): row[1] for row in REFERENCE.rows("`nextrung sandbox`")}
    sandbox = dict(_commands())["nextrung sandbox"]
    assert ports == {each.opts[0]: str(each.default) for each in sandbox.params}


def test_every_slash_command_is_documented_with_its_usage() -> None:
    documented = {unquoted(each) for each in REFERENCE.headings if unquoted(each).startswith("/")}
    assert documented == {spec.name for spec in COMMANDS}
    for spec in COMMANDS:
        usage = spec.usage_hint.removesuffix(" | help")
        assert f"`{spec.name} {usage}`" in REFERENCE.section(f"`{spec.name}`")


def test_every_form_on_the_help_cards_is_documented() -> None:
    translator = load_translators().for_locale("en")
    for spec in COMMANDS:
        body = Help(spec.name.removeprefix("/"))
        shown = str(help_card(Answer(body, ANYONE), body, translator).blocks)
        forms = re.findall(r"`(/[^`]+)`", shown)
        assert forms
        for form in forms:
            assert form in REFERENCE.code, f"{form} is on a help card only"


def test_every_scope_is_documented_with_its_reason() -> None:
    rows = Page("docs/connect-slack.md").rows("What the app may do")
    assert {unquoted(scope) for scope, *_ in rows} == set(BOT_SCOPES)


def test_every_language_is_documented() -> None:
    rows = REFERENCE.rows("Languages")
    assert {unquoted(tag) for _, tag in rows} == set(load_translators().locales)
