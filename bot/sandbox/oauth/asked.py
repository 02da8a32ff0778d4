"""What an app asks for when it sends somebody to `/oauth/v2/authorize`, checked as Slack does.

`docs.slack.dev/authentication/installing-with-oauth`: the client, the redirect address (one that
the app has listed, or a path below it; the first listed where none is given) and the scopes.
"""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

from bot.sandbox.manifest import Manifest
from bot.sandbox.samples import CLIENT_ID
from bot.values import dataclass

PATH = "/oauth/v2/authorize"
FIELDS = ("client_id", "scope", "redirect_uri", "state", "team")
_SCOPE = re.compile(r"[a-z_.]+(:[a-z_.]+)*")


class WrongAsk(Exception):
    """Slack shows an error page and leads nobody back; `code` is its error, `about` the value."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.about = about


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sound question. `redirect_uri` is where to lead to, `sent_uri` what the app sent ("")."""

    scopes: tuple[str, ...]
    redirect_uri: str
    sent_uri: str
    state: str
    team: str

    def answered(self, **values: str) -> str:
        """Return the address that a browser is led to; `state` goes back unchanged."""
        parts = urlsplit(self.redirect_uri)
        query = "&".join(filter(None, (parts.query, urlencode(values | {"state": self.state}))))
        return urlunsplit(parts._replace(query=query))

    @property
    def origin(self) -> str:
        """Scheme and host of where the browser is led to."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"


def read_ask(given: Mapping[str, str], manifest: Manifest) -> Asked:
    """Read the query of an authorize address. Raises WrongAsk."""
    if given.get("client_id") != CLIENT_ID:
        raise WrongAsk("invalid_client_id", given.get("client_id", ""))
    sent = given.get("redirect_uri", "")
    return Asked(
        scopes=_scopes(given.get("scope", ""), manifest),
        redirect_uri=_redirect(sent, manifest),
        sent_uri=sent,
        state=given.get("state", ""),
        team=given.get("team", ""),
    )


def _scopes(written: str, manifest: Manifest) -> tuple[str, ...]:
    scopes = tuple(dict.fromkeys(each for each in re.split(r"[,\s]+", written) if each))
    if not scopes:
        raise WrongAsk("no_scopes")
    for scope in scopes:
        # Stricter than Slack, where an app may ask for what it did not list, and would miss it.
        listed = not manifest.known or scope in manifest.scopes
        if not (listed and _SCOPE.fullmatch(scope)):
            raise WrongAsk("invalid_scope", scope)
    return scopes


def _redirect(sent: str, manifest: Manifest) -> str:
    if not sent:
        if not manifest.redirect_urls:
            raise WrongAsk("bad_redirect_uri")
        return manifest.redirect_urls[0]
    try:
        parts = urlsplit(sent)
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        raise WrongAsk("bad_redirect_uri", sent) from None
    # Slack takes HTTPS alone; here a bot on this machine needs no certificate.
    if not (parts.scheme == "https" or (parts.scheme == "http" and local)) or not parts.hostname:
        raise WrongAsk("bad_redirect_uri", sent)
    # An app that lists none could not be installed by OAuth at all; here it is not held to that.
    if manifest.redirect_urls and not any(
        _below(parts, urlsplit(each)) for each in manifest.redirect_urls
    ):
        raise WrongAsk("bad_redirect_uri", sent)
    return sent


def _below(asked: SplitResult, listed: SplitResult) -> bool:
    if (asked.scheme, asked.netloc) != (listed.scheme, listed.netloc):
        return False
    base = listed.path.rstrip("/")
    return asked.path.rstrip("/") == base or asked.path.startswith(f"{base}/")
