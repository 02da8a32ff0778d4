"""Who is brought together with whom: once, rarely, the least asked first, and always the same."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.pairs import (
    Hand,
    Meeting,
    PairState,
    Proposal,
    Proposed,
    proposals,
    state_after,
)
from tests.properties import examples

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def hand(member: int, side: HelpSide, skill: str = "s", *, days: int = 1, id_: int = 0) -> Hand:
    return Hand(id_ or member, member, f"U{member}", skill, side, NOW - days * DAY)


def brought(found: tuple[Proposal, ...]) -> list[tuple[int, int, str]]:
    return [(each.helper.member, each.learner.member, each.skill) for each in found]


def test_the_least_asked_helper_is_asked_and_of_several_the_one_who_offers_longest() -> None:
    hands = (
        hand(1, HelpSide.HELP, days=9),
        hand(2, HelpSide.HELP, days=8),
        hand(3, HelpSide.HELP, days=7),
        hand(4, HelpSide.LEARN),
    )
    busy = (Proposed("t", 1, 9, PairState.PROPOSED), Proposed("t", 2, 9, PairState.DECLINED))
    assert brought(proposals(Meeting(hands, busy), now=NOW)) == [(2, 4, "s")]


def test_who_waits_longest_comes_first_and_nobody_is_asked_twice_in_a_week() -> None:
    hands = (
        hand(1, HelpSide.HELP),
        hand(2, HelpSide.LEARN, days=3),
        hand(3, HelpSide.LEARN, days=5),
    )
    assert brought(proposals(Meeting(hands, ()), now=NOW)) == [(1, 3, "s")]
    asked = Meeting(hands, (), {1: NOW - 6 * DAY})
    assert proposals(asked, now=NOW) == ()
    assert len(proposals(asked, now=NOW + DAY)) == 1
    # What a clock wrote that was wrong keeps nobody waiting.
    assert len(proposals(replace(asked, asked_at={1: NOW + 300 * DAY}), now=NOW)) == 1


def test_a_pair_is_proposed_once_whatever_became_of_it() -> None:
    hands = (hand(1, HelpSide.HELP), hand(2, HelpSide.LEARN))
    for state in PairState:
        assert proposals(Meeting(hands, (Proposed("s", 1, 2, state),)), now=NOW) == ()
    assert len(proposals(Meeting(hands, (Proposed("t", 1, 2, PairState.LAPSED),)), now=NOW)) == 1


def test_a_no_stands_and_two_who_said_yes_are_introduced() -> None:
    answers = (None, True, False)
    found = {(one, other): state_after(one, other) for one in answers for other in answers}
    assert {key for key, state in found.items() if state is PairState.INTRODUCED} == {(True, True)}
    assert all((PairState.DECLINED is state) == (False in key) for key, state in found.items())


_HANDS = st.lists(
    st.builds(
        lambda id_, member, side, skill, days: hand(member, side, skill, days=days, id_=id_),
        st.integers(1, 10_000),
        st.integers(1, 8),
        st.sampled_from(HelpSide),
        st.sampled_from("abc"),
        st.integers(0, 5),
    ),
    max_size=30,
    unique_by=(lambda each: each.id, lambda each: (each.member, each.side, each.skill)),
)


@given(_HANDS, st.randoms(use_true_random=False))
@examples(200)
def test_over_weeks_everybody_is_asked_rarely_and_no_pair_twice(
    hands: list[Hand], chance: random.Random
) -> None:
    known: list[Proposed] = []
    asked: dict[int, datetime] = {}
    for week in range(6):
        now = NOW + week * 4 * DAY
        meeting = Meeting(tuple(hands), tuple(known), asked)
        found = proposals(meeting, now=now)
        chance.shuffle(hands)
        shuffled = Meeting(tuple(hands), tuple(known), asked)
        assert brought(proposals(shuffled, now=now)) == brought(found)
        people = [who for helper, learner, _ in brought(found) for who in (helper, learner)]
        assert len(people) == len(set(people))
        for helper, learner, skill in brought(found):
            assert helper != learner
            assert (skill, helper, learner) not in {
                (each.skill, each.helper, each.learner) for each in known
            }
            for who in (helper, learner):
                assert now - asked.get(who, NOW - 99 * DAY) >= 7 * DAY
                asked[who] = now
            known.append(Proposed(skill, helper, learner, PairState.PROPOSED))
