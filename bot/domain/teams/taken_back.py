"""What is to be taken back of what was sent, by Slack's names for it and nobody's."""

import json
from typing import Any

from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Messages as (channel, ts), ids of files, and (id, language) of modals that may stand open.

    `teams` are those of these modals, by their ids, that show something of others as well.
    """

    messages: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    views: tuple[tuple[str, str], ...] = ()
    teams: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.messages or self.files or self.views)

    def written(self) -> str:
        """Return it as the request of an errand."""
        told = {"messages": self.messages, "files": self.files, "views": self.views}
        return json.dumps({**told, "teams": sorted(self.teams)})


def read_taken_back(request: str) -> TakenBack:
    """Return what `TakenBack.written` wrote."""
    found: dict[str, Any] = json.loads(request)
    return TakenBack(
        tuple((str(channel), str(ts)) for channel, ts in found["messages"]),
        tuple(map(str, found["files"])),
        tuple((str(view), str(language)) for view, language in found["views"]),
        # What an older version kept has none.
        frozenset(map(str, found.get("teams", ()))),
    )
