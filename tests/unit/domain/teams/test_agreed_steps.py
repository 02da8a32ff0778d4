"""The delta as it follows from its history, whatever the two did in whichever order."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.framework import CellKey
from bot.domain.teams.agreed import (
    MOST,
    AgreedAct,
    AgreedStep,
    CannotAgree,
    Delta,
    Side,
    answering,
    folded,
    proposing,
)

NOW = datetime(2026, 11, 30, tzinfo=UTC)
CELLS = [CellKey("engineer", "lead", f"skill-{number}") for number in range(7)]
UNTIL = [date(2027, 1, 1), date(2027, 2, 1), None]

deeds = st.lists(
    st.tuples(
        st.sampled_from(AgreedAct),
        st.sampled_from(Side),
        st.sampled_from(CELLS),
        st.sampled_from(UNTIL),
    ),
    max_size=60,
)


def taken(delta: Delta, act: AgreedAct, side: Side, cell: CellKey, until: date | None) -> Delta:
    """Return what holds after somebody tried something, as the service lets them."""
    try:
        if act is AgreedAct.PROPOSED:
            act = proposing(delta, cell, until, side)
        else:
            waiting = delta.proposal(cell)
            found = answering(delta, waiting.step_id if waiting else 0, side, act)
            until = found.until
    except CannotAgree:
        return delta
    number = len(delta.history) + 1
    step = AgreedStep(number, cell, act, side, until, NOW + timedelta(minutes=number))
    return folded((*delta.history, step))


@given(deeds)
def test_nothing_counts_that_both_did_not_say(
    tried: list[tuple[AgreedAct, Side, CellKey, date | None]],
) -> None:
    delta = folded(())
    for act, side, cell, until in tried:
        before, delta = delta, taken(delta, act, side, cell, until)
        assert delta.history[: len(before.history)] == before.history
        assert len(delta.wanted) <= MOST
    for item in delta.items:
        mine = [each for each in delta.history if each.cell == item.cell]
        accepted = max(each.id for each in mine if each.act is AgreedAct.ACCEPTED)
        by = {each.by for each in mine if each.id <= accepted and each.until == item.until}
        assert by == {*Side}


def test_to_propose_what_the_other_proposed_is_to_accept_it() -> None:
    cell, until = CELLS[0], UNTIL[0]
    delta = taken(folded(()), AgreedAct.PROPOSED, Side.OWNER, cell, until)
    delta = taken(delta, AgreedAct.PROPOSED, Side.OTHER, cell, until)
    assert [(each.cell, each.until) for each in delta.items] == [(cell, until)]
    counter = taken(delta, AgreedAct.PROPOSED, Side.OTHER, cell, UNTIL[1])
    assert counter.items == delta.items
    assert [each.by for each in counter.proposals] == [Side.OTHER]
