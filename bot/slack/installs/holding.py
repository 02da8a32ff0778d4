"""Requests beyond what a member, or a workspace, is answered in a minute."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.errors import TooMuchAtOnce
from bot.domain.tenancy import Tenant
from bot.services.installs.limits import Limits
from bot.slack.press import Kind

# What a closed form gives back was asked for before. A search asks with each letter.
_COSTS: Mapping[Kind, float] = MappingProxyType({Kind.CLOSED: 0.0, Kind.SUGGESTION: 0.2})
# What is told in the ack itself; any other word costs a call of Slack's.
_TOLD_IN_ACK = frozenset({Kind.COMMAND, Kind.FORM, Kind.SUGGESTION})


def held_back(limits: Limits, kind: Kind, tenant: Tenant, slack_id: str) -> bool:
    """Count a request; tell whether it is only to be acknowledged, for it was told before.

    Raises:
        TooMuchAtOnce: it is not to be answered, and the member is to be told.
    """
    held = limits.take(tenant, slack_id, _COSTS.get(kind, 1.0))
    if held is None:
        return False
    if held.first or kind in _TOLD_IN_ACK:
        raise TooMuchAtOnce(seconds=held.seconds, shared=held.shared)
    return True
