"""What admins and owners do in Slack is noted: who, what, when; nothing of what members hold."""

from datetime import timedelta

from bot.domain.installs.audit import Act, ActKind, Actor
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER, WORKSPACE
from bot.services.lookup.shelves import BUILT_IN
from tests.scenario.catalogue.owners import GROWN, OWN, grant
from tests.scenario.catalogue.test_catalogue_drafts import begun, later, pass_days, tomorrow
from tests.scenario.desk import Desk, as_modal
from tests.scenario.owning import done, published, roll_back, use_built_in


async def acts(desk: Desk) -> list[Act]:
    found = [each async for each in desk.nextrung.database.audit.entries()]
    assert {each.tenant for each in found} <= {Tenant(WORKSPACE)}
    return [each.act for each in found]


def by_admin(kind: ActKind, detail: str = "", about: str | None = None) -> Act:
    return Act(kind, detail, Actor.MEMBER, ADMIN, about)


async def test_publishing_rolling_back_and_the_built_in_catalogue(stored_desk: Desk) -> None:
    desk = stored_desk
    await published(desk, desk.admin)
    await published(desk, desk.admin, GROWN)
    form = as_modal(await (await desk.refreshed(desk.admin)).press("Roll Back"))
    await roll_back(desk, form, 1)
    await use_built_in(desk, desk.admin)
    await desk.refreshed(desk.admin)
    assert await acts(desk) == [
        by_admin(ActKind.CATALOGUE_PUBLISHED, f"{OWN}@1"),
        by_admin(ActKind.CATALOGUE_USED, OWN),
        by_admin(ActKind.CATALOGUE_PUBLISHED, f"{OWN}@2"),
        by_admin(ActKind.CATALOGUE_ROLLED_BACK, f"{OWN}@3 as 1 was"),
        by_admin(ActKind.CATALOGUE_USED, BUILT_IN),
    ]


async def test_each_owner_who_comes_or_goes(desk: Desk) -> None:
    await grant(desk, MANAGER, ENGINEER)
    await grant(desk, MANAGER)
    await grant(desk, MANAGER)
    assert await acts(desk) == [
        by_admin(ActKind.OWNER_GRANTED, about=each) for each in sorted((MANAGER, ENGINEER))
    ] + [by_admin(ActKind.OWNER_WITHDRAWN, about=ENGINEER)]


async def test_drafts_and_who_looked_at_them(desk: Desk) -> None:
    await begun(desk)
    before = len(await acts(desk))
    first = await later(desk, GROWN)
    await desk.manager.messages("dm")[-1].press("Approve")
    await done(desk)
    await first.press("Call Off")
    await done(desk)
    await later(desk, GROWN, who=None, at=tomorrow(desk))
    await pass_days(desk)
    assert (await acts(desk))[before:] == [
        by_admin(ActKind.DRAFT_KEPT, "draft 1"),
        Act(ActKind.DRAFT_APPROVED, "draft 1", Actor.MEMBER, MANAGER),
        by_admin(ActKind.DRAFT_WITHDRAWN, "draft 1"),
        by_admin(ActKind.DRAFT_SCHEDULED, "draft 2"),
        by_admin(ActKind.CATALOGUE_PUBLISHED, f"{OWN}@2"),
    ]


async def test_what_members_do_for_themselves_is_not_noted(desk: Desk) -> None:
    engineer = desk.engineer
    for command in ("role llm-engineer senior", "goal llm-engineer lead", "pause 2w", "export"):
        await engineer.command_outcome(f"/growth {command}")
    await desk.refreshed(engineer)
    assert await acts(desk) == []


async def test_an_admin_takes_their_acts_along_and_is_forgotten_in_them(desk: Desk) -> None:
    await grant(desk, MANAGER)
    services, tenant = desk.nextrung.services, Tenant(WORKSPACE)
    record = await services.records.everything(Member(tenant, ADMIN))
    assert [each.act for each in record.acts] == [by_admin(ActKind.OWNER_GRANTED, about=MANAGER)]
    await services.records.forget(Member(tenant, ADMIN))
    assert await acts(desk) == [Act(ActKind.OWNER_GRANTED, "", Actor.MEMBER, None, MANAGER)]


async def test_acts_go_when_they_were_kept_long_enough(desk: Desk) -> None:
    await grant(desk, MANAGER)
    desk.slack.advance(timedelta(days=364).total_seconds())
    await desk.nextrung.services.audit.expire()
    assert len(await acts(desk)) == 1
    desk.slack.advance(timedelta(days=2).total_seconds())
    await desk.nextrung.services.audit.expire()
    assert await acts(desk) == []
