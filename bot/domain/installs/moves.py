"""A workspace that moves into an Enterprise organisation: paused until that is over."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import NextrungError
from bot.domain.tenancy import Tenant
from bot.values import dataclass

PAUSED_AT_MOST = timedelta(hours=24)
"""Where Slack never says that a move is over, the pause ends by itself after this."""


EXTERNAL = "external"
"""Why a member of another workspace, met in a connected channel, gets nothing by itself."""
REFUSED = "refused"
"""Why a member gets no nudges who is only in workspaces that the organisation took the app from."""


class WorkspaceMoving(NextrungError):
    """The workspace is moving into an organisation; nothing is written meanwhile. Params: none."""

    code = "workspace_moving"


class WorkspaceRefused(NextrungError):
    """The organisation has taken the app out of this workspace. Params: none."""

    code = "workspace_refused"


class NotOfThisWorkspace(NextrungError):
    """Somebody of another workspace, met in a connected channel: nothing is kept of them.

    Params: none.
    """

    code = "not_of_this_workspace"


class Stage(StrEnum):
    """How far a move is.

    *Mapping* is learning the new ids of people, *joining* giving what they hold to the
    organisation's installation. A *lapsed* one ended without a word of Slack's.
    """

    MOVING = "moving"
    MAPPING = "mapping"
    JOINING = "joining"
    DONE = "done"
    LAPSED = "lapsed"


UNDER_WAY = frozenset({Stage.MOVING, Stage.MAPPING, Stage.JOINING})


@dataclass(frozen=True, slots=True)
class GridMove:
    """A move of the workspace `tenant`.

    `organisation` is the id of the organisation whose org-wide installation the people belong to
    from now on, None where the workspace keeps its own. `mapped` people got another id, `unknown`
    ids Slack does not know; `joined` people went over to the organisation, `people` of them were
    known in both. `listed` tells that it is known of whom Slack is to be asked, `trouble` why it
    does not go on or did not end well, as a code.
    """

    tenant: Tenant
    stage: Stage
    since: datetime
    until: datetime
    organisation: str | None = None
    mapped: int = 0
    unknown: int = 0
    people: int = 0
    joined: int = 0
    trouble: str | None = None
    listed: bool = False

    def pauses(self, now: datetime) -> bool:
        """Tell whether the workspace is paused; never for long, whatever a clock has written."""
        return self.stage in UNDER_WAY and now < self.until <= now + PAUSED_AT_MOST

    @property
    def notable(self) -> bool:
        """Whether the operator should know of it: under way, or not ended as it should."""
        return self.stage is not Stage.DONE or self.trouble is not None or self.unknown > 0
