"""An installation whose commands have a prefix."""

import re

from bot.domain.installs.command_names import CommandNames

ACME = CommandNames("acme")
# Looser than the product's own pattern, so that it also finds what that one would miss.
_PLAIN = re.compile(r"(?<![A-Za-z0-9_./-])/(?:skill|promote-gap|growth)(?![A-Za-z0-9_-])")


def named_plainly(text: str) -> list[str]:
    """Return the commands that a text names without a prefix."""
    return _PLAIN.findall(text)
