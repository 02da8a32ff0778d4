"""Cards of two people, with names, notes and links as long and as odd as they may be."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.cards.blocks import Block, View
from bot.cards.card import Card
from bot.cards.elements import plain
from bot.cards.teams.confirming.forms import answer_view, ask_view
from bot.cards.teams.confirming.letters import answer_card, ask_card, given_card, quoted
from bot.cards.teams.confirming.lines import asked_card, confirmation_blocks
from bot.cards.teams.helping.adoption_view import adoption_view
from bot.cards.teams.helping.home_offers import home_offers
from bot.cards.teams.helping.offers_view import changed_card, my_offers_view
from bot.cards.teams.helping.pair_card import pair_card
from bot.cards.teams.home_talks import home_talks
from bot.cards.teams.manager_column import mark_view
from bot.cards.teams.own_column import marks_letter, own_column_view, reply_letter, reply_view
from bot.cards.teams.shared_goal_card import PAGE, shared_view
from bot.cards.teams.talk_cards import agreed_card, brief_card
from bot.cards.teams.talk_forms import draft_of, note_view, propose_view, rhythm_view
from bot.cards.teams.talks_view import talks_view
from bot.domain.answers import GapReport, GoalReport
from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import MAX_NOTE, Evidence, EvidenceKind
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth
from bot.domain.growth.packet import Saw
from bot.domain.growth.standing import Standings
from bot.domain.lookup.requests import ShowGap, Viewer
from bot.domain.lookup.rung import Rung
from bot.domain.lookup.skill_offer import HelpSide, NamedOffer
from bot.domain.teams.agreed import AgreedAct, AgreedStep, SharedDelta, Side, folded
from bot.domain.teams.confirmation import (
    MAX_SENTENCE,
    MAX_WORDS,
    Confirmation,
    ConfirmationState,
)
from bot.domain.teams.helping.adoption import AdoptionFigure, MonthFigures
from bot.domain.teams.helping.pairs import Pair, PairState
from bot.domain.teams.manager_marks import ManagerMark, Reply, item_key
from bot.domain.teams.requests import OfItem, OfMark
from bot.domain.teams.rhythm import HeldRhythm, Often, RhythmState, begun
from bot.domain.teams.share import Share, ShareState
from bot.domain.teams.shared_goal import SharedGoal, seen_growth, shared_goal, with_column
from bot.domain.teams.talk import Brief, Moved, OpenPoint, Point, Talk
from bot.domain.teams.talk_page import HomeTalk, TalkPage
from bot.domain.text import LocalText
from bot.sandbox.judge import judge_message, judge_view
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.promotions import gap_body
from bot.slack.reply.answering import message
from bot.text.translator import Translator, load_translators
from tests.fakes.clock import FrozenClock
from tests.strategies import HOSTILE
from tests.unit.cards.surfaces import assert_slack_takes_form, assert_slack_takes_letter
from tests.unit.samples import built_in as built_in_shelf

NOW = FrozenClock().now()
TRANSLATORS = load_translators()
SHARE = Share(
    7,
    1,
    "U0OWNER",
    "U0OTHER",
    ShareState.ACCEPTED,
    NOW,
    accepted_at=NOW,
    evidence=frozenset(range(1, 61)),
)
# Shown as text, for no live link can hold it; and one that is live, as long as any is.
DEAD, LINK = "https://x.example/a|b", "https://x.example/" + "a&b" * 160
ODD = [
    *HOSTILE,
    "<\n" * 500,
    "*\n" * 500,
    "&" * 1000,
    '"\\' * 500,
    "👩‍💻" * 300,
    "研" * 1000,
    "a\n" * 500,
]
CASES = [(text, tag) for text in ODD for tag in TRANSLATORS.locales]
in_every_case = pytest.mark.parametrize(
    ("text", "tag"), CASES, ids=[f"{number}" for number in range(len(CASES))]
)


def named(expectation: Expectation, text: str) -> Expectation:
    """Return an expectation with a skill, a group and words of that name."""
    name = LocalText(text)
    group = replace(expectation.skill.group, name=name)
    return replace(expectation, skill=replace(expectation.skill, name=name, group=group), text=name)


def modal(blocks: list[Block]) -> View:
    """Return blocks as a modal, which Slack judges by the same limits."""
    title = plain("x", 24)
    return {
        "type": "modal",
        "callback_id": "",
        "title": title,
        "close": title,
        "private_metadata": "",
        "blocks": blocks,
    }


def goal_of(text: str, link: str = DEAD) -> SharedGoal:
    """Return a shared goal in which everything that somebody typed reads like that."""
    catalogue = built_in_shelf().catalogue
    goal = Goal(1, "llm-engineer", "lead", 1, NOW - timedelta(days=9))
    body = gap_body(
        catalogue,
        ShowGap("llm-engineer", ("lead",), "llm-engineer", ("senior",)),
        Viewer("llm-engineer", "senior"),
    )
    assert isinstance(body, GapReport)
    cells = [key_of(each.target) for each in body.gap.gaps]
    pieces = tuple(
        Evidence(number, EvidenceKind.LINK, text[:MAX_NOTE], link, NOW, frozenset(cells))
        for number in range(1, 12)
    )
    marks = {each: Assessment(each, Status.WORKING, NOW, revision_id=1) for each in cells}
    seen = seen_growth(Growth(marks, pieces, goal), SHARE)
    measured = with_own_state(body, Standings(seen, catalogue, now=NOW), goal)
    found = shared_goal(SHARE, seen, GoalReport(goal, measured), catalogue)
    history = []
    for number, cell in enumerate(cells, start=1):
        note = text[:MAX_NOTE]
        replies = tuple(Reply(number, note, NOW) for _ in range(3))
        for id_, sent_at in ((number, NOW), (1000 + number, None)):
            history.append(
                ManagerMark(id_, 7, "U0OTHER", cell, Status.MET, note, NOW, sent_at, replies)
            )
    found = with_column(found, history)
    return replace(
        found,
        items=tuple(
            replace(each, gap=each.gap._replace(target=named(each.gap.target, text)))
            for each in found.items
        ),
    )


def confirmations(text: str) -> Iterator[Confirmation]:
    sentence, words = text[:MAX_SENTENCE], text[:MAX_WORDS]
    cell = CellKey("llm-engineer", "lead", "mlops")
    asked = Confirmation(3, "U0OWNER", "U0OTHER", cell, sentence, ConfirmationState.ASKED, NOW)
    yield asked
    for saw in Saw:
        for included in (None, NOW):
            yield replace(
                asked,
                state=ConfirmationState.ANSWERED,
                saw=saw,
                words=words,
                answered_at=NOW,
                included_at=included,
            )


def delta_of(goal: SharedGoal) -> SharedDelta:
    """Return five that count, each with another day proposed by either, and a long history."""
    cells = [each.cell for each in goal.items[:5]]
    steps, until = list[AgreedStep](), date(2027, 3, 12)
    for number, cell in enumerate(cells):
        for act, by in (
            (AgreedAct.PROPOSED, Side.OWNER),
            (AgreedAct.ACCEPTED, Side.OTHER),
            (AgreedAct.PROPOSED, Side.OTHER if number % 2 else Side.OWNER),
        ):
            steps.append(
                AgreedStep(len(steps) + 1, cell, act, by, until + timedelta(days=len(steps)), NOW)
            )
    asked = {each.cell: each.gap.target for each in goal.items}
    return SharedDelta(SHARE, Side.OTHER, folded(steps), asked)


def letters(text: str, tr: Translator) -> Iterator[Card]:
    goal, expectation = goal_of(text), goal_of(text).items[0].gap.target
    for found in confirmations(text):
        yield ask_card(found, expectation, tr)
        yield asked_card(found, tr)
        if found.answered:
            yield given_card(found, tr)
            yield answer_card(found, text, tr)
    item = goal.items[0]
    mark = item.marked.sent
    assert mark is not None
    yield marks_letter(goal, tr)
    yield reply_letter(goal, item, mark, tr)
    delta = delta_of(goal)
    for step in delta.delta.history:
        yield agreed_card(step, delta, tr)
    yield brief_card(brief_of(goal, text), "Europe/Berlin", "America/New_York", tr)
    for side in HelpSide:
        for state, said in ((PairState.PROPOSED, None), (PairState.INTRODUCED, True)):
            pair = Pair(1, text[:200], side, "U0OTHER", state, said, NOW)
            yield pair_card(pair, LocalText(text), tr)
            yield pair_card(pair, None, tr)
    for side in HelpSide:
        yield changed_card(expectation.skill, side, tr, on=True)


def brief_of(goal: SharedGoal, text: str) -> Brief:
    targets = [each.gap.target for each in goal.items]
    points = tuple(
        Point(number, 1, Side.OTHER, text.replace("\n", " ")[:300], False, NOW)
        for number in range(9)
    )
    return Brief(
        share=SHARE,
        side=Side.OTHER,
        talk=Talk(1, 7, NOW),
        since=NOW,
        target=Rung(targets[0].role, targets[0].level),
        moved=tuple(Moved(each, Status.MET) for each in targets[:8]),
        moved_in_all=40,
        evidence=goal.items[0].evidence[:5],
        pieces_in_all=11,
        delta=delta_of(goal).delta,
        skills=tuple((each.cell, LocalText(text)) for each in goal.items),
        open=tuple(OpenPoint(each, LocalText(text)) for each in targets[:3]),
        points=points,
    )


@in_every_case
def test_slack_takes_every_letter_of_two_people(text: str, tag: str) -> None:
    tr = TRANSLATORS.for_locale(tag)
    for card in letters(text, tr):
        assert_slack_takes_letter(card)


@in_every_case
def test_slack_takes_every_modal_of_two_people(text: str, tag: str) -> None:
    tr = TRANSLATORS.for_locale(tag)
    goal = goal_of(text)
    item = goal.items[0]
    mark = item.marked.sent
    assert mark is not None
    pages = -(-len(goal.items) // PAGE)
    views = [shared_view(goal, page, tr) for page in range(pages)]
    views += [own_column_view(goal, page, tr) for page in range(2)]
    views += [
        mark_view(goal, item, OfItem(7, item_key(item.cell)), tr),
        reply_view(mark, item, OfMark(7, 1), tr),
        ask_view(item.gap.target, tr, metadata="m"),
        note_view("U0OTHER", tr, metadata="m"),
        my_offers_view([NamedOffer("k", side, LocalText(text)) for side in HelpSide] * 20, tr),
    ]
    delta = delta_of(goal)
    for cell in (None, item.cell, CellKey("r", "l", text[:200])):
        views.append(propose_view(delta.asked, date(2027, 3, 1), tr, metadata="m", cell=cell))
    for found in confirmations(text):
        views.append(answer_view(found, Saw.SAW_IT, tr, metadata="m"))
    rhythm = begun(Often.MONTHLY, 3, NOW.time(), "Europe/Berlin", now=NOW)
    views.append(rhythm_view(draft_of(rhythm, "UTC", "Asia/Shanghai", 2), tr, metadata="m"))
    for state in RhythmState:
        held = HeldRhythm(7, rhythm, state, NOW, Side.OWNER, NOW, NOW)
        points = tuple(
            Point(number, 1, Side.OTHER, text.replace("\n", " ")[:300], False, NOW)
            for number in range(50)
        )
        page = TalkPage(delta, held, points, Talk(1, 7, NOW), "Europe/Berlin", "Asia/Shanghai")
        views.append(talks_view(page, tr))
    for view in views:
        assert_slack_takes_form(view)


@in_every_case
def test_slack_takes_what_home_and_details_say_of_two_people(text: str, tag: str) -> None:
    tr = TRANSLATORS.for_locale(tag)
    goal = goal_of(text)
    rhythm = begun(Often.WEEKLY, 3, NOW.time(), "Asia/Shanghai", now=NOW)
    held = HeldRhythm(7, rhythm, RhythmState.ON, NOW, Side.OWNER, NOW, NOW)
    talk = HomeTalk(7, Side.OTHER, "U0OWNER", delta_of(goal).delta.items, 5, held)
    offers = [NamedOffer(text[:100], side, LocalText(text)) for side in HelpSide] * 20
    said = confirmation_blocks([*confirmations(text)], goal.items[0].cell, None, tr)
    for blocks in (home_talks([talk] * 3, None, tr), home_offers(offers, tr), said):
        assert_slack_takes_form(modal(blocks))


@pytest.mark.parametrize("tag", TRANSLATORS.locales)
def test_long_links_take_no_more_room_than_there_is(tag: str) -> None:
    tr = TRANSLATORS.for_locale(tag)
    goal = goal_of("a note", LINK)
    for page in range(2):
        shown = shared_view(goal, page, tr)
        assert judge_view(json.loads(json.dumps(shown)), surface="modal").violations == []
    card = brief_card(brief_of(goal, "a point"), "UTC", "UTC", tr)
    assert judge_message(json.loads(json.dumps(message(card)))).violations == []
    assert LINK.replace("&", "&amp;") in str(shown["blocks"])
    assert tr.plural("and {count} more", "and {count} more", 9) in str(shown["blocks"])


def test_what_a_colleague_wrote_is_shown_in_full_where_there_is_room() -> None:
    words = "\n\n".join(f"line {number}" for number in range(40))
    assert quoted(words, MAX_WORDS).count("> line") == 40
    assert len(quoted("<\n" * 500, MAX_WORDS)) <= 2 * MAX_WORDS + 4
    assert quoted("<\n" * 500, MAX_WORDS).endswith("…")


def test_adoption_has_room_for_many_roles_of_long_names() -> None:
    tr = TRANSLATORS.for_locale("zh")
    counts = dict.fromkeys(AdoptionFigure, 1_234_565)
    months = [
        MonthFigures(date(2026, month, 1), counts, {f"{sign * 200}{n}": counts for n in range(40)})
        for month, sign in ((12, "&"), (11, "*"))
    ]
    assert_slack_takes_form(adoption_view(months, built_in_shelf().catalogue, tr))
