"""Where keys lead: by example, and that nothing is lost on the way there and back."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.people import counted_people
from bot.domain.moves import NO_MOVES, Keys, Moves, carried_on, taken_back

A, B = "baker", "pastry-cook"


def keys(*roles: str, levels: tuple[str, ...] = ("junior", "senior"), skills: str = "s") -> Keys:
    return Keys(
        frozenset(roles),
        frozenset((role, level) for role in roles for level in levels),
        frozenset(skills),
    )


def moved(old: str, new: str, **levels: str) -> Moves:
    return Moves({old: new}, {(old, level): (new, now) for level, now in levels.items()})


STEP = moved(A, B, junior="junior", senior="senior")


def test_a_key_that_is_there_stands_for_itself() -> None:
    assert carried_on(NO_MOVES, STEP, keys(A, B)) == NO_MOVES
    assert carried_on(NO_MOVES, STEP, keys(B)).rung(A, "senior") == (B, "senior")
    assert NO_MOVES.rung(A, "senior") == (A, "senior")


def test_two_steps_are_one_way() -> None:
    once = carried_on(NO_MOVES, STEP, keys(B))
    again = moved(B, "confectioner", junior="one", senior="two")
    twice = carried_on(once, again, keys("confectioner", levels=("one", "two")))
    assert twice.rung(A, "senior") == twice.rung(B, "senior") == ("confectioner", "two")
    assert twice.role(A) == "confectioner"


def test_going_back_restores_the_old_key_and_leads_what_came_meanwhile_to_it() -> None:
    once = carried_on(NO_MOVES, STEP, keys(B))
    back = taken_back(once, NO_MOVES, keys(A))
    assert back.rung(A, "senior") == (A, "senior")
    assert back.rung(B, "senior") == (A, "senior")
    assert back.role(B) == A


def test_of_two_that_became_one_the_first_by_its_key_gets_it_back() -> None:
    merged = Moves({"a": "c", "b": "c"}, {("a", "x"): ("c", "x"), ("b", "x"): ("c", "x")})
    once = carried_on(NO_MOVES, merged, keys("c", levels=("x",)))
    back = taken_back(once, NO_MOVES, keys("a", "b", levels=("x",)))
    assert back.rung("c", "x") == ("a", "x")
    assert back.rung("b", "x") == ("b", "x")


def test_what_ended_stays_where_it_was() -> None:
    once = carried_on(NO_MOVES, STEP, keys(B))
    ended = carried_on(once, NO_MOVES, keys("cook"))
    assert ended.rung(A, "senior") == (B, "senior")
    # A revision that has it again finds what was marked as it was first called.
    assert carried_on(ended, NO_MOVES, keys(B)).rung(A, "senior") == (B, "senior")


ROLES = st.sets(st.sampled_from("abcdef"), min_size=1, max_size=4)
LEVELS = ("x", "y")


def held(roles: set[str]) -> Keys:
    return keys(*roles, levels=LEVELS, skills="".join(sorted(roles)))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Keys], list[Moves]]:
    """Revisions one after another, each with what was decided of all that went."""
    revisions = [held(draw(ROLES))]
    moves = [NO_MOVES]
    for _ in range(draw(st.integers(1, 5))):
        now = held(draw(ROLES))
        roles = {}
        for gone in sorted(set(revisions[-1].roles) - set(now.roles)):
            target = draw(st.none() | st.sampled_from(sorted(now.roles)))
            if target:
                roles[gone] = target
        rungs = {
            (old, level): (new, draw(st.sampled_from(LEVELS)))
            for old, new in roles.items()
            for level in LEVELS
        }
        moves.append(carried_on(moves[-1], Moves(roles, rungs, roles), now))
        revisions.append(now)
    return revisions, moves


@given(histories())
def test_what_is_there_always_stands_for_itself(
    history: tuple[list[Keys], list[Moves]],
) -> None:
    for now, moves in zip(*history, strict=True):
        for rung in now.rungs:
            assert moves.rung(*rung) == rung
        assert {moves.role(each) for each in now.roles} == set(now.roles)
        assert {moves.skill(each) for each in now.skills} == set(now.skills)


@given(histories(), st.data())
def test_map_then_roll_back_restores(
    history: tuple[list[Keys], list[Moves]], data: st.DataObject
) -> None:
    """Each revision that comes back shows all its keys as it did; whatever happened since."""
    revisions, moves = history
    number = data.draw(st.integers(0, len(revisions) - 1))
    back = taken_back(moves[-1], moves[number], revisions[number])
    for rung in revisions[number].rungs:
        assert back.rung(*rung) == rung
    for old, new in moves[number].rungs.items():
        assert back.rung(*old) == new
    # What led to a key which is there still leads to one that is there.
    for old, new in moves[-1].rungs.items():
        if new in revisions[number].rungs and old not in moves[number].rungs:
            assert back.rung(*old) in revisions[number].rungs


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 7), st.integers(0, 4))
def test_one_group_more_tells_no_more_than_the_group_alone(
    groups: list[int], at: int, fewer: int
) -> None:
    """Dry runs over any sets of roles never tell about fewer than five people."""
    whole = counted_people(*groups)
    assert whole % 5 == 0
    assert whole <= sum(groups)
    for number, each in enumerate(groups):
        rest = groups[:number] + groups[number + 1 :]
        assert whole - counted_people(*rest) == counted_people(each)
    assert counted_people(*groups, fewer) == whole


def test_fewer_than_five_are_nobody_and_others_come_in_fives() -> None:
    assert [counted_people(each) for each in (0, 1, 4, 5, 9, 10, 14)] == [0, 0, 0, 5, 5, 10, 10]
