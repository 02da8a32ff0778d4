"""The engineer shares her way to Lead with her manager: what tests of the two begin with."""

from datetime import timedelta

from bot.cli.local import Local
from bot.domain.framework import key_of
from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.teams.agreed import AgreedAct
from bot.domain.teams.share import Share
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from tests.browser.way_to_lead import to_lead

HERE = Tenant(WORKSPACE)


def names(local: Local) -> list[str]:
    """The skills of the way to Lead, in reading order."""
    tr = local.nextrung.services.translators.for_locale("en")
    return [tr.of(each.target.skill.name) for each in to_lead(local)]


async def person(local: Local, who: str) -> Member:
    return await local.nextrung.services.members.find(HERE, who)


async def go_on(local: Local, after: timedelta = timedelta()) -> None:
    """Let time pass, then let everything be done that is due by itself."""
    local.slack.advance(after.total_seconds())
    nextrung = local.nextrung
    services = nextrung.services
    await services.share_care.turn()
    await services.briefs.turn()
    await services.reminders.turn()
    for _ in range(3):
        await services.effects.turn(nextrung.errands)
    assert await nextrung.app.drained(60)


async def go_on_to_wednesday(local: Local, after: timedelta) -> None:
    """Do the same on the first Wednesday from then on, at an hour when everybody works."""
    wanted = local.slack.clock.now() + after
    day = wanted + timedelta(days=(2 - wanted.weekday()) % 7 or 7)
    noon = day.replace(hour=15, minute=0)
    await go_on(local, noon - local.slack.clock.now())


async def with_goal(local: Local) -> None:
    """Let the engineer aim for Lead, with the first expectation met."""
    services, me = local.nextrung.services, await person(local, ENGINEER)
    shelf, first = services.catalogues.shelf(), to_lead(local)[0]
    await services.assessing.mark(me, shelf, key_of(first.target), Status.MET)
    await services.goals.set(me, shelf, ShowGap("llm-engineer", ("lead",)))


async def shared(local: Local) -> Share:
    """Let the engineer share that with the manager, who has accepted."""
    await with_goal(local)
    services = local.nextrung.services
    me, boss = await person(local, ENGINEER), await person(local, MANAGER)
    share = await services.sharing.ask(me, MANAGER, past=True)
    return await services.sharing.accept(boss, share.id)


async def agreed(local: Local, share: Share, number: int) -> None:
    """Let the two agree on an expectation for four weeks."""
    agreeing = local.nextrung.services.agreeing
    me, boss = await person(local, ENGINEER), await person(local, MANAGER)
    until = local.slack.clock.now().date() + timedelta(days=28)
    cell = key_of(to_lead(local)[number].target)
    found = (await agreeing.propose(me, share.id, cell, until)).delta.proposals[-1]
    await agreeing.answer(boss, found.step_id, AgreedAct.ACCEPTED)
