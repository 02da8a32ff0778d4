"""What nudges ask: no prompt twice, then what the member wrote, with what helps beside it."""

import csv
import io

import pytest

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.sandbox.handles import MemberHandle, MessageHandle
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import mark, member
from tests.scenario.nudging import begin, nudged
from tests.scenario.owning import published

GOAL = "/growth goal baker senior"
CELL = CellKey("baker", "senior", "dough")
FLOUR = "<https://www.example.com/flour?a=1&amp;b=2|Flour &amp; water &lt;!here&gt;>"
SHOWN = {"Details", "详情"}
NOTE = "Two *bakeries* use it <!channel>."
LEARN = "\n".join(
    [
        "Flour & water <!here> | https://www.example.com/flour?a=1&b=2 | en | book",
        "发酵 | https://example.org/proof | zh | video",
        *(f"Page {number} | https://example.com/{number}" for number in range(5)),
    ]
)
ROWS = (
    {
        "role": "Baker",
        "level": "Junior",
        "skill": "Dough",
        "requirement": "required",
        "proficiency": "Working",
        "text": "Kneads.",
    },
    {
        "role": "Baker",
        "level": "Senior",
        "skill": "Dough",
        "requirement": "required",
        "proficiency": "Expert",
        "text": "Adapts a dough.",
        "prompts": "Weigh the salt.",
        "skill_prompts": "Taste it raw.",
        "skill_prompts_later": "Let somebody shape it.",
        "skill_evidence_later": "A recipe others bake by.",
        "skill_resources": LEARN,
    },
    {
        "role": "Baker",
        "level": "Senior",
        "skill": "Oven",
        "requirement": "required",
        "proficiency": "Working",
        "text": "Plans a day.",
        "prompts": "Draw the racks.",
        "skill_prompts": "Time a batch.",
        "skill_prompts_later": "Load it blind.",
    },
)


def framework() -> str:
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, ROWS[1])
    table.writeheader()
    table.writerows(ROWS)
    return written.getvalue()


def question(card: MessageHandle) -> str:
    """Return what a nudge asks, without the marks of bold."""
    text: str = card.blocks[1]["text"]["text"]
    return text.strip("*")


async def baking(desk: Desk, who: MemberHandle) -> MessageHandle:
    """Publish a framework, set a goal in it, and return the first nudge."""
    await published(desk, desk.admin, framework())
    return await begin(desk, who, GOAL)


async def weeks(desk: Desk, count: int) -> list[str]:
    """Answer so many nudges, and return what they asked."""
    asked = []
    for _ in range(count):
        card = await nudged(desk, desk.engineer)
        asked.append(question(card))
        await card.press("Working on It")
    return asked


async def test_no_prompt_comes_twice_until_all_are_used(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await baking(desk, desk.engineer)
    assert question(card) == "Weigh the salt."
    await card.press("Working on It")
    assert await weeks(desk, 6) == [
        "Draw the racks.",
        "Let somebody shape it.",
        "Load it blind.",
        "Taste it raw.",
        "Time a batch.",
        "Weigh the salt.",
    ]


async def test_what_another_took_away_was_read_too(stored_desk: Desk) -> None:
    desk = stored_desk
    card = await baking(desk, desk.engineer)
    assert question(card) == "Weigh the salt."
    await card.press("Another")
    assert question(card) == "Draw the racks."
    assert await weeks(desk, 2) == ["Let somebody shape it.", "Load it blind."]


async def test_a_note_is_followed_up_once_the_prompts_are_used(stored_desk: Desk) -> None:
    desk = stored_desk
    await baking(desk, desk.engineer)
    await mark(desk, CELL, Status.WORKING, NOTE)
    await weeks(desk, 5)
    card = await nudged(desk, desk.engineer)
    words = "Two \u2060*\u2060bakeries\u2060*\u2060 use it &lt;!channel&gt;"
    assert question(card) == f"You wrote “{words}”. What has changed since?"

    form = as_modal(await card.press("Did It"))
    assert "What has changed since?" in form.plain
    await form.fill({"Note": "A third one asked for it."})
    await form.submit()
    await desk.refreshed(desk.engineer)
    # It still quotes what it asked about, not what was answered.
    assert "bakeries" in card.plain
    assert "A third one" not in card.plain

    asked = await weeks(desk, 4)
    assert [each.startswith("You wrote") for each in asked] == [False, False, False, True]
    assert asked[3] == "You wrote “A third one asked for it”. What has changed since?"


async def test_what_was_deleted_is_not_quoted_any_more(stored_desk: Desk) -> None:
    desk = stored_desk
    await baking(desk, desk.engineer)
    services, who = desk.nextrung.services, await member(desk)
    kept = await services.evidence.add(
        who, note="A secret recipe.", link="", supports=[CELL], token="form"
    )
    [piece] = kept.growth.evidence
    await weeks(desk, 5)
    card = await nudged(desk, desk.engineer)
    assert question(card) == "You wrote “A secret recipe”. What has changed since?"
    await services.evidence.delete(who, piece.id)
    await card.press("Working on It")
    assert "You wrote about this before. What has changed since?" in card.plain
    assert "secret" not in card.plain


async def test_a_nudge_names_a_thing_or_two_to_learn_from(desk: Desk) -> None:
    card = await baking(desk, desk.engineer)
    [learn] = [each for each in card.blocks if "To learn from" in str(each)]
    assert learn["type"] == "context"
    assert learn["elements"][0]["text"].splitlines() == [
        "*To learn from*",
        f"• {FLOUR} · example.com · English · book",
        "• <https://example.org/proof|发酵> · example.org · Chinese · video",
    ]


@pytest.mark.parametrize(
    ("who", "show", "learn", "more"),
    [
        ("engineer", "*What could show it*", "*To learn from*", "and 2 more to read or use"),
        ("chinese", "*什么可以证明这一点*", "*学习资源*", "还有 2 项学习资源"),
    ],
)
async def test_details_say_what_helps(
    desk: Desk, who: str, show: str, learn: str, more: str
) -> None:
    await published(desk, desk.admin, framework())
    handle: MemberHandle = getattr(desk, who)
    card = await handle.command("/skill dough senior")
    details = as_modal(await card.press(next(each for each in card.buttons if each in SHOWN)))
    lines = details.plain.splitlines()
    prompts = [lines.index(f"• {each}") for each in ("Weigh the salt.", "Taste it raw.")]
    assert prompts[0] < prompts[1] < lines.index(show) < lines.index(learn) < lines.index(more)
    assert lines[lines.index(show) + 1] == "• A recipe others bake by."
    assert lines.index(more) - lines.index(learn) == 6


async def test_the_form_for_evidence_says_what_could_show_it(desk: Desk) -> None:
    card = await baking(desk, desk.engineer)
    form = as_modal(await card.press("Did It"))
    assert "*What could show it*\n• A recipe others bake by." in form.plain
    await form.fill({"Note": "Wrote one."})
    await form.submit()
    other = as_modal(await (await nudged(desk, desk.engineer)).press("Did It"))
    assert "What could show it" not in other.plain
