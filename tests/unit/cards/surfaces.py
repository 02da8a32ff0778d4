"""Whether Slack would take a card: the local Slack's judge, and an independent table of limits."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from slackblocks import _limits, _surfaces

from bot.cards.blocks import HomeView, View
from bot.cards.card import Card
from bot.cards.elements import Option
from bot.cards.ids import Action
from bot.cards.links import decode, encode
from bot.cards.more_menu import pressed_in_menu
from bot.cards.teams.talk_links import Of, decode_of, encode_of
from bot.sandbox.judge import judge_message, judge_options, judge_view
from bot.slack.reply.answering import message

BUDGET = 10_000
# Slack resolves these within mrkdwn: nothing from a catalogue or a keyboard may contain them.
_DATE = re.compile(r"<!date\^\d+\^\{date_short(?:\}|_pretty\},? \{time\})\|[^<>|]*>")
# A link that an owner gave, in the list of what there is to learn from.
_RESOURCE = re.compile(r"^• <https?://[^<>|\s]+\|[^<>|\n]+>(?= · )", re.MULTILINE)
# People of samples, whom a card about sharing names; a mention that somebody typed is another one.
_PEOPLE = re.compile("<@U0(?:OWNER|OTHER)>")
_LIVE = re.compile(r"<[!@#]|<https?:|<mailto:|<tel:", re.IGNORECASE)
# Where letters stand without spaces, Slack shows such asterisks rather than bold.
_BOLD = re.compile(r"\*[^*\n]+\*")
_HAN = re.compile("[\u4e00-\u9fff，。；]")
# Sentences that were put behind each other as English does it.
_AS_IN_ENGLISH = re.compile(r"[。！？；] \S")
_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What is written from right to left stands in an isolate of its own, within its line.
_ISOLATED = re.compile("\u2068[^\u2068\u2069\n]*\u2069")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
# A press on these needs to name nothing more.
_SAY_IT_ALL = {
    Action.CHANGE_ROLE,
    Action.SETTINGS,
    Action.ASK_TO_DROP_GOAL,
    Action.ADOPT_GOAL,
    Action.KEEP_GOAL,
    Action.SHOW_CHART,
    Action.EXPORT_DATA,
    Action.FORGET_ME,
    Action.NUDGE_SETTINGS,
    Action.NUDGE_RESUME,
    Action.SHARE_GOAL,
    Action.SHARE_LIST,
    Action.SHARE_MINE,
}
# Menus whose block says what they are about.
_BY_BLOCK = {Action.LEVEL, Action.MARK_MENU}


def assert_slack_takes(card: Card) -> None:
    """Check everything that holds for a card, whatever it says."""
    assert_slack_takes_letter(card)
    _assert_controls_lead_somewhere([{**each} for each in card.blocks])


def assert_slack_takes_letter(card: Card) -> None:
    """Check what holds for a message whose controls carry ids and no request."""
    payload = json.loads(json.dumps(message(card)))
    assert card.text.strip(), "a notification needs words"
    assert len(card.text) <= _limits.TEXT_MAX_LENGTH
    verdict = judge_message(payload)
    assert not verdict.violations, verdict.violations
    assert not verdict.warnings, verdict.warnings
    size = len(json.dumps(payload["blocks"], ensure_ascii=False, separators=(",", ":")))
    assert size <= BUDGET
    _surfaces.validate_surface_blocks(payload["blocks"], "message")
    _assert_limits(payload["blocks"])
    _assert_nothing_live(card.text)
    _assert_mrkdwn(payload["blocks"])


def assert_slack_takes_view(view: View) -> None:
    """Check everything that holds for a modal."""
    payload = json.loads(json.dumps(view))
    verdict = judge_view(payload, surface="modal")
    assert not verdict.violations, verdict.violations
    _surfaces.validate_surface_blocks(payload["blocks"], "modal")
    _assert_limits(payload["blocks"])
    _assert_mrkdwn(payload["blocks"])
    metadata = payload["private_metadata"]
    assert encode(decode(metadata)) == metadata
    _assert_controls_lead_somewhere(payload["blocks"])


def assert_slack_takes_home(view: HomeView) -> None:
    """Check everything that holds for an App Home."""
    payload = json.loads(json.dumps(view))
    verdict = judge_view(payload, surface="home")
    assert not verdict.violations, verdict.violations
    assert not verdict.warnings, verdict.warnings
    _surfaces.validate_surface_blocks(payload["blocks"], "home")
    _assert_limits(payload["blocks"])
    _assert_mrkdwn(payload["blocks"])
    _assert_controls_lead_somewhere(payload["blocks"])
    primary = [each for each in objects(payload["blocks"]) if each.get("style") == "primary"]
    assert len(primary) <= 1


def assert_slack_takes_form(view: View) -> None:
    """Check what holds for a modal whose metadata is no request."""
    payload = json.loads(json.dumps(view))
    verdict = judge_view(payload, surface="modal")
    assert not verdict.violations, verdict.violations
    _surfaces.validate_surface_blocks(payload["blocks"], "modal")
    _assert_limits(payload["blocks"])
    _assert_mrkdwn(payload["blocks"])


def assert_slack_takes_options(options: list[Option]) -> None:
    """Check the answer to a typeahead select."""
    verdict = judge_options({"options": [{**each} for each in options]})
    assert not verdict.violations, verdict.violations
    for each in options:
        assert len(each["text"]["text"]) <= _limits.OPTION_TEXT_MAX_LENGTH
        assert len(each["value"]) <= _limits.OPTION_VALUE_MAX_LENGTH
        assert encode(decode(each["value"])) == each["value"]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every JSON object within a value."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from objects(each)


def _assert_limits(blocks: list[dict[str, Any]]) -> None:
    for each in objects(blocks):
        kind = each.get("type")
        if kind == "button":
            assert len(each["text"]["text"]) <= _limits.BUTTON_TEXT_MAX_LENGTH
            assert len(each["value"]) <= _limits.BUTTON_VALUE_MAX_LENGTH
        elif kind == "actions":
            assert 1 <= len(each["elements"]) <= _limits.ACTIONS_ELEMENTS_MAX_ITEMS
        elif kind == "context":
            assert 1 <= len(each["elements"]) <= _limits.CONTEXT_ELEMENTS_MAX_ITEMS
        elif kind == "static_select":
            groups = each.get("option_groups", ())
            options = [*each.get("options", ()), *(one for two in groups for one in two["options"])]
            assert 1 <= len(options) <= _limits.SELECT_OPTIONS_MAX_ITEMS
            assert len(each["placeholder"]["text"]) <= _limits.SELECT_PLACEHOLDER_MAX_LENGTH
            for option in options:
                assert len(option["text"]["text"]) <= _limits.OPTION_TEXT_MAX_LENGTH
                assert len(option["value"]) <= _limits.OPTION_VALUE_MAX_LENGTH
        elif kind in {"mrkdwn", "plain_text"}:
            assert 1 <= len(each["text"]) <= _limits.TEXT_MAX_LENGTH
        assert len(each.get("block_id", "")) <= _limits.BLOCK_ID_MAX_LENGTH
        assert len(each.get("action_id", "")) <= _limits.ACTION_ID_MAX_LENGTH


def _assert_nothing_live(text: str) -> None:
    text = _RESOURCE.sub("•", _DATE.sub("", _PEOPLE.sub("", text)))
    assert not _LIVE.search(text), text
    assert not _AMPERSAND.search(text), text
    _assert_turns_nothing(text)


def _assert_turns_nothing(text: str) -> None:
    rest = _ISOLATED.sub("", text)
    assert not _TURNING.search(rest), text
    assert not _RIGHT_TO_LEFT.search(rest), text


def _assert_mrkdwn(blocks: list[dict[str, Any]]) -> None:
    for each in objects(blocks):
        if each.get("type") == "mrkdwn":
            _assert_nothing_live(each["text"])
            _assert_bold_is_bold(each["text"])
            assert not _AS_IN_ENGLISH.search(each["text"]), each["text"]
        elif each.get("type") in {"plain_text", "raw_text", "text"}:
            _assert_turns_nothing(each["text"])


def _assert_bold_is_bold(text: str) -> None:
    # What somebody typed themselves stands between joiners.
    text = text.replace("\u2060*\u2060", "")
    for found in _BOLD.finditer(text):
        beside = text[max(0, found.start() - 1) : found.start()] + text[found.end() :][:1]
        assert not _HAN.search(beside), text


def _assert_controls_lead_somewhere(blocks: list[dict[str, Any]]) -> None:
    """Each button's value, and each level select's block id, decodes to what it encodes."""
    for block in blocks:
        for each in objects(block):
            if each.get("type") == "button" and each["action_id"] not in _SAY_IT_ALL:
                if each["action_id"].startswith(f"{Action.TALKS}."):
                    assert encode_of(Of.SHARE, decode_of(Of.SHARE)(each["value"])) == each["value"]
                    continue
                assert encode(decode(each["value"])) == each["value"]
            action = each.get("action_id", "").partition(".")[0]
            if each.get("type") == "static_select" and action in _BY_BLOCK:
                assert encode(decode(block["block_id"])) == block["block_id"]
            if action == Action.MORE:
                for option in each["options"]:
                    _assert_pressed(option["value"], block["block_id"])


def _assert_pressed(chosen: str, block_id: str) -> None:
    """Check that an option of the menu "…" is a button's press that carries a request."""
    name, carried = pressed_in_menu(chosen, block_id)
    assert name.partition(".")[0] in set(Action)
    assert encode(decode(carried)) == carried


def controls(blocks: Sequence[Any]) -> int:
    """Count what can be pressed or opened."""
    count = 0
    for each in blocks:
        count += len(each["elements"]) if each["type"] == "actions" else 0
        count += "accessory" in each
    return count
