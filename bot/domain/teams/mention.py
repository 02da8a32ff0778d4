"""Whom a typed text names: a member, by the mention that Slack makes of a typed name."""

import re

# As Slack sends it where commands are escaped; a bare name is nobody's id.
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>", re.IGNORECASE)


def mentioned(text: str) -> str | None:
    """Return the Slack id of the one member that a text names; None for none, or for several."""
    found = {each.upper() for each in _MENTION.findall(text)}
    return found.pop() if len(found) == 1 else None
