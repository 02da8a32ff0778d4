"""Cards of shares: what Slack takes, in each language, and what none of them says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.card import Card
from bot.cards.teams.home_lines import sharing_blocks
from bot.cards.teams.own_shares_view import own_shares_view
from bot.cards.teams.share_form import share_view
from bot.cards.teams.share_letters import (
    accepted_card,
    answered_card,
    ask_card,
    asked_card,
    changed_card,
    declined_card,
    kept_card,
    renew_card,
    stopped_card,
)
from bot.cards.teams.shared_goal_card import PAGE, people_view, shared_view
from bot.cards.teams.shared_no_more import shared_no_more_card
from bot.domain.answers import GapReport, GoalReport
from bot.domain.framework import key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth
from bot.domain.growth.standing import Standings
from bot.domain.lookup.requests import ShowGap, Viewer
from bot.domain.teams.home import THEIRS, OwnPage, OwnShare, SharedPage, ShareForm, SharingSeen
from bot.domain.teams.share import Look, Share, ShareEnd, ShareState
from bot.domain.teams.shared_goal import SharedGoal, seen_growth, shared_goal
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.promotions import gap_body
from bot.text.translator import load_translators
from tests.fakes.clock import FrozenClock
from tests.unit.cards.surfaces import (
    assert_slack_takes,
    assert_slack_takes_form,
    assert_slack_takes_home,
)
from tests.unit.samples import built_in as built_in_shelf

NOW = FrozenClock().now()

TRANSLATORS = load_translators()
HOSTILE = "<!channel> *bold* `code` <https://x.example|x> & 研究 " * 40
TONGUES = TRANSLATORS.locales
BASE = Share(7, 1, "U0OWNER", "U0OTHER", ShareState.ACCEPTED, NOW, accepted_at=NOW)
EARLIER = NOW - timedelta(days=9)


def measured(growth: Growth, goal: Goal) -> GoalReport:
    catalogue = built_in_shelf().catalogue
    request = ShowGap("llm-engineer", ("lead",), "llm-engineer", ("senior",))
    body = gap_body(catalogue, request, Viewer("llm-engineer", "senior"))
    standings = Standings(growth, catalogue, now=NOW)
    return GoalReport(goal, with_own_state(body, standings, goal))


def everything() -> tuple[Growth, Goal]:
    """Return a growth with each status, each note a secret, and evidence of each kind."""
    goal = Goal(1, "llm-engineer", "lead", 1, EARLIER)
    report = measured(Growth(goal=goal), goal).body
    assert isinstance(report, GapReport)
    cells = [key_of(each.target) for each in report.gap.gaps]
    statuses = (Status.MET, Status.WORKING, Status.NOT_YET, Status.NOT_RELEVANT)
    marks = {
        cell: Assessment(cell, status, EARLIER, note="a secret", revision_id=1)
        for cell, status in zip(cells, statuses, strict=False)
    }
    pieces = tuple(
        Evidence(number, EvidenceKind.LINK, HOSTILE, "https://x.example/a|b", NOW, frozenset(where))
        for number, where in enumerate([cells[:1], cells[1:2], []], start=1)
    )
    return Growth(marks, pieces, goal), goal


def seen_by(share: Share) -> SharedGoal:
    growth, goal = everything()
    seen = seen_growth(growth, share)
    return shared_goal(share, seen, measured(seen, goal), built_in_shelf().catalogue)


@pytest.mark.parametrize("locale", TONGUES)
def test_slack_takes_every_page_of_a_shared_goal(locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    share = replace(BASE, evidence=frozenset({1, 2, 3}))
    goal = seen_by(share)
    pages = -(-len(goal.items) // PAGE)
    assert pages > 1
    told = ""
    for page in range(pages):
        view = shared_view(goal, page, tr)
        assert_slack_takes_form(view)
        told += str(view["blocks"])
    assert "a secret" not in told
    assert "<!channel>" not in told
    for each in (SharedGoal(share, "gone", "gone"), seen_by(BASE)):
        assert_slack_takes_form(shared_view(each, 99, tr))


def test_only_what_was_said_since_and_what_was_chosen_is_seen() -> None:
    growth, _ = everything()
    later = replace(BASE, shows_from=NOW, evidence=frozenset({2}))
    seen = seen_growth(growth, later)
    assert seen.marks == {}
    assert [each.id for each in seen.evidence] == [2]
    assert {each.status for each in seen_by(later).items} == {None}
    whole = seen_by(BASE)
    assert [each.status for each in whole.items][-2:] == [Status.MET, Status.NOT_RELEVANT]
    assert all(not each.evidence for each in whole.items)
    assert all(mark.note == "" for mark in seen_growth(growth, BASE).marks.values())


def test_open_ones_stand_as_on_the_members_own_card() -> None:
    growth, goal = everything()
    own = measured(growth, goal).body
    assert isinstance(own, GapReport)
    shown = [each.cell for each in seen_by(BASE).items]
    listed = [key_of(each.target) for each in own.listed()]
    assert shown[: len(listed)] == listed
    assert len(shown) == len(set(shown)) == len(own.own.standings if own.own else ())


@pytest.mark.parametrize("locale", TONGUES)
def test_slack_takes_every_letter(locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    asked = replace(BASE, state=ShareState.ASKED, shows_from=NOW)
    ended = [replace(BASE, state=ShareState.ENDED, end=end, ended_at=NOW) for end in ShareEnd]
    cards: list[Card | None] = [shared_no_more_card(tr)]
    for share in (BASE, asked, *ended):
        cards += [ask_card(share, tr), accepted_card(share, tr), declined_card(share, tr)]
        cards += [answered_card(share, tr), renew_card(share, HOSTILE, tr), kept_card(share, tr)]
        cards += [stopped_card(share, tr), asked_card(share, tr), changed_card(share, tr)]
    for each in filter(None, cards):
        assert_slack_takes(each)
    # Of any other end the member knows by themselves.
    told = {each.end for each in ended if answered_card(each, tr) is not None}
    assert told == {ShareEnd.DECLINED, ShareEnd.LEFT_BY_OTHER}


@pytest.mark.parametrize("locale", TONGUES)
def test_slack_takes_the_form_and_the_lists(locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    growth, _ = everything()
    for form in (
        ShareForm(),
        ShareForm(growth.evidence * 60, None, "U0OTHER"),
        ShareForm(growth.evidence, None, None, HOSTILE),
        ShareForm(growth.evidence, replace(BASE, evidence=frozenset({1}))),
    ):
        assert_slack_takes_form(share_view(form, HOSTILE, tr))
    many = tuple(replace(BASE, id=number) for number in range(1, 21))
    for page in (SharedPage((), 0, 0), SharedPage(many[:10], 1, 200)):
        assert_slack_takes_form(people_view(page, 10, tr))
    looks = tuple(Look(1, NOW) for _ in range(9))
    seen = SharingSeen(
        tuple(OwnShare(each, looks) for each in many), many[:THEIRS], many[:THEIRS], 200
    )
    for mine in (OwnPage((), 0, 0), OwnPage(seen.mine[:10], 1, 30)):
        assert_slack_takes_form(own_shares_view(mine, 10, tr))
    for sharing in (SharingSeen(), seen):
        for has_goal in (False, True):
            blocks = sharing_blocks(sharing, tr, has_goal=has_goal)
            assert (not blocks) == (sharing == SharingSeen() and not has_goal)
            if blocks:
                assert_slack_takes_home({"type": "home", "blocks": blocks})
