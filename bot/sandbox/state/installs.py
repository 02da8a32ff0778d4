"""Where the app is installed: codes, tokens, and what installing and removing does to them.

Shapes and rules are those of `docs.slack.dev/authentication/installing-with-oauth`,
`/authentication/using-token-rotation`, `/reference/methods/oauth.v2.access` and, for
organisations, `api.slack.com/enterprise/apps/reference`.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, get_args

from bot.sandbox.manifest import Manifest
from bot.sandbox.model import Grant, Organisation, Token, Workspace
from bot.sandbox.samples import BOT_SCOPES, CLIENT_ID
from bot.sandbox.state.world import World
from bot.values import dataclass

CODE_LIFE = timedelta(minutes=10)
TOKEN_LIFE = timedelta(hours=12)

Place = Workspace | Organisation

InstallEvent = Literal[
    "tokens_revoked",
    "app_uninstalled",
    "team_access_granted",
    "team_access_revoked",
    "grid_migration_started",
    "grid_migration_finished",
]
KINDS: tuple[InstallEvent, ...] = get_args(InstallEvent)
# Sent to an organisation's app alone, and to a workspace's alone.
OF_ORGANISATION = ("team_access_granted", "team_access_revoked")
OF_WORKSPACE = ("grid_migration_started", "grid_migration_finished")


class RefusedInstall(Exception):
    """Slack says no; `code` is its error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A token just handed out; `refresh_token` where tokens are rotated."""

    place: Place
    token: Token
    refresh_token: str | None = None


class Installs:
    """The app's installations in the world's workspaces and organisations.

    `rotates` gives tokens that end after twelve hours, as the manifest asks for or a tester does;
    `org_answers_name_a_team` lets the answer for an organisation carry a team all the same, as
    has been seen of Slack (slackapi/python-slack-sdk#1639). `org_payloads_lack_team` leaves the
    team out of what an organisation's app gets for views and global shortcuts. `needs_approval`
    lets only admins install what nobody approved, as many companies have it.
    """

    def __init__(self, world: World, manifest: Manifest) -> None:
        self._world = world
        self._manifest = manifest
        self._codes: dict[str, Grant] = {}
        self._refreshing: dict[str, str] = {}
        self._granted: dict[str, Grant] = {}
        self.rotates = manifest.rotates_tokens
        self.org_answers_name_a_team = False
        self.org_payloads_lack_team = True
        self.needs_approval = False
        # Who asked for the app, by the place it is to be in; and where it was approved.
        self.requests: dict[str, str] = {}
        self._approved: set[str] = set()

    def place(self, place_id: str) -> Place:
        """Return a workspace or organisation. Raises KeyError for an unknown one."""
        found = self._world.organisations.get(place_id)
        return found if found is not None else self._world.workspaces[place_id]

    def places_for(self, member_id: str) -> list[Place]:
        """Return where a member may install the app: an organisation only as its owner."""
        member = self._world.members[member_id]
        if member.is_bot or member.deleted or member.is_restricted:
            return []
        own = [self._world.workspaces[each] for each in member.workspace_ids]
        all_of_it = [
            org for org in self._world.organisations.values() if member_id in org.owner_ids
        ]
        return [*own, *all_of_it]

    # -- approval ----------------------------------------------------------------------------

    def must_ask(self, member_id: str, place_id: str) -> bool:
        """Tell whether a member can only ask for the app there, and an admin has to approve."""
        free = not self.needs_approval or place_id in self._approved
        return not (free or self._world.members[member_id].is_admin)

    def request(self, place_id: str, member_id: str) -> None:
        """Ask for the app. Nothing comes back to who asked by the way they came."""
        if self.place(place_id) not in self.places_for(member_id):
            raise ValueError(f"{member_id} cannot ask for the app in {place_id}")
        self.requests[place_id] = member_id
        self._world.publish("installs", ref=place_id)

    def approve(self, place_id: str, member_id: str) -> None:
        """Approve it, as an admin: whoever asked may install it now. Raises ValueError else."""
        if not self._world.members[member_id].is_admin:
            raise ValueError("only an admin approves apps")
        self._approved.add(place_id)
        asked = self.requests.pop(place_id, None)
        if asked is not None:
            self._world.publish("installs", ref=place_id)

    # -- codes -------------------------------------------------------------------------------

    def allow(
        self,
        place_id: str,
        member_id: str,
        *,
        scopes: Iterable[str] = (),
        redirect_uri: str = "",
        client_id: str = CLIENT_ID,
    ) -> str:
        """Return the code for what a member allowed. Raises ValueError where they may not."""
        if self.place(place_id) not in self.places_for(member_id):
            raise ValueError(f"{member_id} cannot install the app in {place_id}")
        code = self._world.new_id("code")
        self._codes[code] = Grant(
            place_id=place_id,
            member_id=member_id,
            scopes=tuple(scopes),
            client_id=client_id,
            redirect_uri=redirect_uri,
            issued=self._world.clock.now(),
        )
        return code

    def exchange(self, code: str, *, client_id: str, redirect_uri: str) -> tuple[Grant, Issued]:
        """Return what a code is worth, once. Raises RefusedInstall with Slack's error."""
        grant = self._codes.get(code)
        now = self._world.clock.now()
        if grant is None or grant.client_id != client_id or now - grant.issued > CODE_LIFE:
            raise RefusedInstall("invalid_code")
        if grant.redirect_uri != redirect_uri:
            raise RefusedInstall("bad_redirect_uri")
        del self._codes[code]
        return grant, self.install(grant.place_id, grant.member_id, scopes=grant.scopes)

    # -- installing --------------------------------------------------------------------------

    def install(self, place_id: str, member_id: str, *, scopes: Iterable[str] = ()) -> Issued:
        """Install the app, or install it again: scopes add up, and a living token stays itself.

        After an organisation's install the app is in none of its workspaces yet (see `give`).
        Raises RefusedInstall where the organisation has the app already.
        """
        place = self.place(place_id)
        if isinstance(place, Workspace) and place.org_wide:
            raise RefusedInstall("cannot_install_an_org_installed_app")
        wanted = tuple(scopes) or self._manifest.scopes or BOT_SCOPES
        living = self._living(place)
        if living is not None:
            wanted = tuple(dict.fromkeys((*living.scopes, *wanted)))
        place.has_app = True
        issued = self._issue(place, wanted, living)
        self._granted[place.id] = Grant(
            place_id=place.id,
            member_id=member_id,
            scopes=wanted,
            client_id=CLIENT_ID,
            redirect_uri="",
            issued=self._world.clock.now(),
        )
        self._world.publish("installs", ref=place.id)
        return issued

    def install_again(self, place_id: str, member_id: str) -> Issued:
        """Install the app as its own settings page does: for the bot's settings, without OAuth.

        A token that was removed lives again, for a bot with two tokens has no way to hear of a new
        one; Slack shows a new one to be copied.
        """
        place = self.place(place_id)
        old = self._world.tokens.get(place.bot_token)
        if old is not None:
            old.revoked = False
        return self.install(place_id, member_id)

    def hears(self, place: Place, kind: InstallEvent) -> bool:
        """Tell whether an event of this kind ever comes to the app of such a place."""
        in_org = isinstance(place, Organisation)
        return kind not in (OF_WORKSPACE if in_org else OF_ORGANISATION)

    def refresh(self, refresh_token: str) -> Issued:
        """Exchange a refresh token, once, for a new pair.

        The access token before it lives on until its own twelve hours are over. Raises
        RefusedInstall `invalid_refresh_token`.
        """
        value = self._refreshing.pop(refresh_token, None)
        old = self._world.tokens.get(value or "")
        if old is None or old.revoked:
            raise RefusedInstall("invalid_refresh_token")
        return self._issue(self.place(old.enterprise_id or old.workspace_id or ""), old.scopes, old)

    def installer(self, place_id: str) -> str:
        """Return who installed the app there last, "" where nobody did."""
        grant = self._granted.get(place_id)
        return grant.member_id if grant else ""

    def remove(self, place_id: str) -> None:
        """Take the app away: every token of the place is dead from now on, its workspaces' too."""
        place = self.place(place_id)
        place.has_app = False
        for token in self._world.tokens.values():
            if token.kind == "bot" and place_id in (token.workspace_id, token.enterprise_id):
                token.revoked, token.death = True, "account_inactive"
        if isinstance(place, Organisation):
            for workspace in self.workspaces_of(place_id):
                if workspace.org_wide:
                    self._take(workspace)
        self._world.publish("installs", ref=place_id)

    # -- organisations -----------------------------------------------------------------------

    def workspaces_of(self, enterprise_id: str) -> list[Workspace]:
        """Return the workspaces of an organisation."""
        return [w for w in self._world.workspaces.values() if w.enterprise_id == enterprise_id]

    def give(self, workspace_id: str) -> None:
        """Add an organisation's app to one of its workspaces. Raises ValueError where it has none.

        A token of the workspace's own stays what it is; the organisation's is used from now on.
        """
        workspace = self._world.workspaces[workspace_id]
        if not self._org_of(workspace).has_app:
            raise ValueError(f"the organisation of {workspace_id} has not installed the app")
        workspace.org_wide = workspace.has_app = True
        self._world.publish("installs", ref=workspace_id)

    def take(self, workspace_id: str) -> None:
        """Take an organisation's app out of one of its workspaces."""
        self._take(self._world.workspaces[workspace_id])
        self._world.publish("installs", ref=workspace_id)

    def _take(self, workspace: Workspace) -> None:
        workspace.org_wide = False
        own = self._world.tokens.get(workspace.bot_token)
        workspace.has_app = own is not None and not own.revoked

    def _org_of(self, workspace: Workspace) -> Organisation:
        org = self._world.organisations.get(workspace.enterprise_id or "")
        if org is None:
            raise ValueError(f"{workspace.id} is in no organisation")
        return org

    # -- tokens ------------------------------------------------------------------------------

    def token_of(self, workspace_id: str) -> Token | None:
        """Return the token by which the app acts in a workspace; it may be dead. None: none."""
        workspace = self._world.workspaces[workspace_id]
        org = self._world.organisations.get(workspace.enterprise_id or "")
        value = org.bot_token if org and workspace.org_wide else workspace.bot_token
        return self._world.tokens.get(value)

    def _living(self, place: Place) -> Token | None:
        token = self._world.tokens.get(place.bot_token)
        return None if token is None or token.revoked else token

    def _issue(self, place: Place, scopes: tuple[str, ...], living: Token | None) -> Issued:
        # A token that ends stays one: rotation cannot be turned off.
        rotates = self.rotates or (living is not None and living.expires_at is not None)
        if living is not None and not rotates:
            living.scopes = scopes
            return Issued(place=place, token=living)
        in_org = isinstance(place, Organisation)
        prefix = "xoxe.xoxb-1-local-" if rotates else "xoxb-local-"
        token = Token(
            value=self._world.new_id(prefix),
            kind="bot",
            workspace_id=None if in_org else place.id,
            enterprise_id=place.id if in_org else None,
            scopes=scopes,
            expires_at=self._world.clock.now() + TOKEN_LIFE if rotates else None,
        )
        self._world.tokens[token.value] = token
        place.bot_token = token.value
        if not rotates:
            return Issued(place=place, token=token)
        refresh_token = self._world.new_id("xoxe-1-local-")
        self._refreshing[refresh_token] = token.value
        return Issued(place=place, token=token, refresh_token=refresh_token)
