"""Slack's events, and a move into an organisation."""

from bot.sandbox.samples import ENGINEER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.door.walk.steps import Settle
from tests.scenario.installs.moving import (
    BOTH,
    HERE,
    ORG,
    ORGANISATION,
    THERE,
    Owners,
    as_organisation,
    directory,
    errands,
    framework,
    tell,
)
from tests.scenario.presses import MODAL, button, pressed


async def events(desk: Desk, settle: Settle) -> None:
    person = desk.engineer.member
    await desk.slack.event({"type": "user_change", "user": {"id": person.id, "tz": "UTC"}})
    await desk.slack.event({"type": "tokens_revoked", "tokens": {"oauth": [ENGINEER]}})
    await desk.slack.event({"type": "app_uninstalled"})


async def organisations(desk: Desk, settle: Settle) -> None:
    """Move into an organisation, which brings two frameworks together."""
    await settle()
    directory(desk)
    for kind in ("grid_migration_started", "grid_migration_finished"):
        desk.slack.advance(60)
        await tell(desk, kind)
    await settle()
    for tenant in (HERE, THERE):
        await framework(desk, tenant, owner=ENGINEER)
    as_organisation(desk)
    directory(desk, in_organisation=BOTH, installed={ORG})
    for kind in ("team_access_granted", "team_access_revoked"):
        await tell(desk, kind, team_ids=[*BOTH])
    await settle()
    await errands(desk, 4)
    desk.nextrung.services.own_catalogue.rights._profiles = Owners(ENGINEER)
    modal = as_modal(await (await desk.home(desk.engineer)).press("Choose a Framework…"))
    place = {
        "container": {"type": "view", "view_id": modal.place.id},
        "view": MODAL | {"id": modal.place.id},
    }
    org = {"enterprise": {"id": ORGANISATION, "name": "x"}, "is_enterprise_install": True}
    more = pressed(desk, button("organisation_page", "0"), response_url=None, **place, **org)
    await desk.interact(more)
    await modal.press("Use This One")
