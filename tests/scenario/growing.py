"""What scenarios about growth share: whose it is, what they hold, and what there is to mark."""

import html

from bot.cards.ids import Action
from bot.domain.framework import CellKey, Requirement, Skill
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.lookup.gap import promotion_gap
from bot.domain.lookup.rung import Rung
from bot.domain.revision import expectation_at
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.scenario.desk import Desk


async def member(desk: Desk, slack_id: str = ENGINEER) -> Member:
    """Return a sample member as the bot knows them."""
    return await desk.nextrung.services.members.find(Tenant(WORKSPACE), slack_id)


async def history(desk: Desk, slack_id: str = ENGINEER) -> tuple[Assessment, ...]:
    """Return every mark of a member, oldest first."""
    record = await desk.nextrung.services.records.everything(await member(desk, slack_id))
    return record.assessments


async def mark(desk: Desk, cell: CellKey, status: Status = Status.MET, note: str = "") -> None:
    """Mark for the engineer, as a press elsewhere would."""
    services = desk.nextrung.services
    shelf = services.catalogues.shelf()
    await services.assessing.mark(await member(desk), shelf, cell, status, note=note)


def lead_cells(desk: Desk) -> list[CellKey]:
    """Return what changes from LLM Engineer, Senior to Lead, in reading order."""
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    role = catalogue.role("llm-engineer")
    assert role is not None
    senior, lead = role.ladder.level("senior"), role.ladder.level("lead")
    assert senior is not None
    assert lead is not None
    gap = promotion_gap(catalogue, origin=Rung(role, senior), target=Rung(role, lead))
    return [CellKey(role.key, lead.key, each.target.skill.key) for each in gap.gaps]


def walked_cells(desk: Desk) -> list[CellKey]:
    """Return what is asked on the way from LLM Engineer, Senior to Lead, as it is asked."""
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    groups: dict[str, list[CellKey]] = {}
    for cell in lead_cells(desk):
        skill = catalogue.skill(cell.skill)
        assert skill is not None
        groups.setdefault(skill.group.key, []).append(cell)
    return [cell for group in groups.values() for cell in group]


def lead_required(desk: Desk) -> list[CellKey]:
    """Return what LLM Engineer, Lead requires of what changes from Senior, in reading order."""
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    return [
        cell
        for cell in lead_cells(desk)
        for asked in [expectation_at(catalogue, cell)]
        if asked and asked.requirement is Requirement.REQUIRED
    ]


def counted(desk: Desk, met: int) -> str:
    """Return the figures of LLM Engineer, Senior to Lead, once so many required ones are met."""
    return f"{met} met · {len(lead_required(desk)) - met} open"


def skill_of(desk: Desk, cell: CellKey) -> Skill:
    """Return the skill of a cell."""
    skill = desk.nextrung.services.catalogues.shelf().catalogue.skill(cell.skill)
    assert skill is not None
    return skill


def name_of(desk: Desk, cell: CellKey) -> str:
    """Return the name of a cell's skill as a card writes it."""
    return html.escape(skill_of(desk, cell).name.base, quote=False)


def raised_menu(desk: Desk) -> str:
    """Return which menu of the gap card stands for the first item asked at Advanced already."""
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    for at, cell in enumerate(lead_cells(desk)[:5]):
        before = expectation_at(catalogue, CellKey(cell.role, "senior", cell.skill))
        asked = expectation_at(catalogue, cell)
        depths = [each and each.proficiency and each.proficiency.key for each in (before, asked)]
        if depths == ["advanced", "expert"]:
            return f"{Action.MARK_MENU}.{at}"
    raise AssertionError("nothing on the first page goes from Advanced to Expert")
