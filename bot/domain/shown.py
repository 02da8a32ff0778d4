"""Text of members and catalogues, ready for any document."""

import re

# Control characters, half pairs, and signs that turn the direction of all that follows.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def shown(text: str) -> str:
    """Return the text without what cannot be seen and would disturb what stands beside it."""
    return _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
