"""What a member typed after a command, as they typed it."""

import re
from collections.abc import Mapping
from typing import Any

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))


def typed_text(command: Mapping[str, Any]) -> str:
    """Return the text of a command's payload; empty where there is none.

    Slack writes three characters as entities. They are decoded here, once, and nowhere else: who
    types "&amp;" itself sends "&amp;amp;", and gets back what they typed.
    """
    text = command.get("text")
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text) if isinstance(text, str) else ""
