"""How an installation stands, in words."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.installs.installation import KnownInstallation
from bot.services.installs.rotation import LOST

_AGAIN = "Let somebody there install the app again; nothing that members hold is lost."


def moment(at: datetime | None) -> str:
    """Return a moment as it is shown, in UTC; empty where there is none."""
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def state_of(found: KnownInstallation, key_ids: Collection[str], kept_for: timedelta) -> str:
    """Return how it stands, in a few words."""
    if found.removed_at is not None:
        gone = found.removed_at + kept_for
        return f"removed {moment(found.removed_at)}; its data goes {moment(gone)}"
    if found.trouble is not None:
        return f"{found.trouble.reason} since {moment(found.trouble.since)}"
    if found.key_id is not None and found.key_id not in key_ids:
        return f"needs the key {found.key_id}, which is not set"
    return "works" if found.works else "has no token"


def remedy_of(found: KnownInstallation, key_ids: Collection[str]) -> str:
    """Return what to do about it; empty where there is nothing to do."""
    if found.removed_at is not None:
        return ""
    if found.trouble is not None:
        if found.trouble.reason == LOST:
            return f"Slack exchanged the token, and its answer never came. {_AGAIN}"
        if found.trouble.reason == "invalid_auth":
            return f"May be an address that the workspace does not allow. Otherwise: {_AGAIN}"
        return _AGAIN
    if found.key_id is not None and found.key_id not in key_ids:
        return f"Set that key again in NEXTRUNG_TOKEN_KEYS. If it is lost: {_AGAIN}"
    return "" if found.works else _AGAIN
