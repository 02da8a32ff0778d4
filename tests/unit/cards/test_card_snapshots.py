"""Every card in every language, as a reader sees it.

After a wanted change: ``pytest tests/unit/cards/test_card_snapshots.py --snapshot-update``, then
read the difference.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.cards.card import Card
from bot.cards.errors.card import error_card, incident_card, unknown_action_card
from bot.cards.growth.walkthrough_view import assessment_view
from bot.cards.lookup.details.view import details_view
from bot.cards.render import render
from bot.domain.answers import Answer, GapReport
from bot.domain.framework import key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth, growth_of
from bot.domain.growth.requests import Assess
from bot.domain.growth.standing import Standings
from bot.domain.lookup.requests import ANYONE, ShowDetails, ShowDomain, ShowGap, ShowSkill, Viewer
from bot.services.growth.own_state import with_own_state
from bot.services.growth.walkthrough import walk
from bot.services.lookup.lookups import skill_command
from bot.services.lookup.promotions import gap_command, show_gap
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import show, show_details
from bot.text.translator import Translator, load_translators
from tests.unit.cards.snapshot_files import CardFiles, written
from tests.unit.samples import ALL_WORDS, built_in, workshop

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TRANSLATORS = load_translators()
SENIOR = Viewer("llm-engineer", "senior")
TOP = Viewer("llm-engineer", "principal")


def skill(text: str, viewer: Viewer = ANYONE) -> Callable[[], Answer]:
    return lambda: skill_command(built_in(), text, viewer)


def gap(text: str, viewer: Viewer = ANYONE) -> Callable[[], Answer]:
    return lambda: gap_command(built_in(), text, viewer)


def growth() -> Growth:
    """Return a member on the way to Lead: something of each status, old and new, with evidence."""
    catalogue, now = built_in().catalogue, NOW
    body = gap_command(built_in(), "", SENIOR).body
    assert isinstance(body, GapReport)
    cells = [key_of(each.target) for each in body.gap.gaps]
    depths = [each.target.proficiency for each in body.gap.gaps]
    marks = [(0, Status.WORKING, 30), (1, Status.MET, 20), (2, Status.MET, 700)]
    marks += [(3, Status.NOT_RELEVANT, 10), (4, Status.NOT_YET, 5), (8, Status.MET, 3)]
    history = [
        Assessment(cells[at], status, now - timedelta(days=days), depth.key if depth else None)
        for at, status, days in marks
        for depth in [depths[at]]
    ]
    history[0] = replace(history[0], note="Led the *upgrade* <!here>")
    supported = frozenset(cells[:1])
    pieces = (
        Evidence(2, EvidenceKind.LINK, "Runbook", "https://example.com/run", now, supported),
        Evidence(1, EvidenceKind.NOTE, "Chose the model with two teams", None, now, supported),
    )
    goal = Goal(1, "llm-engineer", "lead", catalogue.revision.id, now)
    return growth_of(history, pieces, goal, version=1)


ANSWERS: dict[str, Callable[[], Answer]] = {
    "skill": skill("ml-experiment-tracking"),
    "skill-own": skill("ml experiment tracking", SENIOR),
    "skill-for-role": skill("ML experiment tracking lead llm engineer"),
    "skill-corrected": skill("ml experment traking senoir please"),
    "skill-unused": lambda: skill_command(Shelf(workshop(), ALL_WORDS), "unused", ANYONE),
    "group": skill("mlops senior"),
    "group-own": skill("mlops", SENIOR),
    "role": skill("llm-engineer"),
    "role-own": skill("llm engineer", SENIOR),
    "level": skill("senior"),
    "domain": lambda: show(
        built_in().catalogue,
        ShowDomain(built_in().catalogue.content.domains[0].key),
        ANYONE,
    ),
    "catalogue": skill(""),
    "ambiguous": skill("数据"),
    "unknown": skill("xylophone"),
    "unknown-no-word": skill("!!!"),
    "needs-level": lambda: show(
        built_in().catalogue, ShowSkill("ml-experiment-tracking", ("gone",), "llm-engineer"), ANYONE
    ),
    "help-skill": skill("help"),
    "help-promote-gap": gap("help"),
    "gap": gap("llm-engineer lead"),
    "gap-own": gap("", SENIOR),
    "gap-page-2": lambda: show_gap(
        built_in().catalogue,
        ShowGap("llm-engineer", ("principal",), "llm-engineer", ("junior",), 1),
        ANYONE,
    ),
    "gap-transfer": gap("llm-engineer lead from data-scientist senior"),
    "gap-from-needs-level": gap("llm-engineer lead from data-scientist"),
    "gap-fork": lambda: gap_command(Shelf(workshop(), ALL_WORDS), "", Viewer("joiner", "adept")),
    "gap-nothing-defined": lambda: gap_command(
        Shelf(workshop(), ALL_WORDS), "joiner fellow", ANYONE
    ),
    "gap-at-foot": gap("llm-engineer junior"),
    "gap-at-top": gap("", TOP),
    "gap-not-above": gap("llm-engineer middle", SENIOR),
    "gap-needs-role": gap(""),
    "gap-needs-level": gap("llm-engineer"),
    "gap-unknown": gap("nobody lead"),
}
OWN = ("gap-own", "gap-page-2", "skill-own", "gap-transfer")
SHARED = ("skill", "group", "role", "gap", "gap-transfer")
DETAILS = ("junior", "senior")
ERRORS: dict[str, Callable[[Translator], Card]] = {
    "error-query-too-long": lambda tr: error_card("query_too_long", {"limit": 300}, tr),
    "error-outdated-card": lambda tr: error_card("outdated_card", {}, tr),
    "error-catalogue-unavailable": lambda tr: error_card("catalogue_unavailable", {}, tr),
    "error-store-unavailable": lambda tr: error_card("store_unavailable", {}, tr),
    "error-too-slow": lambda tr: error_card("too_slow", {}, tr),
    "error-incident": lambda tr: incident_card("0badcafe", tr),
    "error-unknown-action": unknown_action_card,
}


GROWTH = growth()
KNOWN = Standings(GROWTH, built_in().catalogue, now=NOW)


@pytest.fixture(params=TRANSLATORS.locales)
def tr(request: pytest.FixtureRequest) -> Translator:
    return TRANSLATORS.for_locale(request.param)


@pytest.fixture
def files(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(CardFiles)


@pytest.mark.parametrize("name", ANSWERS)
def test_card(name: str, tr: Translator, files: SnapshotAssertion) -> None:
    card = render(ANSWERS[name](), tr)
    assert written(card.text, card.blocks) == files


@pytest.mark.parametrize("name", OWN)
def test_own_card(name: str, tr: Translator, files: SnapshotAssertion) -> None:
    answer = ANSWERS[name]()
    body = with_own_state(answer.body, KNOWN, GROWTH.active_goal)
    card = render(replace(answer, body=body), tr)
    assert written(card.text, card.blocks) == files


@pytest.mark.parametrize("name", SHARED)
def test_shared_card(name: str, tr: Translator, files: SnapshotAssertion) -> None:
    card = render(ANSWERS[name](), tr, shared=True)
    assert written(card.text, card.blocks) == files


@pytest.mark.parametrize("name", ERRORS)
def test_error_card(name: str, tr: Translator, files: SnapshotAssertion) -> None:
    card = ERRORS[name](tr)
    assert written(card.text, card.blocks) == files


@pytest.mark.parametrize("level", DETAILS)
def test_details(level: str, tr: Translator, files: SnapshotAssertion) -> None:
    request = ShowDetails("ml-experiment-tracking", "llm-engineer", level)
    view = details_view(show_details(built_in().catalogue, request), tr)
    words = written(view["title"]["text"], view["blocks"])
    assert words == files


def test_own_details(tr: Translator, files: SnapshotAssertion) -> None:
    request = ShowDetails("prompt-engineering", "llm-engineer", "lead")
    details = show_details(built_in().catalogue, request)
    assert details.cell.expectation is not None
    view = details_view(details, tr, KNOWN.own_cell(details.cell.expectation))
    assert written(view["title"]["text"], view["blocks"]) == files


@pytest.mark.parametrize("at", [0, 3, 99])
def test_assessment(at: int, tr: Translator, files: SnapshotAssertion) -> None:
    target = ShowGap("llm-engineer", ("lead",))
    found = walk(built_in().catalogue, target, SENIOR, KNOWN)
    view = assessment_view(found, Assess(target), at, tr)
    assert written(view["title"]["text"], view["blocks"]) == files
