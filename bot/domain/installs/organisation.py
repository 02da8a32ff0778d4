"""An organisation with the app org-wide: which workspaces it is in, and whose framework it uses."""

from enum import StrEnum

from bot.domain.errors import NextrungError
from bot.values import dataclass


class NotOrganisationOwner(NextrungError):
    """Only an owner or admin of the organisation may pick its framework. Params: `slack_id`."""

    code = "not_organisation_owner"


class NoSuchPart(NextrungError):
    """The workspace whose framework was picked is none that the organisation met. Params: none."""

    code = "no_such_part"


class Choice(StrEnum):
    """Whether a framework was picked; *open* where there are several and nobody has."""

    NONE = "none"
    OPEN = "open"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Part:
    """What one workspace had decided before it was the organisation's; nothing of it is lost.

    `catalogue` is the key of its own framework, with its `name` in its base language and its sizes;
    None where it used the built-in one, and only had owners or working hours of its own. `team_id`
    is None for what the organisation published itself.
    """

    team_id: str | None
    team: str
    catalogue: str | None = None
    name: str = ""
    roles: int = 0
    skills: int = 0
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frameworks:
    """What an organisation has met. `used` is the one of the parts that it uses, if any."""

    choice: Choice = Choice.NONE
    parts: tuple[Part, ...] = ()
    used: Part | None = None

    @property
    def others(self) -> tuple[Part, ...]:
        """The parts that are kept and not used."""
        return tuple(each for each in self.parts if each != self.used)


@dataclass(frozen=True, slots=True)
class FrameworksSeen:
    """What a member sees of it: `may_pick` for an owner of the organisation."""

    frameworks: Frameworks
    may_pick: bool = False
