"""One member of the post office: enlisted, asked about something, and on the way to a goal."""

from datetime import timedelta

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.nudges.cadence import Cadence, NudgeSettings
from bot.domain.tenancy import Member
from tests.integration.nudges.post_office import WEEKLY, PostOffice

DAILY = NudgeSettings(cadence=Cadence.DAILY)
DAY = timedelta(days=1)


async def one(office: PostOffice, settings: NudgeSettings = WEEKLY) -> Member:
    (member,) = await office.enlist(1, settings=settings)
    return member


async def asked(office: PostOffice, member: Member) -> CellKey:
    row = (await office.rows(member))[-1]
    return CellKey(row.role_key, row.level_key, row.skill_key)


async def mark_all(office: PostOffice, member: Member, status: Status, *, but: int = 0) -> None:
    """Mark everything on the way to the goal, except the last few."""
    report = await office.nextrung.services.measuring.report(member, office.shelf)
    assert report is not None
    assert report.report is not None
    gaps = report.report.gap.gaps
    for gap in gaps[: len(gaps) - but]:
        cell = CellKey(gap.target.role.key, gap.target.level.key, gap.target.skill.key)
        await office.nextrung.services.assessing.mark(member, office.shelf, cell, status)
