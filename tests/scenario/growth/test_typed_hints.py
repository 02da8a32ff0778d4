"""What is typed and fits nothing, or several things, gets hints for the same command."""

import re

import pytest

from tests.scenario.desk import Desk


def hints(shown: str) -> list[str]:
    """Return the commands that the last line of a card names."""
    return re.findall(r"`(/[^`]+)`", shown.splitlines()[-1])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("zzqqy", "/growth goal"),
        ("mlops", "/growth goal"),
        ("engineer", "/growth goal ml-engineer"),
        ("data-scientist", "/growth goal data-scientist principal"),
        ("llm-engineer banana", "/growth goal llm-engineer principal"),
        ("llm-engineer junior", "/growth goal llm-engineer lead"),
        ("llm-engineer lead from zzqqy", "/growth goal"),
    ],
)
async def test_a_goal_that_is_unclear_is_hinted_at_as_a_goal(
    desk: Desk, typed: str, first: str
) -> None:
    for word in ("en", "zh"):
        await desk.engineer.command(f"/growth language {word}")
        shown = (await desk.engineer.command(f"/growth goal {typed}")).plain
        assert hints(shown)[0] == first
        assert "promote-gap" not in shown
        # Typed as a gap, it stays one.
        gap = (await desk.engineer.command(f"/promote-gap {typed}")).plain
        assert hints(gap)[0] == first.replace("/growth goal", "/promote-gap")


async def test_a_hinted_goal_can_be_typed_as_it_is(desk: Desk) -> None:
    shown = (await desk.engineer.command("/growth goal data-scientist")).plain
    told = (await desk.engineer.command(hints(shown)[0])).plain
    assert "Your goal is *Data Scientist, Principal*" in told


@pytest.mark.parametrize("word", ["offer", "learn"])
async def test_an_unclear_offer_is_hinted_at_as_an_offer(desk: Desk, word: str) -> None:
    assert hints((await desk.engineer.command(f"/growth {word} zzqqy")).plain)[0] == (
        f"/growth {word}"
    )
    several = (await desk.engineer.command(f"/growth {word} engineer")).plain
    assert hints(several)[0].startswith(f"/growth {word} ")


async def test_no_goal_to_share_names_how_a_goal_is_set(desk: Desk) -> None:
    shown = (await desk.engineer.command("/growth share <@U0MANAGER>")).plain
    assert "`/growth goal`" in shown
    assert "promote-gap" not in shown
