"""A sample packet: something of each status, with and without evidence, old and new."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth, growth_of
from bot.domain.growth.marked_words import MarkedWords
from bot.domain.growth.packet import (
    AgreedPoint,
    ManagersMark,
    Packet,
    Saw,
    Voice,
    packet_items,
    progress_in,
)
from bot.domain.growth.progress_history import progress_history
from bot.domain.growth.standing import Standings
from bot.domain.lookup.gap import PromotionGap, promotion_gap
from bot.domain.lookup.rung import Rung
from tests.unit.samples import built_in

NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
DAY = timedelta(days=1)
NAME = "Sample Engineer"
NOTE = "Led the rollout\nof the new plan"
URL = "https://example.com/plan?a=1&b=2"


def way() -> PromotionGap:
    """Return the way from LLM Engineer, Senior to Lead."""
    role = built_in().catalogue.role("llm-engineer")
    assert role is not None
    senior, lead = role.ladder.level("senior"), role.ladder.level("lead")
    assert senior is not None
    assert lead is not None
    return promotion_gap(built_in().catalogue, origin=Rung(role, senior), target=Rung(role, lead))


def history(gap: PromotionGap, note: str = "") -> tuple[Assessment, ...]:
    """Return marks of each status.

    The first is more than a year old, the last but one another role's, the last a higher level's.
    """
    first, second, third, fourth = (key_of(each.target) for each in gap.gaps[:4])
    depths = {
        key_of(each.target): each.target.proficiency.key if each.target.proficiency else None
        for each in gap.gaps
    }
    likely = CellKey("mlops-engineer", "lead", "observability")
    elsewhere = CellKey("llm-engineer", "principal", gap.gaps[4].target.skill.key)
    return (
        Assessment(first, Status.MET, NOW - 400 * DAY, depths[first], note),
        Assessment(second, Status.MET, NOW - 90 * DAY, depths[second]),
        Assessment(third, Status.WORKING, NOW - 60 * DAY, depths[third], note),
        Assessment(fourth, Status.NOT_RELEVANT, NOW - 30 * DAY, depths[fourth]),
        Assessment(likely, Status.MET, NOW - 2 * DAY, "advanced"),
        Assessment(elsewhere, Status.MET, NOW - DAY, "expert"),
    )


def growth(gap: PromotionGap, note: str = NOTE, url: str | None = URL) -> Growth:
    """Return what a member on this way holds."""
    third = key_of(gap.gaps[2].target)
    evidence = (
        Evidence(2, EvidenceKind.LINK, note, url, NOW - 10 * DAY, frozenset({third})),
        Evidence(3, EvidenceKind.NOTE, "Not placed yet", None, NOW - 20 * DAY),
        Evidence(1, EvidenceKind.NOTE, "An earlier note", None, NOW - 50 * DAY, frozenset({third})),
    )
    goal = Goal(1, "llm-engineer", "lead", 1, NOW - 420 * DAY)
    return growth_of(history(gap, note), evidence, goal, version=7)


def packet(note: str = NOTE, url: str | None = URL) -> Packet:
    """Return the packet of that member, who is in Shanghai, where it is tomorrow already."""
    gap = way()
    held = growth(gap, note, url)
    catalogue = built_in().catalogue
    items = packet_items(gap, Standings(held, catalogue, now=NOW))
    grown = progress_history(
        gap, MarkedWords(catalogue), history(gap, note), now=NOW, zone=ZoneInfo("Asia/Shanghai")
    )
    return Packet(
        gap=gap,
        items=items,
        progress=progress_in(items),
        revision=built_in().catalogue.revision,
        goal=held.goal,
        taken_at=NOW,
        time_zone="Asia/Shanghai",
        name=NAME,
        history=grown,
        unplaced=tuple(each for each in held.evidence if not each.supports),
        today=True,
    )


def talked_over(note: str = NOTE, url: str | None = URL) -> Packet:
    """Return that packet with what others say: two colleagues, a manager, and what is agreed."""
    given = packet(note, url)
    first, second, third, fourth = (key_of(each.gap.target) for each in given.items[:4])
    manager, asked = "Sample Manager", "Led the review of the plan for both teams"
    return replace(
        given,
        voices=(
            Voice(third, "Sample Colleague", Saw.SAW_IT, asked, note, NOW - 3 * DAY),
            Voice(first, "Sample Designer", Saw.NOT_REALLY, asked, "", NOW - 2 * DAY),
        ),
        managers=(
            ManagersMark(first, Status.MET, "", NOW - DAY, manager),
            ManagersMark(second, Status.NOT_YET, "Show me the second team", NOW - DAY, manager),
        ),
        agreed=(
            AgreedPoint(fourth, date(2027, 3, 31), manager),
            AgreedPoint(second, date(2027, 2, 28), manager),
        ),
    )
