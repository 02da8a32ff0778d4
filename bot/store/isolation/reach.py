"""Whose rows a transaction may see: one tenant's, nobody's, or those of all tenants.

On PostgreSQL that is said with BEGIN, in the same batch, so that it holds behind a pooler as well.
The policies of `policies` read it. SQLite has no second lock: there the queries alone decide.
"""

from enum import Enum

from bot.domain.tenancy import Tenant
from bot.store.tenants import tenant_key


class Across(Enum):
    """All there is that crosses tenants. Everything else sees one tenant's rows, or none.

    A new way needs a line here; `tests/integration/store/isolation` knows where each is gone.
    """

    CHANGES = "caches hear what changed, and what is older is thrown away"
    INSTALLATIONS = "a request may be for several tenants: those that are installed are found"
    PLANNING = "plans that are due are moved on, whoever's they are"
    ROTATING = "tokens that end are found where nudges are due soon"
    SENDING = "workspaces with something to send are found and held, nudges marked"
    ERRANDS = "errands that a process left are found and taken"
    NEWS = "goals that a revision changed are found"
    HELPING = "helpers and learners are found, to ask Slack about and to bring together"
    COUNTING = "workspaces are found of which a month is over that was not counted yet"
    ACTIONS = "dated actions whose day has come are found"
    SHARES = "shares that lapse, or that somebody is to be asked about, are found"
    TALKS = "talks whose brief is due are found"
    DRAFTS = "drafts whose moment has come are found and claimed"
    SWEEPING = "what is kept for a time only is thrown away"
    OPERATING = "the operator of the installation looks and decides"
    JOINING = "parts of a workspace are joined, and people go over to their organisation"
    MOVING = "every process hears which workspaces are paused or refused"
    ORGANISING = "what an organisation brought is found, told to its people, and picked"
    RESTORING = "what lies between a backup and now is settled"
    COPYING = "everything is backed up or copied"


Reach = Tenant | Across | None
"""A tenant, a way across, or None: no row of any tenant."""

# Which role that is stands in the policy itself. Where there is none the lock is not in force; came
# it into force just now, what would then be hidden in silence is an error instead.
_TAKE_ROLE = """
SELECT set_config('role', coalesce(found.name, 'none'), true),
    set_config('row_security', CASE WHEN found.name IS NULL THEN 'off' ELSE 'on' END, true)
FROM (SELECT (SELECT pg_get_userbyid(polroles[1]) FROM pg_policy
    WHERE polrelid = to_regclass('workspace') AND polname = 'across') AS name) AS found
"""
CROSS = " ".join(_TAKE_ROLE.split())
"""Takes the role that crosses tenants, until the transaction ends, where the lock is in force."""

COME_BACK = "SET LOCAL ROLE NONE; SET LOCAL row_security = off"
"""Gives that role back within the transaction: rows of tenants are an error from then on."""


def reach_words(reach: Reach) -> tuple[str, ...]:
    """Return the statements that say whose rows a transaction of PostgreSQL's may see."""
    key = tenant_key(reach) if isinstance(reach, Tenant) else ""
    # Quoted as an address is, the key has no character that SQL would read.
    words = (f"SET LOCAL app.tenant = '{key}'",)
    return (*words, CROSS) if isinstance(reach, Across) else words
