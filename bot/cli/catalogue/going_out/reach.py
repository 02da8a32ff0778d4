"""What goes with a revision on the command line: told first, and said with options what takes over.

Nothing is ever asked: what is missing is an error that names the options to give.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

from bot.cli.catalogue.desk import Desk
from bot.cli.catalogue.printing import say
from bot.domain.catalogue.diff import diff
from bot.domain.catalogue.goings import (
    Decisions,
    Going,
    GoingKey,
    GoingPart,
    Goings,
    UnknownGoing,
    goings,
    moves_by,
    successors,
)
from bot.domain.catalogue.publication import same_name
from bot.domain.catalogue.reach import People, Reach, people_by_role, reach_of
from bot.domain.errors import NextrungError
from bot.domain.framework import CatalogueContent
from bot.domain.moves import Moves
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Tenant
from bot.values import dataclass

_OPTIONS = {
    GoingPart.ROLE: "--map-role",
    GoingPart.LEVEL: "--map-level",
    GoingPart.SKILL: "--map-skill",
}
_SHOWN = 8


class GoingUnsaid(NextrungError):
    """A role goes, and the options do not say what becomes of it. Params: `remedy`."""

    code = "going_unsaid"


@dataclass(frozen=True, slots=True)
class Said:
    """What the options say: OLD=NEW for each kind, roles that end, and the catalogue's name."""

    roles: Sequence[str] = ()
    levels: Sequence[str] = ()
    skills: Sequence[str] = ()
    ends: Sequence[str] = ()
    confirm: str = ""


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes from what members see, what it reaches, and where it was said to lead."""

    goings: Goings
    reach: Reach
    decisions: Decisions
    moves: Moves
    new: CatalogueContent


async def leaving(
    desk: Desk,
    key: str,
    before: Catalogue,
    new: CatalogueContent,
    said: Said,
    tenant: Tenant | None,
) -> Leaving:
    """Work out what goes.

    Raises:
        UnknownGoing: an option maps what does not go, or to what is not there.
        StoreUnavailable: the database failed.
    """
    gone = goings(before.content, new)
    decisions = _decisions(gone, said, new)
    moves = moves_by(decisions, before.content, new)
    changes = await asyncio.to_thread(diff, before.content, new)
    return Leaving(
        gone, reach_of(changes, await _people(desk, key, before, tenant)), decisions, moves, new
    )


async def seen(desk: Desk, key: str, tenant: Tenant | None) -> Catalogue | None:
    """Return what members see before: the key's newest revision, else what the workspace uses."""
    newest = await desk.newest(key)
    if newest is not None or tenant is None:
        return newest
    used = dict(await desk.database.catalogues.workspaces()).get(tenant)
    return await desk.newest(used) if used else None


def check(found: Leaving, said: Said) -> None:
    """Return where everything is said that has to be before roles go.

    Raises:
        GoingUnsaid: something is missing; the remedy names the options.
    """
    roles = found.goings.of(GoingPart.ROLE)
    unsaid = [each for each in roles if each.at not in found.decisions]
    missing = [f"--map-role {each.at.key}=NEW or --ends {each.at.key}" for each in unsaid[:_SHOWN]]
    if len(unsaid) > _SHOWN:
        missing.append(f"and so on for {len(unsaid) - _SHOWN} more")
    name = found.new.name.base
    if roles and not same_name(said.confirm, name):
        missing.append(f"--confirm “{name}”")
    if missing:
        gone = f"{_counted(GoingPart.ROLE, found.goings)}: {_names(roles)}."
        options = "; ".join(missing)
        raise GoingUnsaid(
            remedy=f"{gone} Say what takes over from each, or that it ends: {options}."
        )


def print_leaving(found: Leaving) -> None:
    """Say what goes, before anything else, then how many people have something there."""
    _print_going(found.goings, lambda each: _end(each, found))
    say(reach_words(found.reach))


def print_ended(gone: Goings) -> None:
    """Say what ends by going back: all of it, for nothing can be mapped there."""
    _print_going(gone, lambda _: "ends")


def _print_going(goings: Goings, end: Callable[[Going], str]) -> None:
    for part in GoingPart:
        gone = goings.of(part)
        if not gone:
            continue
        say(f"{_counted(part, goings)}:", style="bold yellow")
        for each in gone if part is GoingPart.ROLE else gone[:_SHOWN]:
            say(f"- {each.name.base} ({each.at.key}): {end(each)}", indent=2)
        rest = 0 if part is GoingPart.ROLE else len(gone) - _SHOWN
        if rest > 0:
            say(f"and {rest} more", indent=2)


