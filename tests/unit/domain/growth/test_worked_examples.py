"""What counts as met, on the built-in framework: ten examples that a person can check."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.framework import Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status, newest_per_cell, withdrawal
from bot.domain.growth.holdings import growth_of
from bot.domain.growth.own_gap import OwnState, own_gap
from bot.domain.growth.standing import Due, Standing, Standings
from bot.domain.lookup.gap import GapReason, PromotionGap, promotion_gap
from bot.domain.lookup.rung import Rung
from bot.domain.revision import expectation_at
from tests.unit.samples import built_in

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CATALOGUE = built_in().catalogue


def rung(role_key: str, level_key: str) -> Rung:
    role = CATALOGUE.role(role_key)
    level = role.ladder.level(level_key) if role else None
    assert role is not None
    assert level is not None
    return Rung(role, level)


def asked(role: str, level: str) -> tuple[Expectation, ...]:
    at = rung(role, level)
    return CATALOGUE.expectations_at(at.role, at.level)


def mark(each: Expectation, status: Status = Status.MET, *, at: datetime = NOW) -> Assessment:
    depth = each.proficiency.key if each.proficiency else None
    return Assessment(key_of(each), status, at, depth, revision_id=CATALOGUE.revision.id)


def all_met(role: str, *levels: str) -> list[Assessment]:
    return [mark(each) for level in levels for each in asked(role, level)]


def standings(marks: list[Assessment], role: str, level: str) -> list[Standing]:
    found = Standings(growth_of(marks), CATALOGUE, now=NOW + 2 * HOUR)
    return [found.of(each) for each in asked(role, level)]


def way(marks: list[Assessment], origin: Rung, target: Rung) -> tuple[PromotionGap, OwnState]:
    found = Standings(growth_of(marks), CATALOGUE, now=NOW + 2 * HOUR)
    return own_gap(promotion_gap(CATALOGUE, origin=origin, target=target), found, None)


def test_all_of_middle_and_senior_met_shows_nothing_of_lead_as_met() -> None:
    marks = all_met("backend-engineer", "middle", "senior")
    lead = rung("backend-engineer", "lead")
    gap, own = way(marks, rung("backend-engineer", "senior"), lead)
    progress = own.progress
    assert (progress.required_met, progress.required_total) == (0, 14)
    assert (progress.required_likely, own.likely, gap.met) == (0, (), ())
    assert not progress.complete
    beside = [own.standings[each.target.skill.key].below for each in gap.gaps]
    assert {each.mark.cell.level for each in beside if each} == {"senior"}
    new = {each.target.skill.key for each in gap.gaps if each.change is GapReason.NEW}
    without = {key for key, each in own.standings.items() if each.below is None}
    assert new == {"technical-strategy", "stakeholder-management", "hiring"} == without


def test_all_of_lead_met_shows_everything_of_senior_as_met() -> None:
    found = standings(all_met("backend-engineer", "lead"), "backend-engineer", "senior")
    asked_too = {each.skill.key for each in asked("backend-engineer", "lead")}
    assert len(found) == len(asked_too) - 3 == 21
    assert all(each.met for each in found if each.cell.skill in asked_too)
    assert {each.mark.cell.level for each in found if each.mark} == {"lead"}


def test_all_of_lead_met_carries_down_to_the_foot_of_the_ladder() -> None:
    for level in ("junior", "middle"):
        found = standings(all_met("backend-engineer", "lead"), "backend-engineer", level)
        lead = {each.skill.key for each in asked("backend-engineer", "lead")}
        assert all(each.met for each in found if each.cell.skill in lead)
        assert any(each.met for each in found)


def test_mlops_senior_met_makes_ml_senior_likely_and_not_met() -> None:
    marks = all_met("mlops-engineer", "senior")
    origin, target = rung("mlops-engineer", "senior"), rung("ml-engineer", "senior")
    gap, own = way(marks, origin, target)
    assert (own.progress.required_met, own.progress.required_likely) == (0, 12)
    assert own.progress.required_total == 13
    assert gap.met == ()
    for each in own.likely:
        source = own.standings[each.target.skill.key].likely
        assert source is not None
        assert (source.mark.cell.role, source.mark.cell.level) == ("mlops-engineer", "senior")
        assert source.asked.wording is not None
        assert source.asked.proficiency is not None
        assert each.target.proficiency is not None
        assert source.asked.proficiency.rank >= each.target.proficiency.rank


def test_data_scientist_senior_met_makes_nothing_of_llm_lead_likely() -> None:
    marks = all_met("data-scientist", "senior")
    assert {each.likely for each in standings(marks, "llm-engineer", "lead")} == {None}
    assert not any(each.met for each in standings(marks, "llm-engineer", "lead"))


def test_what_nobody_marked_often_carries_over_and_is_not_counted() -> None:
    origin, target = rung("data-scientist", "senior"), rung("llm-engineer", "senior")
    gap, own = way([], origin, target)
    assert gap.carried
    assert own.likely == ()
    counted = own.progress.required_total + own.progress.optional_total
    assert (
        counted
        == len(gap.gaps)
        == len(CATALOGUE.expectations_at(target.role, target.level)) - (len(gap.carried))
    )


@pytest.mark.parametrize(
    ("met", "reached"),
    [
        ("manager", {"lead"}),
        ("staff", {"lead"}),
        ("senior-manager", {"lead", "manager"}),
        ("principal", {"lead", "staff"}),
        ("director", {"lead", "manager", "senior-manager"}),
    ],
)
def test_a_met_travels_down_its_own_track_and_the_trunk(met: str, reached: set[str]) -> None:
    marks = all_met("engineering-manager", met)
    role = rung("engineering-manager", met).role
    for level in role.ladder.levels:
        if level.key == met:
            continue
        found = standings(marks, "engineering-manager", level.key)
        skills = {each.cell.skill for each in marks}
        met_here = [each.met for each in found if each.cell.skill in skills]
        assert met_here
        assert all(met_here) if level.key in reached else not any(met_here)
        assert not any(each.likely for each in found)


def test_the_trunk_met_makes_nothing_of_a_track_met_or_likely() -> None:
    marks = all_met("engineering-manager", "lead")
    for level in ("manager", "staff", "senior-manager", "principal", "director"):
        found = standings(marks, "engineering-manager", level)
        assert not any(each.met or each.likely for each in found)


def test_a_newer_not_yet_on_a_lower_level_makes_the_met_above_due() -> None:
    lead = asked("backend-engineer", "lead")[0]
    lower = rung("backend-engineer", "senior")
    senior = CATALOGUE.expectation(lower.role, lower.level, lead.skill)
    assert senior is not None
    doubt = mark(senior, Status.NOT_YET, at=NOW + HOUR)
    found = Standings(growth_of([mark(lead), doubt]), CATALOGUE, now=NOW + 2 * HOUR)
    assert (found.of(lead).met, found.of(lead).due) == (True, Due.DOUBTED)
    assert not found.of(senior).met
    earlier = mark(senior, Status.NOT_YET, at=NOW - HOUR)
    found = Standings(growth_of([earlier, mark(lead)]), CATALOGUE, now=NOW + 2 * HOUR)
    assert found.of(lead).due is None
    assert found.of(senior).met, "the newest counts"
    at_once = mark(senior, Status.NOT_YET)
    found = Standings(growth_of([at_once, mark(lead)]), CATALOGUE, now=NOW + 2 * HOUR)
    assert found.of(lead).due is None, "marked in one go, nothing is newer"


def test_confirming_and_declining_are_marks_and_undo_restores_never_marked() -> None:
    marks = all_met("mlops-engineer", "senior")
    likely = next(each for each in standings(marks, "ml-engineer", "senior") if each.likely)
    here = expectation_at(CATALOGUE, likely.cell)
    assert here is not None
    for status in (Status.MET, Status.NOT_YET):
        answer = mark(here, status, at=NOW + HOUR)
        answered = Standings(growth_of([*marks, answer]), CATALOGUE, now=NOW + 2 * HOUR).of(here)
        assert (answered.status, answered.likely) == (status, None)
        taken_back = withdrawal(newest_per_cell([answer])[answer.cell], at=NOW + 2 * HOUR)
        again = Standings(growth_of([*marks, answer, taken_back]), CATALOGUE, now=NOW + 2 * HOUR)
        assert again.of(here) == likely
        assert again.of(here).marked is None
