"""Every error code, HTTP status and log event that an operator may meet can be looked up."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator

import bot
from bot.cards.errors.card import error_card
from bot.domain.errors import NextrungError
from bot.services.nudges.ports import Refusal
from bot.slack.refusals import CODES, FOR_NUDGES, WhyRefused
from bot.text.translator import load_translators
from tests.docs.pages import ROOT, Page, unquoted

ERRORS = Page("docs/reference/errors.md")
ON_A_CARD = "On a member's card"
ON_START = "On start and on the command line"
OUR_FAULT = "Faults of the program"
_CLASSES = (
    *(
        frozenset[str]().union(*(CODES[why] for why, kind in FOR_NUDGES.items() if kind is each))
        for each in Refusal
        if each in FOR_NUDGES.values()
    ),
    CODES[WhyRefused.LIMITED],
    CODES[WhyRefused.UNKNOWN],
)
_SLACKS_ANSWERS = frozenset[str]().union(*_CLASSES)


def _codes() -> set[str]:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {each.code for each in _family(NextrungError)}


def _family(kind: type[NextrungError]) -> Iterator[type[NextrungError]]:
    yield kind
    for each in kind.__subclasses__():
        if each.__module__.startswith("bot."):
            yield from _family(each)


def _documented(*headings: str) -> set[str]:
    return {unquoted(row[0]) for heading in headings for row in ERRORS.rows(heading)}


def test_every_code_is_documented_and_no_other() -> None:
    assert _documented(ON_A_CARD, ON_START, OUR_FAULT) == _codes()


def test_codes_with_words_of_their_own_are_those_said_to_be_on_cards() -> None:
    translator = load_translators().for_locale("en")
    fallback = error_card("store_unavailable", {}, translator).text
    own = {code for code in _codes() if error_card(code, {}, translator).text != fallback}
    assert own | {"store_unavailable", "unexpected"} == _documented(ON_A_CARD)


def test_every_refusal_over_http_is_documented() -> None:
    source = (ROOT / "bot/slack/guard.py").read_text(encoding="utf-8")
    given = {int(status) for status in re.findall(r"RefusedRequest\((\d{3}),", source)}
    rows = ERRORS.rows("Answers over HTTP")
    assert {int(status) for status, _ in rows} == given


def _logged() -> dict[str, set[str]]:
    """Return the literal first arguments of log calls outside the sandbox, by event."""
    events: dict[str, set[str]] = {}
    for path in (ROOT / "bot").rglob("*.py"):
        if "sandbox" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name, first = ast.unparse(node.func), node.args[0]
                is_event = isinstance(first, ast.Constant) and isinstance(first.value, str)
                if is_event and (name.startswith("log.") or name == "level"):
                    assert isinstance(first, ast.Constant)
                    events.setdefault(str(first.value), set()).add(name.removeprefix("log."))
    return events


def test_every_log_event_is_documented_with_its_level() -> None:
    logged = _logged()
    documented = {unquoted(row[0]): row[1] for row in Page("docs/operate.md").rows("Logs")}
    assert set(documented) == set(logged)
    for event, levels in logged.items():
        for level in levels - {"level"}:
            assert level in documented[event], f"{event} is logged as {level}"


def test_every_answer_of_slack_to_a_nudge_has_its_consequence() -> None:
    rows = [re.findall(r"`(\w+)`", row[0]) for row in Page("docs/operate.md").rows("Nudges")]
    together = [set(codes) for codes in rows if set(codes) <= _SLACKS_ANSWERS and codes]
    assert sorted(map(sorted, together)) == sorted(map(sorted, _CLASSES))