def reach_words(reach: Reach) -> str:
    """Return how many people have something where it changes."""
    if not reach.roles:
        return "No role asks for anything else than before."
    many = reach.roles > 1
    roles = f"the {reach.roles} roles that change" if many else "the role that changes"
    # Each role is counted by itself: of two roles with four people each nothing more is told.
    each, them = ("each of ", "in each of them") if many else ("", "there")
    goals = f"at least {reach.goals} people have a goal in {roles}"
    if not reach.goals:
        goals = f"fewer than five people have a goal in {each}{roles}"
    marks = f"at least {reach.marks} have most of their marks there"
    if not reach.marks:
        marks = f"fewer than five have most of their marks {them}"
    return f"Reach: {goals}, and {marks}."


def leaving_data(found: Leaving) -> dict[str, object]:
    """Return the same as JSON shows it; 0 people are fewer than five."""
    return {
        "going": [
            {
                **_named_data(each),
                "leads_to": found.decisions.get(each.at),
                "proposed": each.proposed,
            }
            for each in found.goings.every
        ],
        "reach": {
            "roles": found.reach.roles,
            "people_with_goals": found.reach.goals,
            "people_with_marks": found.reach.marks,
        },
    }


def ended_data(gone: Goings) -> dict[str, object]:
    """Return what `print_ended` says as JSON shows it."""
    return {"ends": [_named_data(each) for each in gone.every]}


def _named_data(going: Going) -> dict[str, str]:
    return {"part": going.at.part.value, "key": going.at.key, "name": going.name.base}


async def _people(desk: Desk, key: str, before: Catalogue, tenant: Tenant | None) -> People:
    """Return how many people stand in each role, in all workspaces that see the catalogue."""
    users = {each for each, own in await desk.database.catalogues.workspaces() if own == key}
    goals: Counter[str] = Counter()
    marks: list[tuple[int, str, int]] = []
    for each in users | ({tenant} if tenant else set()):
        async with desk.database.read(each) as work:
            goals.update(await work.reach.goals())
            marks += await work.reach.marks()
    return people_by_role(goals, marks, before.moves)


def _decisions(gone: Goings, said: Said, new: CatalogueContent) -> Decisions:
    """Return what the options decide.

    Raises:
        UnknownGoing: an option is not OLD=NEW, or names what does not go.
    """
    decided: dict[GoingKey, str | None] = {}
    for part, pairs in (
        (GoingPart.ROLE, said.roles),
        (GoingPart.LEVEL, said.levels),
        (GoingPart.SKILL, said.skills),
    ):
        for pair in pairs:
            old, _, target = pair.partition("=")
            if not (old and target):
                raise UnknownGoing(remedy=f"“{pair}” is not OLD=NEW, as {_OPTIONS[part]} takes it.")
            decided.update({each.at: target for each in _named(part, old, target, gone, new)})
    for key in said.ends:
        decided.update({each.at: None for each in _named(GoingPart.ROLE, key, "", gone, new)})
    return decided


def _named(
    part: GoingPart, key: str, target: str, gone: Goings, new: CatalogueContent
) -> list[Going]:
    """Return what goes under a key: a level in each ladder that has what takes over."""
    found = [each for each in gone.of(part) if each.at.key == key]
    if not found:
        names = ", ".join(each.at.key for each in gone.of(part)) or "none"
        raise UnknownGoing(remedy=f"The {part} “{key}” does not go. What goes: {names}.")
    fitting = [
        each
        for each in found
        if not target or any(to.key == target for to in successors(each, new))
    ]
    if not fitting:
        raise UnknownGoing(remedy=f"There is no {part} “{target}” for “{key}” to lead to.")
    return fitting


def _counted(part: GoingPart, gone: Goings) -> str:
    count, total = len(gone.of(part)), gone.before[part]
    return f"{count} of {total} {part}s {'goes' if count == 1 else 'go'}"


def _names(gone: Sequence[Going]) -> str:
    named = [f"{each.name.base} ({each.at.key})" for each in gone[:_SHOWN]]
    return ", ".join([*named, "…"] if len(gone) > _SHOWN else named)


def _end(each: Going, found: Leaving) -> str:
    target = found.decisions.get(each.at)
    if target is not None:
        return f"leads to {target}"
    if each.at in found.decisions or each.at.part is not GoingPart.ROLE:
        return "ends"
    return f"not said yet; “{each.proposed}” has its name" if each.proposed else "not said yet"
