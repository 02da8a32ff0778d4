"""Nudges as cards: Slack takes each in every state, and each says what it is about and why."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.card import Card
from bot.cards.ids import Action
from bot.cards.links import decode
from bot.cards.nudges.cadence_words import opt_in_text, rhythm
from bot.cards.nudges.card import nudge_card
from bot.cards.nudges.settings_view import nudge_settings_view, nudges_card, zone_options
from bot.cards.nudges.typed import slip_note, unclear_note
from bot.cards.nudges.words import prompt_text, reasons_text
from bot.cli.nudges.words import decision_text
from bot.domain.answers import GapReport
from bot.domain.framework import CellKey
from bot.domain.growth.requests import AddEvidence
from bot.domain.growth.written import Written
from bot.domain.nudges.cadence import Cadence, NudgeSettings, WorkingTime
from bot.domain.nudges.choice import Choice, Reason, choose
from bot.domain.nudges.command import Problem, Unclear
from bot.domain.nudges.history import Asked, NudgeHistory
from bot.domain.nudges.message import (
    AllDone,
    Digest,
    LessOften,
    NudgeAnswer,
    NudgeBody,
    NudgeMessage,
    OneNudge,
)
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.requests import AnswerNudge
from bot.domain.nudges.typed_pause import NoPause, PauseProblem
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.members.zones import offered_zones, suggest_zones
from bot.text.translator import load_translators
from tests.properties import examples, sampled
from tests.strategies import HOSTILE, TYPED, Shape, catalogue_of, catalogues
from tests.unit.cards.holders import NOW, reports
from tests.unit.cards.surfaces import assert_slack_takes, assert_slack_takes_form, objects

TRANSLATORS = load_translators()
ENGLISH = TRANSLATORS.for_locale("en")
CHINESE = TRANSLATORS.for_locale("zh")
LOCALES = st.sampled_from(TRANSLATORS.locales)
HUGE = 2**63 - 1
ONE = (
    None,
    NudgeAnswer.DID_IT,
    NudgeAnswer.MET,
    NudgeAnswer.WORKING,
    NudgeAnswer.LATER,
    NudgeAnswer.NOT_RELEVANT,
)
RHYTHMS = st.builds(
    NudgeSettings,
    st.sampled_from(Cadence),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    st.none() | st.sampled_from(offered_zones()),
    st.none() | st.just(NOW + timedelta(days=9)),
    st.booleans(),
)


def choices(report: GapReport, rng: random.Random) -> Iterator[Choice]:
    """Yield choices out of a report, for members with and without a history."""
    assert report.own is not None
    without: set[CellKey] = set()
    for _ in range(3):
        found = choose(report.gap, report.own, NudgeHistory(), now=NOW, without=without)
        if not isinstance(found, Choice):
            return
        without.add(found.cell)
        yield found
        long_ago = Asked(rng.randrange(1, 9), NOW - timedelta(days=rng.randrange(30, 900)))
        yield replace(found, reasons=tuple(Reason), asked=long_ago)
        yield replace(found, reasons=(), prompt=None)
        wrote = Written(rng.choice(["", *HOSTILE]) * rng.choice([1, 90]), NOW)
        yield replace(found, prompt=None, wrote=wrote)


def bodies(report: GapReport, rng: random.Random) -> Iterator[NudgeBody]:
    found = list(choices(report, rng))
    for choice in found:
        yield OneNudge(choice, report, only=rng.random() < 0.5)
    if found:
        yield Digest(tuple(found[:3]), report)
    yield AllDone(report)


def messages(report: GapReport, rng: random.Random) -> Iterator[NudgeMessage]:
    until = NOW + timedelta(days=7)
    for body in bodies(report, rng):
        for answer in ONE if isinstance(body, OneNudge) else (None,):
            reached = answer is NudgeAnswer.MET
            yield NudgeMessage(HUGE, body, answer, until if rng.random() < 0.5 else None, reached)


@given(catalogues(), LOCALES, st.integers(0, 2**32))
@examples(20)
def test_slack_takes_every_nudge(catalogue: Catalogue, locale: str, seed: int) -> None:
    tr, rng = TRANSLATORS.for_locale(locale), random.Random(seed)  # noqa: S311 - repeatable
    for report in reports(catalogue, rng):
        for message in messages(report, rng):
            card = nudge_card(message, tr)
            assert_slack_takes(card)
            assert_presses_name_it(card, message)


@sampled("number", range(len(HOSTILE)))
def test_slack_takes_the_longest_nudges(number: int) -> None:
    shape = Shape(
        skills=30,
        groups=9,
        domains=9,
        roles=2,
        ladders=1,
        levels=6,
        forked=True,
        depths=6,
        dense=True,
        long_keys=True,
        seed=number,
    )
    catalogue = catalogue_of(shape, ((HOSTILE[number] * 100)[:100],))
    rng = random.Random(number)  # noqa: S311 - repeatable
    prompt = LocalText("en", {"en": HOSTILE[number] * 60})
    for report in reports(catalogue, rng):
        for message in messages(report, rng):
            body = message.body
            if isinstance(body, OneNudge):
                longer = replace(body, choice=replace(body.choice, prompt=prompt))
                assert_slack_takes(nudge_card(replace(message, body=longer), CHINESE))


def assert_presses_name_it(card: Card, message: NudgeMessage) -> None:
    """Every press tells which nudge it answers, and what that was about."""
    for each in objects(list(card.blocks)):
        if not str(each.get("action_id", "")).startswith("nudge_") or "value" not in each:
            continue
        if each["action_id"].split(".")[0] in {Action.NUDGE_SETTINGS, Action.NUDGE_GOAL}:
            continue
        press = decode(each["value"])
        if isinstance(press, AddEvidence):
            assert (press.nudge, press.cell) == (message.id, message.cell)
        else:
            assert isinstance(press, AnswerNudge)
            assert press.nudge_id == message.id
            assert message.cell is None or press.cell == message.cell


@given(RHYTHMS, LOCALES, st.booleans())
@examples(60)
def test_slack_takes_every_question_and_every_setting(
    chosen: NudgeSettings, locale: str, has_goal: bool
) -> None:
    tr = TRANSLATORS.for_locale(locale)
    for answer in (None, NudgeAnswer.LESS_OFTEN, NudgeAnswer.AS_IT_IS, NudgeAnswer.STOPPED):
        assert_slack_takes(nudge_card(NudgeMessage(1, LessOften(chosen), answer), tr))
    outlook = NudgeOutlook(
        chosen, WorkingTime(), "Europe/Berlin", NOW if has_goal else None, has_goal
    )
    for paused in (False, True):
        assert_slack_takes(nudges_card(outlook, tr, paused=paused, note=opt_in_text(outlook, tr)))
    view = nudge_settings_view(outlook, tr, now=NOW, metadata="nudges?o=own")
    assert_slack_takes_form(view)
    assert len([each for each in view["blocks"] if each["type"] == "input"]) == 6


@given(TYPED, LOCALES)
@examples(60)
def test_slack_takes_whatever_was_typed(typed: str, locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    outlook = NudgeOutlook(NudgeSettings(), WorkingTime(), "Europe/Berlin", NOW)
    for problem in Problem:
        note = unclear_note(Unclear(problem, typed), tr)
        assert_slack_takes(nudges_card(outlook, tr, paused=False, note=note))
    for end in PauseProblem:
        note = unclear_note(NoPause(end, typed), tr)
        assert_slack_takes(nudges_card(outlook, tr, paused=False, note=note))
    assert_slack_takes(nudges_card(outlook, tr, paused=True, note=slip_note(typed, "weekly", tr)))
    options = zone_options(typed, suggest_zones(typed, tr), outlook, tr, NOW)
    assert len(options) <= 100
    assert all(len(each["text"]["text"]) <= 75 for each in options)


def test_reasons_in_words() -> None:
    catalogue = catalogue_of(Shape(3, 1, 1, 1, 1, 3, False, 3, True, False, 1), ("Sawing",))
    report = next(reports(catalogue, random.Random(1)))  # noqa: S311 - repeatable
    choice = next(choices(report, random.Random(1)))  # noqa: S311 - repeatable
    march = Asked(2, datetime(2026, 3, 3, tzinfo=UTC))
    told = replace(choice, reasons=(Reason.LARGEST_STEP, Reason.ASKED_LONG_AGO), asked=march)
    assert reasons_text(told, ENGLISH) == "largest step in your gap · not asked since March 2026"
    assert reasons_text(told, CHINESE) == "差距中跨度最大 · 自2026年3月以来未问过"


@pytest.mark.parametrize(
    ("chosen", "english", "chinese"),
    [
        (NudgeSettings(), "every week on Tuesday at 10:00", "每周（星期二）10:00"),
        (NudgeSettings(Cadence.DAILY), "every working day at 10:00", "每个工作日 10:00"),
        (
            NudgeSettings(Cadence.TWO_WEEKS, frozenset({0, 3}), time(9, 5)),
            "every 2 weeks on Monday, Thursday at 09:05",
            "每两周（星期一、星期四）09:05",
        ),
        (
            NudgeSettings(Cadence.MONTHLY, frozenset({0, 1, 3})),
            "every month on the first Monday, Tuesday or Thursday at 10:00",
            "每月第一个星期一、星期二或星期四 10:00",
        ),
    ],
)
def test_rhythms_in_words(chosen: NudgeSettings, english: str, chinese: str) -> None:
    assert (rhythm(chosen, ENGLISH), rhythm(chosen, CHINESE)) == (english, chinese)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("Wrote\nit.  ", "You wrote “Wrote it”. What", "你写过：“Wrote it”。此后"),
        ("x" * 400, f"You wrote “{'x' * 199}…”. What", f"“{'x' * 199}…”"),
        (" 。", "You wrote about this before. What", "你之前写过与此有关的内容。"),
        ("{words} %s", "You wrote “{words} %s”. What", "“{words} %s”"),
    ],
)
def test_a_follow_up_quotes_in_short(text: str, english: str, chinese: str) -> None:
    rng = random.Random(3)  # noqa: S311 - repeatable
    shape = Shape(9, 3, 3, 2, 1, 5, False, 4, True, False, 7)
    report = next(reports(catalogue_of(shape, ("A",)), rng))
    found = replace(next(choices(report, rng)), wrote=Written(text, NOW))
    assert prompt_text(found, ENGLISH).startswith(english)
    assert chinese in prompt_text(found, CHINESE)


def test_the_operator_is_not_shown_what_a_member_wrote() -> None:
    rng = random.Random(3)  # noqa: S311 - repeatable
    shape = Shape(9, 3, 3, 2, 1, 5, False, 4, True, False, 7)
    report = next(reports(catalogue_of(shape, ("A",)), rng))
    choice = replace(next(choices(report, rng)), prompt=None, wrote=Written("A secret.", NOW))
    told = decision_text(OneNudge(choice, report))
    assert "a follow-up of what the member wrote" in told
    assert "secret" not in told


def test_an_operator_reads_reasons_and_never_a_skill_a_level_or_a_prompt() -> None:
    rng = random.Random(5)  # noqa: S311 - repeatable
    shape = Shape(9, 3, 3, 2, 1, 5, False, 4, True, False, 7)
    for report in islice(reports(catalogue_of(shape, ("Zymurgy",)), rng), 20):
        for choice in islice(choices(report, rng), 5):
            told = decision_text(OneNudge(choice, report))
            assert told.partition(" [")[0] in {
                "One expectation, one prompt",
                "One expectation, a follow-up of what the member wrote",
            }
            assert all(each.value.replace("_", " ") in told for each in choice.reasons)
            digest = decision_text(Digest((choice, choice), report))
            assert digest == "A digest of 2 expectations, after a long absence"
