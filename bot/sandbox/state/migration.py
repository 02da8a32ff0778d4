"""A workspace is moved into an organisation, where its members may get other ids.

`docs.slack.dev/reference/events/grid_migration_started` and
`docs.slack.dev/reference/methods/migration.exchange`.
"""

from collections.abc import Iterable

from bot.sandbox.model import Message, ResponseUrl, Trigger, Workspace
from bot.sandbox.state.world import World

MOST_USERS = 400


class Migrations:
    """Moves workspaces, and remembers whose id changed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._changed: dict[str, dict[str, str]] = {}

    def start(self, workspace_id: str, enterprise_id: str) -> None:
        """Begin: from now on the Web API is away for the workspace.

        Raises KeyError for an unknown place, ValueError where the workspace is in one already.
        """
        workspace = self._world.workspaces[workspace_id]
        self._world.organisations[enterprise_id]
        if workspace.enterprise_id is not None:
            raise ValueError(f"{workspace.name} is in an organisation already")
        workspace.migrating = True
        self._world.publish("installs", ref=workspace_id)

    def finish(self, workspace_id: str, enterprise_id: str, *, renamed: Iterable[str] = ()) -> None:
        """End: the workspace is in the organisation. The ids in `renamed` begin with W now."""
        workspace = self._world.workspaces[workspace_id]
        self._world.organisations[enterprise_id]
        workspace.migrating, workspace.enterprise_id = False, enterprise_id
        changed = self._changed.setdefault(workspace_id, {})
        for old in renamed:
            changed[old] = "W" + old[1:]
            _rename(self._world, old, changed[old])
        self._world.publish("installs", ref=workspace_id)

    def leave(self, workspace_id: str) -> None:
        """Take a workspace out of its organisation; the ids stay what they are."""
        workspace = self._world.workspaces[workspace_id]
        workspace.enterprise_id, workspace.org_wide = None, False
        self._world.publish("installs", ref=workspace_id)

    def exchanged(
        self, workspace: Workspace, user_ids: Iterable[str], *, to_old: bool
    ) -> tuple[dict[str, str], list[str]]:
        """Return the other id of each member (or the same one), and the ids that nobody has."""
        changed = self._changed.get(workspace.id, {})
        table = {new: old for old, new in changed.items()} if to_old else changed
        found: dict[str, str] = {}
        nobody: list[str] = []
        for user_id in user_ids:
            other = table.get(user_id, user_id)
            member = self._world.members.get(user_id if to_old else other)
            if member is not None and workspace.id in member.workspace_ids:
                found[user_id] = other
            else:
                nobody.append(user_id)
        return found, nobody


def _rename(world: World, old: str, new: str) -> None:
    """Give a member another id, everywhere; their direct messages stay where they are."""
    member = world.members.pop(old)
    member.id = new
    world.members[new], world.renamed[old] = member, new
    for channel in world.channels.values():
        if old in channel.member_ids:
            channel.member_ids = channel.member_ids - {old} | {new}
        if channel.im_member_id == old:
            channel.im_member_id = new
    for view in world.views.values():
        view.member_id = new if view.member_id == old else view.member_id
    links: list[Trigger | ResponseUrl] = [*world.triggers.values(), *world.response_urls.values()]
    for link in links:
        link.member_id = new if link.member_id == old else link.member_id
    for message in (each for kept in world.messages.values() for each in kept):
        _rename_in(message, old, new)
    _rename_keys(world, old, new)


def _rename_in(message: Message, old: str, new: str) -> None:
    message.author_id = new if message.author_id == old else message.author_id
    message.ephemeral_to = new if message.ephemeral_to == old else message.ephemeral_to
    if old in message.entered:
        message.entered[new] = message.entered.pop(old)


def _rename_keys(world: World, old: str, new: str) -> None:
    if old in world.homes:
        world.homes[new] = world.homes.pop(old)
    if old in world.modals:
        world.modals[new] = world.modals.pop(old)
    for member_id, channel_id in list(world.unread):
        if member_id == old:
            world.unread[new, channel_id] = world.unread.pop((old, channel_id))
