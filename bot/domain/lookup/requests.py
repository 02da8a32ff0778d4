"""What to show: one small value per card, the same whether it was typed or pressed.

A request names catalogue values by stable key, so it survives a new revision. Pages count from 0.
"""

from typing import NamedTuple

from bot.domain.tenancy import Member
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class ShowSkill:
    """The profile of a skill, at a level (else the viewer's own), one role first."""

    skill: str
    levels: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ShowGroup:
    """The skills of a group, for a role (else the viewer's own, else all roles)."""

    group: str
    levels: tuple[str, ...] = ()
    role: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowRole:
    """A role: its ladder, and its skills by domain."""

    role: str
    levels: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowDomain:
    """The groups of a domain."""

    domain: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowCatalogue:
    """All domains, to browse."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowGap:
    """The way to a level of a role. Without `origin_role` it starts from the same role.

    `check` asks for what the member is to confirm in place of what is open.
    """

    role: str | None = None
    levels: tuple[str, ...] = ()
    origin_role: str | None = None
    origin_levels: tuple[str, ...] = ()
    page: int = 0
    check: bool = False


@dataclass(frozen=True, slots=True)
class ShowDetails:
    """One cell of the catalogue in full, beside its neighbours; opened from the card `back`."""

    skill: str
    role: str
    level: str
    back: "ShowCard | None" = None


ShowCard = ShowSkill | ShowGroup | ShowRole | ShowDomain | ShowCatalogue | ShowGap


class Viewer(NamedTuple):
    """What of a member shapes a card: the recorded role and level, by key.

    A named tuple, for cards are remembered by it: each answer hashes it several times.
    """

    role: str | None = None
    level: str | None = None


ANYONE = Viewer()


def viewer_of(member: Member) -> Viewer:
    """Return what of a member shapes a card."""
    return Viewer(member.role_key, member.level_key)
