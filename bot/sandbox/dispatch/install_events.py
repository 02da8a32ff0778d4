"""What the bot hears of its installations: removed, moved, given to a workspace, taken from it.

Each event can be sent on demand as well, true or not, late and again: that is what bots get.
"""

from collections.abc import Iterable

from bot.sandbox.dispatch.events import Events
from bot.sandbox.dispatch.transport import Answer
from bot.sandbox.model import Json, Organisation, Workspace
from bot.sandbox.sample_organisation import ORGANISATION
from bot.sandbox.site import Site
from bot.sandbox.state.installs import KINDS, OF_ORGANISATION, OF_WORKSPACE, InstallEvent


class InstallEvents:
    """Changes installations as Slack does, and lets the bot hear of it.

    What happens by itself is sent where the manifest subscribes to it, or where there is none.
    """

    def __init__(self, site: Site, events: Events) -> None:
        self._site = site
        self._events = events

    async def uninstall(self, place_id: str) -> None:
        """Remove the app from a workspace or an organisation: the tokens die, then it is told.

        An organisation's app goes from its workspaces first (slackapi/bolt-js#2560).
        """
        place = self._site.installs.place(place_id)
        if isinstance(place, Organisation):
            given = self._site.installs.workspaces_of(place_id)
            await self.take(workspace.id for workspace in given if workspace.org_wide)
        self._site.installs.remove(place_id)
        await self._tell("tokens_revoked", place_id)
        await self._tell("app_uninstalled", place_id)

    async def give(self, workspace_id: str) -> None:
        """Add the organisation's app to one of its workspaces. Raises ValueError without one."""
        self._site.installs.give(workspace_id)
        org_id = self._site.world.workspaces[workspace_id].enterprise_id or ""
        await self._tell("team_access_granted", org_id, team_ids=[workspace_id])

    async def take(self, workspace_ids: Iterable[str]) -> None:
        """Take an organisation's app out of some of its workspaces."""
        taken = list(workspace_ids)
        for workspace_id in taken:
            self._site.installs.take(workspace_id)
        if taken:
            org_id = self._site.world.workspaces[taken[0]].enterprise_id or ""
            await self._tell("team_access_revoked", org_id, team_ids=taken)

    async def start_migration(self, workspace_id: str, enterprise_id: str = ORGANISATION) -> None:
        """Begin to move a workspace into an organisation. Raises ValueError where it is in one."""
        self._site.migrations.start(workspace_id, enterprise_id)
        await self._tell("grid_migration_started", workspace_id, enterprise_id=enterprise_id)

    async def finish_migration(
        self,
        workspace_id: str,
        enterprise_id: str = ORGANISATION,
        *,
        renamed: Iterable[str] = (),
    ) -> None:
        """End it; the members in `renamed` have another id now."""
        self._site.migrations.finish(workspace_id, enterprise_id, renamed=renamed)
        await self._tell("grid_migration_finished", workspace_id, enterprise_id=enterprise_id)

    async def send(
        self, kind: InstallEvent, place_id: str, *, event_id: str | None = None
    ) -> Answer:
        """Send an event on demand, be it true or not; the same `event_id` again is a repetition.

        Raises ValueError for one that never comes to such a place.
        """
        place = self._site.installs.place(place_id)
        if not self._site.installs.hears(place, kind):
            raise ValueError(f"{kind} is not sent to {place.name}")
        return await self._events.send(
            self._content(kind, place), workspace_id=place_id, event_id=event_id
        )

    def announce(self, place_id: str, kinds: tuple[str, ...]) -> None:
        """Send events soon, after the answer of the call that caused them."""

        async def tell() -> None:
            for kind in KINDS:
                if kind in kinds:
                    await self._tell(kind, place_id)

        self._events.later(tell())

    async def _tell(self, kind: InstallEvent, place_id: str, **more: object) -> None:
        manifest = self._site.manifest
        if manifest.known and kind not in manifest.events:
            return
        content = self._content(kind, self._site.installs.place(place_id)) | more
        await self._events.send(content, workspace_id=place_id)

    def _content(self, kind: InstallEvent, place: Workspace | Organisation) -> Json:
        """Return the inner event, as its page under `docs.slack.dev/reference/events` shows it."""
        event: Json = {"type": kind, "event_ts": self._site.world.next_ts()}
        if kind == "tokens_revoked":
            event["tokens"] = {"oauth": [], "bot": [place.bot_member_id]}
        elif kind in OF_WORKSPACE and isinstance(place, Workspace):
            event["enterprise_id"] = place.enterprise_id or ORGANISATION
        elif kind in OF_ORGANISATION:
            ours = self._site.installs.workspaces_of(place.id)
            event["team_ids"] = [workspace.id for workspace in ours]
        return event
