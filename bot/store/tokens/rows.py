"""A row of an installation, and what it says."""

from typing import Any

from sqlalchemy import Row

from bot.domain.installs.installation import Facts, Installation, KnownInstallation, Trouble
from bot.domain.tenancy import Tenant
from bot.store.tokens.keys import Sealed, TokenKeys

FACTS = (
    *("team_id", "enterprise_id", "name", "org_wide", "app_id", "bot_id", "bot_user_id"),
    *("scopes", "installer", "expires_at", "installed_at"),
)
"""The columns that say something of an installation besides its tokens and its trouble."""


def with_tokens(row: Row[Any], keys: TokenKeys) -> Installation:
    """Return a row as an installation, with its tokens, which it has.

    Raises:
        NoTokenKeys, TokenKeyMissing: they cannot be decrypted.
    """
    tokens = keys.open(row.tenant_key, sealed_of(row))
    return Installation(**_facts(row), token=tokens.token, refresh_token=tokens.refresh_token)


def known_of(row: Row[Any]) -> KnownInstallation:
    """Return a row as it is kept, without its tokens."""
    return KnownInstallation(**_facts(row), key_id=row.key_id, removed_at=row.removed_at)


def sealed_of(row: Row[Any]) -> Sealed:
    """Return the encrypted tokens of a row that has some."""
    return Sealed(row.key_id, bytes(row.sealed))


def tenant_of(row: Row[Any] | Facts) -> Tenant:
    """Return whose it is, by its ids: with an organisation's installation a team may come along."""
    return Tenant(None if row.org_wide else row.team_id, row.enterprise_id)


def _facts(row: Row[Any]) -> dict[str, Any]:
    trouble = Trouble(row.trouble, row.trouble_since) if row.trouble else None
    told = {name: getattr(row, name) for name in FACTS}
    return told | {"tenant": tenant_of(row), "trouble": trouble}
