"""What a member typed after a command, as they typed it."""

import re

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))


def typed_text(sent: str) -> str:
    """Return the text of a command as it was typed.

    Slack writes three characters as entities. They are decoded here, once, and nowhere else: who
    types "&amp;" itself sends "&amp;amp;", and gets back what they typed.
    """
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], sent)
