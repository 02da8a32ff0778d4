"""Our side of OAuth: who we are to Slack, and where browsers reach us."""

from dataclasses import field
from urllib.parse import urlencode, urlsplit

from bot.slack.installs.manifest import BOT_SCOPES, REDIRECT_PATH
from bot.values import dataclass

INSTALL_PATH = "/slack/install"
START_PATH = "/slack/install/start"
AUTHORIZE_URL = "https://slack.com/oauth/v2/authorize"
# Slack manages organisations on a host of its own.
_SLACKS = frozenset({"slack.com", "slack-gov.com"})


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """The app as Slack knows it. `public_url` ends without a slash, and may have a path."""

    client_id: str
    client_secret: str = field(repr=False)
    public_url: str
    authorize_url: str = AUTHORIZE_URL

    @property
    def redirect_uri(self) -> str:
        """Where Slack sends the browser back to; the app's settings must list it."""
        return self.public_url + REDIRECT_PATH

    @property
    def secure(self) -> bool:
        """Whether browsers come by HTTPS; on this machine itself they need not."""
        return urlsplit(self.public_url).scheme == "https"

    def local(self, path: str) -> str:
        """Return a path of ours as the browser sees it, which may be below that of a proxy."""
        return urlsplit(self.public_url).path + path

    def ask_at(self, state: str) -> str:
        """Return where a person says yes or no.

        All scopes are asked for. Which of them may be left out stands in the app's manifest.
        """
        asked = {
            "client_id": self.client_id,
            "scope": ",".join(BOT_SCOPES),
            "redirect_uri": self.redirect_uri,
            "state": state,
        }
        return f"{self.authorize_url}?{urlencode(asked)}"

    def open_at(self, app_id: str | None, team_id: str | None) -> str:
        """Return what opens the app in Slack, in the desktop client or in the browser."""
        named = {"app": app_id, "team": team_id}
        query = urlencode({name: value for name, value in named.items() if value})
        return f"{self._origin}/app_redirect?{query}"

    def add_at(self, app_id: str | None, enterprise_id: str) -> str:
        """Return where an organisation chooses the workspaces that get the app."""
        found = urlsplit(self.authorize_url)
        host = f"https://app.{found.hostname}" if found.hostname in _SLACKS else self._origin
        place = f"{host}/manage/{enterprise_id}/integrations"
        return f"{place}/profile/{app_id}/workspaces/add" if app_id else place

    @property
    def _origin(self) -> str:
        found = urlsplit(self.authorize_url)
        return f"{found.scheme}://{found.netloc}"
