"""What scenarios about confirmations share: the engineer asks a colleague, who gets a message."""

from datetime import timedelta

from bot.domain.teams.confirmation import Confirmation
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MessageHandle, ViewHandle
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells

HERE = Tenant(WORKSPACE)
LEAD = "/promote-gap llm-engineer lead"
SENTENCE = "I led the *review* of the plan <!channel> & merged it"
ASKED = "asks you whether you saw this"


async def work(desk: Desk, after: timedelta = timedelta()) -> None:
    """Let the bot do what it does by itself after a while."""
    desk.slack.advance(after.total_seconds())
    await desk.nextrung.app.drained(5)
    for _ in range(3):
        await desk.nextrung.services.effects.turn(desk.nextrung.errands)
    await desk.nextrung.app.drained(5)


async def details(desk: Desk, number: int = 0) -> ViewHandle:
    """Let the engineer open the Details of an expectation of the gap's first page."""
    card = await desk.engineer.command(LEAD)
    return as_modal(await card.choose(f"mark_menu.{number}", "Details…"))


async def ask(
    desk: Desk, who: str = MANAGER, *, number: int = 0, sentence: str = SENTENCE
) -> ViewHandle:
    """Let the engineer ask somebody from Details; return what the form says then."""
    form = as_modal(await (await details(desk, number)).press("Ask a Colleague"))
    await form.fill({"Whom do you ask?": who, "What did they see?": sentence})
    told = as_modal(await form.submit())
    await work(desk)
    return told


def letters(desk: Desk, who: str = MANAGER) -> list[MessageHandle]:
    """Return the asks that somebody has before them, answered or not."""
    found = desk.slack.member(who).messages()
    return [each for each in found if ASKED in each.plain or "You told" in each.plain]


async def answer(
    desk: Desk, button: str = "Saw It", words: str = "", *, who: str = MANAGER
) -> None:
    """Let somebody answer the newest ask."""
    form = as_modal(await letters(desk, who)[-1].press(button))
    if words:
        await form.fill({"In your words": words})
    await form.submit()
    await work(desk)


async def kept(desk: Desk) -> tuple[Confirmation, ...]:
    """Return the rows of what the engineer asked."""
    async with desk.nextrung.database.read(HERE) as unit:
        return await unit.confirmations.by(ENGINEER)


async def only(desk: Desk) -> Confirmation:
    """Return the one confirmation there is."""
    (found,) = await kept(desk)
    assert found.cell in lead_cells(desk)
    return found
