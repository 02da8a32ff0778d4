"""The names of the commands with a prefix: in our own words always, in a member's never."""

import re
from collections.abc import Sequence
from itertools import product

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.config import Settings
from bot.domain.installs.command_names import NAMES, CommandNames, plain_name
from bot.slack.installs.manifest import COMMANDS, build_manifest
from bot.text.translator import LOCALES, Translator, load_translators
from tests.prefixed import ACME, named_plainly

with (LOCALES / "zh.po").open("rb") as _source:
    MESSAGES = [each.id for each in read_po(_source, locale="zh") if named_plainly(str(each.id))]
PREFIXES = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,17}[a-z0-9])?", fullmatch=True)


def test_the_names_are_those_that_slack_is_told() -> None:
    assert tuple(spec.name for spec in COMMANDS) == NAMES


def test_some_messages_name_commands() -> None:
    assert len(MESSAGES) > 20


@given(PREFIXES)
def test_no_message_of_any_language_names_a_command_without_its_prefix(prefix: str) -> None:
    translators = load_translators().naming(CommandNames(prefix))
    for message, tag in product(MESSAGES, translators.locales):
        told = _told(translators.for_locale(tag), message)
        assert not named_plainly(told)
        assert f"/{prefix}-" in told


def _told(tr: Translator, message: str | Sequence[str]) -> str:
    places = dict.fromkeys(re.findall(r"{(\w+)}", str(message)), "x")
    if isinstance(message, str):
        return tr(message, **places)
    return tr.plural(message[0], message[1], 2, **{k: v for k, v in places.items() if k != "count"})


@given(PREFIXES)
def test_a_name_is_known_by_any_prefix_and_slack_takes_it(prefix: str) -> None:
    names = CommandNames(prefix).all
    assert Settings(_env_file=None, nextrung_command_prefix=prefix).nextrung_command_prefix
    assert tuple(map(plain_name, names)) == NAMES
    assert all(re.fullmatch(r"/[a-z0-9-]{1,31}", name) for name in names)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/skill", "/acme-skill"),
        ("Type `/growth goal` or /promote-gap.", "Type `/acme-growth goal` or /acme-promote-gap."),
        ("输入/skill查看", "输入/acme-skill查看"),
        ("/acme-skill mlops", "/acme-skill mlops"),
        ("/skills, /growth-plan, a/skill, //skill", "/skills, /growth-plan, a/skill, //skill"),
        ("https://example.com/growth/a", "https://example.com/growth/a"),
        ("./skill /skill/a", "./skill /skill/a"),
    ],
)
def test_only_a_name_by_itself_gets_the_prefix(text: str, shown: str) -> None:
    assert ACME.in_text(text) == shown
    assert CommandNames().in_text(text) == text


@pytest.mark.parametrize("name", ["/skills", "/acmeskill", "skill", "/other", "/gap", ""])
def test_another_name_stays_unknown(name: str) -> None:
    assert plain_name(name) == name


@given(st.text())
def test_what_a_member_wrote_is_left_as_typed(around: str) -> None:
    written = f"{around}/skill mlops{around}"
    for tag in ("en", "zh"):
        tr = load_translators().naming(ACME).for_locale(tag)
        assert written in tr("“{typed}” is not in this framework.", typed=written)


@pytest.mark.parametrize(
    ("prefix", "reason"),
    [
        ("Acme", "lower-case letters"),
        ("acme-", "lower-case letters"),
        ("-acme", "lower-case letters"),
        ("ac me", "lower-case letters"),
        ("/acme", "lower-case letters"),
        ("älter", "lower-case letters"),
        ("a" * 20, "32 characters"),
    ],
)
def test_a_prefix_that_slack_would_refuse_is_told(prefix: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Settings(_env_file=None, nextrung_command_prefix=prefix)


def test_the_manifest_has_the_names_in_every_text() -> None:
    manifest = build_manifest(command_prefix="acme")
    offered = [each["command"] for each in manifest["features"]["slash_commands"]]
    assert offered == ["/acme-skill", "/acme-promote-gap", "/acme-growth"]
    assert not named_plainly(str(manifest))
    assert str(manifest).replace("/acme-", "/") == str(build_manifest())
