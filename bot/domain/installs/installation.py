"""An installation: where the app is, and the token that speaks for it there."""

from dataclasses import field
from datetime import datetime, timedelta

from bot.domain.tenancy import Tenant
from bot.values import dataclass

CLOCKS_APART = timedelta(minutes=1)
"""So far the clocks of two replicas may be apart: what lies closer came about at once."""


class InstalledMeanwhile(Exception):
    """What was to be ended is not there any more: another installation has come."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a token is of no use, by Slack's code or one of ours, and since when that is known."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an installation besides its tokens.

    `team_id` and `enterprise_id` are both as Slack told them: a workspace of an organisation has
    both, although its tenant is the workspace alone. `installer` is the Slack id of who installed.
    `installed_at` is None where the token came from the settings, `expires_at` where it lasts.
    """

    tenant: Tenant
    team_id: str | None = None
    enterprise_id: str | None = None
    name: str | None = None
    org_wide: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    bot_user_id: str | None = None
    scopes: tuple[str, ...] = ()
    installer: str | None = None
    expires_at: datetime | None = None
    installed_at: datetime | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation(Facts):
    """An installation with its tokens, which no text of it shows."""

    token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInstallation(Facts):
    """An installation as it is kept, without its tokens.

    `key_id` names the key that its tokens are encrypted with, None where they are gone;
    `removed_at` is when Slack confirmed that the app was removed there.
    """

    key_id: str | None = None
    removed_at: datetime | None = None

    @property
    def works(self) -> bool:
        """Whether there is a token that nothing speaks against."""
        return self.key_id is not None and self.trouble is None


@dataclass(frozen=True, slots=True)
class Installed:
    """What came of an installation.

    `new` tells that there was none, or a removed one; `back` that it was a removed one, and what
    members keep is still there. `late` tells that a newer one is kept, and
    this one changed nothing. Scopes are compared with the one before.
    """

    new: bool
    scopes_gained: tuple[str, ...] = ()
    scopes_lost: tuple[str, ...] = ()
    late: bool = False
    back: bool = False
