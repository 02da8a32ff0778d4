"""Home pages over any catalogue, put together as the services do."""

import random
from dataclasses import replace

from bot.domain.answers import Body, GoalReport
from bot.domain.errors import OutdatedCard
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.goal_drift import moves
from bot.domain.growth.holdings import Growth
from bot.domain.growth.own_gap import goal_request
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ANYONE, Viewer
from bot.domain.revision import Catalogue
from bot.services.growth.own_state import with_own_state
from bot.services.home_page import page_of
from bot.services.lookup.promotions import gap_body
from tests.unit.cards.holders import NOW, holding, standings


def reported(catalogue: Catalogue, growth: Growth, viewer: Viewer, newer: Catalogue) -> GoalReport:
    """Return how a member stands with their goal."""
    goal = growth.goal
    assert goal is not None
    body: Body | None
    try:
        body = gap_body(catalogue, goal_request(goal), viewer)
    except OutdatedCard:
        body = None
    if body is not None:
        body = with_own_state(body, standings(growth, catalogue), goal)
    return GoalReport(goal, body, moves(catalogue, newer, role=goal.role, level=goal.level))


def page(
    catalogue: Catalogue, growth: Growth, viewer: Viewer, newer: Catalogue | None = None
) -> HomePage:
    """Return the Home of a member; `newer` is a revision published since the goal was set."""
    goal = reported(catalogue, growth, viewer, newer or catalogue) if growth.goal else None
    return page_of(catalogue, viewer, standings(growth, catalogue), growth, goal)


def pages(catalogue: Catalogue, newer: Catalogue, note: str, rng: random.Random) -> list[HomePage]:
    """Return the Home of newcomers, of members with and without a goal, and of who reached it."""
    if not catalogue.content.roles:
        return [page(catalogue, Growth(), each) for each in (ANYONE, Viewer("gone", "gone"))]
    role = rng.choice(catalogue.content.roles)
    viewer = Viewer(role.key, rng.choice(role.ladder.levels).key)
    growth = holding(catalogue, rng, note)
    other = Evidence(2, EvidenceKind.NOTE, note * 20 or "Another", None, NOW)
    growth = replace(growth, evidence=(other, *growth.evidence) * 2)
    target = rng.choice(role.ladder.levels)
    goal = Goal(1, role.key, target.key, 1, NOW)
    reached = replace(goal, state=GoalState.REACHED, ended_at=NOW)
    gone = replace(goal, role="gone", level="gone")
    return [
        page(catalogue, Growth(), ANYONE),
        page(catalogue, growth, ANYONE, newer),
        page(catalogue, growth, Viewer("gone", "gone"), newer),
        *(
            page(catalogue, replace(growth, goal=each), viewer, newer)
            for each in (None, goal, reached, gone)
        ),
    ]
