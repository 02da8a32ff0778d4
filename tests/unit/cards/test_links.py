"""Requests as strings: what a button carries comes back as it went."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.limits import BLOCK_ID
from bot.cards.links import Request, decode, encode
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import (
    AddEvidence,
    Assess,
    EditEvidence,
    HandleAction,
    MarkCell,
    MarkOtherwise,
    PlanAction,
    ShowActions,
    ShowEvidence,
)
from bot.domain.lookup.requests import (
    ShowCard,
    ShowCatalogue,
    ShowDetails,
    ShowDomain,
    ShowGap,
    ShowGroup,
    ShowRole,
    ShowSkill,
)
from bot.domain.nudges.requests import AnswerNudge
from bot.domain.teams.requests import OfItem, OfMark, OfShare

WORDS = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,4}", fullmatch=True)
KEYS = WORDS | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(
    lambda key: "," not in key
)
SOME = st.lists(WORDS, max_size=3).map(tuple)
MAYBE = st.none() | KEYS
PAGES = st.integers(0, 10_000)
IDS = st.integers(1, 2**63 - 1)
LONG = st.text(st.sampled_from("ab-9"), min_size=60, max_size=60)
FAR = st.builds(ShowGap, LONG, st.tuples(LONG), LONG, st.tuples(LONG), PAGES, st.booleans())
GAPS = st.builds(ShowGap, MAYBE, SOME, MAYBE, SOME, PAGES, st.booleans()) | FAR
CARDS: st.SearchStrategy[ShowCard] = st.one_of(
    st.builds(ShowSkill, KEYS, SOME, MAYBE),
    st.builds(ShowGroup, KEYS, SOME, MAYBE, PAGES),
    st.builds(ShowRole, KEYS, SOME, PAGES),
    st.builds(ShowDomain, KEYS, PAGES),
    st.builds(ShowCatalogue, PAGES),
    GAPS,
)
CELLS = st.builds(CellKey, KEYS, KEYS, KEYS)
REQUESTS: st.SearchStrategy[Request] = st.one_of(
    CARDS,
    st.builds(ShowDetails, KEYS, KEYS, KEYS, st.none() | CARDS),
    st.builds(MarkCell, CELLS, st.sampled_from(Status), st.none() | CARDS),
    st.builds(MarkOtherwise, CELLS, st.none() | CARDS),
    st.builds(Assess, GAPS, MAYBE, st.booleans(), PAGES | IDS, st.none() | st.sampled_from(Status)),
    st.builds(AddEvidence, st.none() | CELLS, st.none() | CARDS, st.none() | IDS, st.none() | IDS),
    st.builds(AnswerNudge, IDS, st.none() | CELLS),
    st.builds(EditEvidence, IDS),
    st.builds(ShowEvidence, PAGES),
    st.builds(OfShare, IDS, PAGES),
    st.builds(OfItem, IDS, st.text("0123456789abcdef", min_size=18, max_size=18), PAGES),
    st.builds(OfMark, IDS, IDS, PAGES),
    st.builds(PlanAction, CELLS, st.none() | CARDS),
    st.builds(HandleAction, IDS),
    st.builds(ShowActions, PAGES),
)


@given(REQUESTS)
def test_a_request_comes_back_as_it_went(request_: Request) -> None:
    assert decode(encode(request_)) == request_


@given(st.builds(ShowGap, LONG, st.tuples(LONG), LONG, st.tuples(LONG), st.integers(0, 99)))
def test_the_longest_keys_of_a_file_leave_room_for_the_place_on_a_card(gap: ShowGap) -> None:
    for request in (gap, replace(gap, check=True)):
        assert len(encode(request)) <= BLOCK_ID
        assert decode(encode(request)) == request


@given(st.text(max_size=80) | REQUESTS.map(encode).map(lambda text: text[:-1]))
def test_any_other_text_is_a_request_or_outdated(text: str) -> None:
    try:
        found = decode(text)
    except OutdatedCard:
        return
    assert decode(encode(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "skill",
        "skill?",
        "skill?r=joiner",
        "group?l=senior",
        "role?p=1",
        "domain?p=1",
        "details?k=sawing&r=joiner",
        "details?k=sawing&l=adept",
        "catalogue?p=-1",
        "catalogue?p=one",
        "catalogue?p=" + "9" * 5000,
        "nudge?k=sawing",
        "mark?k=sawing&r=joiner&l=adept",
        "mark?k=sawing&r=joiner&l=adept&s=done",
        "mark?k=sawing&r=joiner&s=met",
        "mark?k=sawing&r=joiner&l=adept&s=met&b=details%3Fk%3Da%26r%3Db%26l%3Dc",
        "mark?k=sawing&r=joiner&l=adept&s=met&b=mark%3Fk%3Da%26r%3Db%26l%3Dc%26s%3Dmet",
        "assess?k=sawing",
        "assess?b=skill%3Fk%3Dsawing",
        "evidence?k=sawing",
        "nudge?i=0",
        "nudge?i=1&k=sawing",
        "evidence?n=0",
        "piece?i=0",
        "piece?i=-1",
        "piece?i=9223372036854775808",
        "piece?",
        "pieces?p=-1",
    ],
)
def test_what_is_no_request_is_outdated(text: str) -> None:
    with pytest.raises(OutdatedCard):
        decode(text)


def test_empty_fields_are_left_out() -> None:
    assert encode(ShowSkill("sawing")) == "skill?k=sawing"
    assert encode(ShowCatalogue()) == "catalogue?"
    assert encode(ShowGap("a", ("b", "c"), "d", ("e",), 2)) == "gap?k=a&l=b,c&r=d&f=e&p=2"
