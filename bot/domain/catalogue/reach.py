"""How far publishing reaches: which roles it touches, and how many people have something there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.domain.catalogue.differences import Aspect, CatalogueDiff, Difference, Edit, Part
from bot.domain.catalogue.people import counted_people
from bot.domain.moves import Moves
from bot.values import dataclass

# What changes nothing that anybody was asked for.
_SILENT = frozenset((Edit.TRANSLATED, Edit.AMENDED))


@dataclass(frozen=True, slots=True)
class People:
    """How many people have their goal, and how many have most of their marks, in each role.

    Roles are named by the keys of the catalogue that members see. Everybody counts in one role at
    most for their goal, and in one at most for their marks: what is not counted twice can be told
    without telling about one of them (see `counted_people`).
    """

    goals: Mapping[str, int]
    marks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people there are at least, in fives: with a goal, or marks, in a touched role.

    `roles` counts the roles that are touched.
    """

    roles: int = 0
    goals: int = 0
    marks: int = 0


NOBODY_REACHED = Reach()


def touched_roles(changes: CatalogueDiff) -> frozenset[str]:
    """Return the keys of the older content's roles in which something that is asked for changes."""
    here = {each.key for each in changes.old.roles}
    return frozenset(key for each in changes.differences for key in _touched(each, changes)) & here


def reach_of(changes: CatalogueDiff, people: People) -> Reach:
    """Return how far the changes reach.

    People are counted by whole roles: a smaller change does not tell about fewer of them.
    """
    touched = sorted(touched_roles(changes))
    return Reach(
        len(touched),
        counted_people(*(people.goals.get(each, 0) for each in touched)),
        counted_people(*(people.marks.get(each, 0) for each in touched)),
    )


def _touched(each: Difference, changes: CatalogueDiff) -> Iterator[str]:
    if each.edit in _SILENT:
        return
    match each.part:
        case Part.EXPECTATION:
            yield each.path[0]
        case Part.ROLE if each.edit is Edit.REMOVED or each.aspect is Aspect.LADDER:
            yield each.path[0]
        case Part.LEVEL if each.edit is Edit.REMOVED:
            yield from (role.key for role in changes.old.roles if role.ladder.key == each.path[0])


def people_by_role(
    goals: Mapping[str, int], marks: Iterable[tuple[int, str, int]], moves: Moves
) -> People:
    """Return where people stand, each in one role.

    Args:
        goals: how many active goals name each role; nobody has two.
        marks: (member, role, marks there) for each role in which a member ever marked anything.
        moves: what older keys stand for in the catalogue that members see.
    """
    held: dict[int, Counter[str]] = defaultdict(Counter)
    for member, role, count in marks:
        held[member][moves.role(role)] += count
    main = Counter(_most(each) for each in held.values())
    by_goal: Counter[str] = Counter()
    for role, count in goals.items():
        by_goal[moves.role(role)] += count
    return People(by_goal, main)


def _most(marks: Counter[str]) -> str:
    """Return the role with most marks; of several the first by its key."""
    return min(marks, key=lambda role: (-marks[role], role))
