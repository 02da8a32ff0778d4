"""What services ask Slack about organisations, as a Protocol."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.tenancy import Tenant


class NotInOrganisation(Exception):
    """The workspace is in no organisation: its people's ids are what they were."""


class NoAnswer(Exception):
    """Slack did not answer, or refused. `seconds` is how long to wait, where Slack says it."""

    def __init__(self, code: str, seconds: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.seconds = seconds


class Directory(Protocol):
    """Slack, asked with the token of an installation."""

    async def new_ids(
        self, tenant: Tenant, team_id: str, slack_ids: Sequence[str]
    ) -> Mapping[str, str]:
        """Return the ids that people of a workspace have in its organisation, by their old ones.

        Who has no other has the same. Who is unknown there is left out. At most `MOST_IDS` at once.

        Raises:
            NotInOrganisation: the workspace is in none.
            NoAnswer: it is not known.
        """
        ...

    async def teams(self, tenant: Tenant) -> Mapping[str, str]:
        """Return the workspaces that the organisation's token may be used in: names by ids.

        Raises:
            NoAnswer: it is not known.
        """
        ...

    async def is_installed(self, tenant: Tenant) -> bool:
        """Tell whether this is an installation of ours with a token that works.

        Raises:
            NoAnswer: it is not known.
        """
        ...


MOST_IDS = 400
"""So many ids are exchanged in one call."""
