"""Pictures of a team: the goals that several share with a manager, side by side."""

from playwright.async_api import expect

from bot.cli.local import Local
from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.requests import TeamAsk
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER
from tests.browser.two_people import go_on, person
from tests.browser.visit import Seat
from tests.tools.sample_growth import grow
from tests.tools.scene import Scene
from tests.tools.talk_scenes import cell_of

GOALS = {
    ADMIN: ShowGap("llm-engineer", ("lead",)),
    CHINESE_ENGINEER: ShowGap("data-scientist", ("senior",)),
}
MET = ("code-review", "programming", "secure-development", "llm-evaluation")


async def team(local: Local) -> None:
    """Let the engineer, grown, and two others share with the manager, who accepts."""
    await grow(local)
    services = local.nextrung.services
    shelf = services.catalogues.shelf()
    for who, goal in GOALS.items():
        await services.goals.set(await person(local, who), shelf, goal)
    for skill in MET:
        me = await person(local, ADMIN)
        await services.assessing.mark(me, shelf, cell_of(local, skill), Status.MET)
    for who in (ENGINEER, *GOALS):
        asked = await services.sharing.ask(await person(local, who), MANAGER, past=True)
        await services.sharing.accept(await person(local, MANAGER), asked.id)
    await go_on(local)


async def sent(local: Local) -> None:
    """Have the picture sent."""
    await team(local)
    manager = await person(local, MANAGER)
    await local.nextrung.services.team.send(manager, TeamAsk(), LetterKind.TEAM_PICTURE)
    await go_on(local)


async def open_team(seat: Seat) -> None:
    await seat.press("Team View")
    await expect(seat.modal).to_contain_text("3 people who share")


async def see_picture(seat: Seat) -> None:
    await seat.page.wait_for_function("document.querySelector('.file-picture').naturalWidth > 300")
    await seat.page.locator(".file-picture").last.scroll_into_view_if_needed()


SCENES = (
    Scene("team-view.png", MANAGER, open_team, "home", begin=team, size=(1180, 1180)),
    Scene("team-picture.png", MANAGER, see_picture, "messages", begin=sent, size=(1180, 1300)),
)
