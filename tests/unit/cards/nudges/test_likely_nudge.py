"""A nudge about what is likely: a question of fact with two answers, none of them favoured."""

import json

from bot.cards.card import Card
from bot.cards.ids import Action
from bot.cards.links import decode
from bot.cards.nudges.card import nudge_card
from bot.domain.answers import GapReport
from bot.domain.growth.standing import Standings
from bot.domain.lookup.requests import ANYONE, ShowGap
from bot.domain.nudges.choice import Choice, Reason
from bot.domain.nudges.message import NudgeAnswer, NudgeMessage, OneNudge
from bot.domain.nudges.requests import AnswerNudge
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.promotions import gap_body
from bot.text.translator import load_translators
from tests.unit.cards.holders import NOW
from tests.unit.cards.lookup.test_gap_card import likely
from tests.unit.cards.surfaces import assert_slack_takes, objects
from tests.unit.samples import built_in

EN = load_translators().for_locale("en")


def likely_nudge(answer: NudgeAnswer | None = None) -> Card:
    catalogue = built_in().catalogue
    body = gap_body(catalogue, ShowGap("ml-engineer", ("senior",)), ANYONE)
    body = with_own_state(body, Standings(likely(), catalogue, now=NOW), None)
    assert isinstance(body, GapReport)
    assert body.own is not None
    choice = Choice(body.own.likely[0], None, (Reason.REQUIRED,), None)
    return nudge_card(NudgeMessage(7, OneNudge(choice, body), answer), EN)


def test_it_asks_whether_that_holds_here_with_both_texts() -> None:
    card = likely_nudge()
    assert_slack_takes(card)
    shown = card.blocks_json
    asked = "You met this as MLOps Engineer, Senior. Does it hold for ML Engineer, Senior?"
    assert f"*{asked}*" in shown
    assert asked in card.text
    assert "What good looks like at Senior" in shown
    assert "*What you met, " in shown
    assert "It counts once you say so." in shown


def test_neither_answer_is_favoured() -> None:
    buttons = [
        each
        for each in objects(json.loads(likely_nudge().blocks_json))
        if each.get("type") == "button"
    ]
    assert not [each for each in buttons if "style" in each]
    answers = {each["text"]["text"]: each for each in buttons}
    assert answers["Holds Here Too"]["action_id"] == Action.NUDGE_MET
    assert answers["Not Here"]["action_id"] == Action.NUDGE_NOT_YET
    assert isinstance(decode(answers["Not Here"]["value"]), AnswerNudge)


def test_not_here_can_still_be_answered_otherwise() -> None:
    card = likely_nudge(NudgeAnswer.NOT_YET)
    assert "*Not here.* It is open on your way to Senior." in card.blocks_json
    assert '"Met"' in card.blocks_json
