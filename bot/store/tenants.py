"""How a tenant is kept: one canonical text that is never NULL, so that it can be unique."""

from functools import lru_cache
from urllib.parse import quote

from bot.domain.tenancy import Tenant


@lru_cache(maxsize=1_024)
def tenant_key(tenant: Tenant) -> str:
    """Return a text that two tenants share only if they are the same.

    The parts are quoted, so that no part can contain the separator.
    """
    enterprise = quote(tenant.enterprise_id or "", safe="")
    return f"{enterprise}/{quote(tenant.team_id or '', safe='')}"
