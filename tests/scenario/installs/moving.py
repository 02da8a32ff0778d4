"""What scenarios of organisations share: Slack's answers about people, and events of moves."""

import json
from dataclasses import replace
from typing import Any

from bot.domain.tenancy import Tenant
from bot.sandbox.samples import ENGINEER, OTHER_WORKSPACE, WORKSPACE
from bot.services.ports import Profile
from tests.fakes.directory import FakeDirectory
from tests.scenario.desk import Desk, command_fields

HERE, THERE = Tenant(WORKSPACE), Tenant(OTHER_WORKSPACE)
ORGANISATION = "E0SAMPLE"
ORG = Tenant(None, ORGANISATION)
NEW_ID = "W0ENGINEER"
BOTH = {WORKSPACE: "Bakery", OTHER_WORKSPACE: "Mill"}
WAITS = "Your workspace is moving into an organisation in Slack"


def directory(desk: Desk, **answers: Any) -> FakeDirectory:
    """Let Slack answer so about organisations; errands are done only when the test says so."""
    fake = FakeDirectory(**answers)
    desk.nextrung.services.relocating._directory = fake
    return fake


async def tell(desk: Desk, kind: str, **event: Any) -> None:
    """Let Slack tell of an organisation, and the bot do what it begins with at once."""
    more = {"enterprise_id": ORGANISATION} if kind.startswith("grid") else {}
    await desk.slack.event({"type": kind, **more, **event})
    await desk.drained()


async def errands(desk: Desk, times: int = 1) -> None:
    """Let a process look so often what is to be done."""
    for _ in range(times):
        await desk.nextrung.services.effects.turn(desk.nextrung.errands)


async def said(desk: Desk, text: str = "", **fields: str | None) -> str:
    """Return the answer to `/growth` of whoever the fields name."""
    named = {"command": "/growth", "text": text, "user_id": ENGINEER} | fields
    answer = json.loads((await desk.hand(command_fields(**named))).text)
    return json.dumps(answer, ensure_ascii=False)


def as_organisation(desk: Desk, workspace_id: str = WORKSPACE) -> None:
    """Let the token of a workspace be the one that the organisation has org-wide."""
    workspace = desk.slack.world.workspaces[workspace_id]
    workspace.enterprise_id, workspace.org_wide = ORGANISATION, True
    desk.nextrung.app.workspaces.drop(Tenant(workspace_id))


async def in_organisation(desk: Desk, text: str = "", **fields: str | None) -> str:
    """Return the answer where a request comes by the organisation's installation."""
    claim = {"enterprise_id": ORGANISATION, "is_enterprise_install": "true"}
    return await said(desk, text, **(claim | fields))


class Owners:
    """Slack's profiles, where these people own the organisation, and nobody else."""

    def __init__(self, *owners: str) -> None:
        self.owners = owners

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile:
        assert tenant == ORG
        return Profile("en-US", "Europe/Berlin", name="Sample", admin=slack_id in self.owners)


async def framework(desk: Desk, tenant: Tenant, *, owner: str) -> None:
    """Let a workspace have a framework of its own: a copy of the built-in one."""
    database, now = desk.nextrung.database, desk.slack.clock.now()
    content = desk.nextrung.services.catalogues.shelf(None).catalogue.content
    key = f"workspace-{(tenant.team_id or tenant.enterprise_id or '').lower()}"
    named = replace(content, name=replace(content.name, base=f"Framework of {tenant.team_id}"))
    await database.catalogues.publish(named, catalogue_key=key, author="A", note="", at=now)
    async with database.write(tenant) as work:
        await work.workspaces.use_catalogue(key, at=now)
        await work.workspaces.grant_catalogue([owner], at=now)
    await desk.nextrung.services.catalogues.refresh()
    desk.nextrung.services.members.clear()
