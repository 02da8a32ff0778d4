"""A walk past what shows a manager several who share with them."""

from bot.cards.links import encode
from bot.domain.lookup.requests import ShowGap
from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.share import ShareEnd
from bot.sandbox.samples import CHINESE_ENGINEER, ENGINEER, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.door.walk.steps import Settle
from tests.scenario.growing import member
from tests.scenario.presses import MODAL, button, pressed
from tests.scenario.teams.shares import HERE
from tests.scenario.teams.team import share_of


async def team(desk: Desk, settle: Settle) -> None:
    """Look at two who share, narrow that, and have it sent in each way."""
    services, effects = desk.nextrung.services, desk.nextrung.services.effects
    other = await member(desk, CHINESE_ENGINEER)
    way = ShowGap("data-scientist", ("senior",))
    await services.goals.set(other, services.catalogues.shelf(), way)
    kept = [await share_of(desk, each) for each in (ENGINEER, CHINESE_ENGINEER)]
    await settle()

    async def letters() -> None:
        await settle()
        await effects.turn(desk.nextrung.errands)
        await settle()

    shown = as_modal(await (await desk.home(desk.manager)).press("Team View"))
    for label in ("Send as Table", "Send as Picture", "Send as CSV"):
        told = as_modal(await shown.press(label))
        await letters()
        await told.close()
    (level,) = [each for each in shown.options("Level of the goal") if "Senior" in each]
    shown = as_modal(await shown.choose("Level of the goal", level))
    shown = as_modal(await shown.choose("Role of the goal", "Data Scientist (1)"))
    # More people than a page has are rare.
    again = {"container": {"type": "view", "view_id": shown.place.id}}
    again |= {"view": MODAL | {"id": shown.place.id}, "user": {"id": MANAGER, "team_id": WORKSPACE}}
    page = button("team_page.0", encode(TeamAsk()))
    await desk.interact(pressed(desk, page, response_url=None, **again))
    async with desk.nextrung.database.write(HERE) as work:
        for each in kept:
            await work.shares.end(each, ShareEnd.REVOKED, at=desk.slack.clock.now())
    await letters()
