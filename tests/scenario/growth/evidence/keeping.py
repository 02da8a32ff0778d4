"""Evidence as a member keeps it: the form from Home, and what the store then holds."""

from typing import Any

from bot.domain.growth.holdings import Growth
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle, ViewHandle
from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, Json, as_modal

HERE = Tenant(WORKSPACE)
GAP = "/promote-gap llm-engineer lead"
PROMPTS = "Prompt & Context Engineering · LLM Engineer, Lead"
NOTE = "Wrote the *release* checklist <!channel> & ran it"


async def held(desk: Desk, slack_id: str = ENGINEER) -> Growth:
    """What the store holds for a member."""
    services = desk.nextrung.services
    services.growth.clear()
    return (await services.growth.of(await services.members.find(HERE, slack_id))).growth


async def form_from_home(desk: Desk, member: MemberHandle) -> ViewHandle:
    """The empty form, opened from a member's Home."""
    return as_modal(await (await desk.home(member)).press("Add Evidence"))


async def keep(desk: Desk, **values: Any) -> ViewHandle:
    """Keep a piece from Home, and return Home."""
    form = await form_from_home(desk, desk.engineer)
    await form.fill(values)
    await form.submit()
    assert not form.is_open, form.errors
    return await desk.refreshed(desk.engineer)


def submitted(desk: Desk, form: ViewHandle, **changes: Any) -> Json:
    """The submission of a form as Slack would send it now, to be sent once more or altered."""
    sent: Json = next(
        each.request for each in reversed(desk.answers) if each.kind == "view_submission"
    )
    assert sent["view"]["id"] == form.view.id
    return sent | {"view": sent["view"] | changes}
