"""Where the pages of a framework are: by the keys of roles and skills, so that links last."""

import hashlib
import re

_FILE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 120
# What Windows takes for a device, whatever follows the dot.
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


def file_of(key: str) -> str:
    """Return the name of a key's page, without an ending: the key itself, where a file may be
    called so; else letters and digits that stay the same for it."""
    if len(key) <= _LONGEST and _FILE.fullmatch(key) and not _DEVICES.fullmatch(key):
        return key
    return f"x-{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:16]}"


def role_address(key: str) -> str:
    """Return the address of a role's page within its language."""
    return f"roles/{file_of(key)}.html"


def skill_address(key: str) -> str:
    """Return the address of a skill's page within its language."""
    return f"skills/{file_of(key)}.html"
