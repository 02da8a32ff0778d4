"""The table of installations that were begun in a browser and not finished yet."""

from sqlalchemy import Column, Table

from bot.store.models import metadata
from bot.store.types import Key, UtcMoment

# No tenant: nobody knows yet which workspace it becomes. Digests only, so that whoever can read the
# database can finish nobody's installation.
oauth_state = Table(
    "oauth_state",
    metadata,
    Column("state", Key, primary_key=True),
    Column("browser", Key, nullable=False),
    Column("expires_at", UtcMoment, nullable=False, index=True),
)
