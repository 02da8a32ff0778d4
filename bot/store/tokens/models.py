"""The table of installations."""

from sqlalchemy import Boolean, Column, LargeBinary, Table

from bot.store.dialect import partial_index
from bot.store.models import RowId, metadata
from bot.store.types import Key, StoredText, TextList, UtcMoment

# One row a tenant, named by its key and not by the workspace's row: what an installation is known
# by never changes, whatever is joined. It goes with the workspace.
installation = Table(
    "installation",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("tenant_key", Key, nullable=False, unique=True),
    # As Slack told them; a workspace of an organisation has both.
    Column("team_id", Key),
    Column("enterprise_id", Key),
    Column("name", StoredText),
    Column("org_wide", Boolean, nullable=False),
    Column("app_id", Key),
    Column("bot_id", Key),
    Column("bot_user_id", Key),
    Column("scopes", TextList, nullable=False),
    Column("installer", Key),
    # The tokens, encrypted, and the name of the key; NULL where they were deleted.
    Column("sealed", LargeBinary),
    Column("key_id", Key),
    Column("expires_at", UtcMoment),
    Column("installed_at", UtcMoment),
    Column("trouble", Key),
    Column("trouble_since", UtcMoment),
    Column("removed_at", UtcMoment),
    # Who exchanges the refresh token just now, and until when nobody else may.
    Column("refreshed_by", Key),
    Column("refresh_until", UtcMoment),
)
# Most tokens last for ever; these are looked at every minute.
partial_index(
    "ix_installation_expires_at", installation.c.expires_at, where="expires_at IS NOT NULL"
)
