"""What the slash commands are called here: an installation may put a prefix before each name."""

import re

NAMES = ("/skill", "/promote-gap", "/growth")
_WORDS = "|".join(name[1:] for name in NAMES)
# A name by itself: no part of a path, an address or a longer word. Letters are ASCII's, for in
# Chinese a name stands between characters.
_NAME = re.compile(rf"(?<![A-Za-z0-9_./-])/(?=(?:{_WORDS})(?![A-Za-z0-9_/-]))")


class CommandNames:
    """The names that members type. Without a prefix they are those that the code is written in."""

    def __init__(self, prefix: str | None = None) -> None:
        """`prefix` is "acme" for `/acme-skill`."""
        self.prefix = prefix or ""
        self._slash = f"/{prefix}-" if prefix else "/"

    @property
    def all(self) -> tuple[str, ...]:
        """Every name, as Slack is told it."""
        return tuple(map(self.in_text, NAMES))

    def in_text(self, text: str) -> str:
        """Return a text of our own with each command in it called as it is here.

        Never for what members wrote: that stays as they typed it.
        """
        return _NAME.sub(self._slash, text) if self.prefix else text


def plain_name(name: str) -> str:
    """Return by which name the code knows a command that Slack has sent.

    Any prefix will do: Slack sends what our own app's settings say, and a prefix that changes is
    another for a while in Slack than here. A name that is none of ours stays as it is.
    """
    if name in NAMES:
        return name
    return next((each for each in NAMES if name.endswith(f"-{each[1:]}")), name)
