"""How much is filled and measured of what members hold. Every loop is bounded, in count."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SizesPlan:
    """The knobs of this group: numbers of members, in workspaces of so many, over so long."""

    members: tuple[int, ...] = (1_000, 10_000, 50_000)
    per_workspace: int = 1_000
    fortnights: int = 26
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")


SIZES = SizesPlan()
QUICK_SIZES = SizesPlan(members=(1_000, 4_000), fortnights=6)
