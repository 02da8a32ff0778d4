"""The chart of a member's progress: sent as a picture, or told in words."""

import io

from PIL import Image

from bot.domain.lookup.requests import ShowGap
from tests.scenario.desk import Desk
from tests.scenario.figures import required_cells
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.members.test_export import grown, letter, letters, settled


async def test_status_sends_a_chart_with_words_for_it(desk: Desk) -> None:
    await grown(desk)
    desk.slack.advance(24 * 60 * 60)
    await mark(desk, lead_cells(desk)[3])
    answer = await desk.engineer.command("/growth status")
    assert "The chart of your progress comes as a direct message." in answer.plain
    message = await letter(desk)

    (file,) = message.shared
    picture = Image.open(io.BytesIO(file.content or b""))
    assert picture.format == "PNG"
    assert file.picture_type == "image/png"
    assert file.alt_text.startswith("Required expectations met on the way to LLM Engineer, Lead")
    assert message.text == file.alt_text


async def test_one_day_of_marks_is_told_in_words(desk: Desk) -> None:
    await grown(desk)
    told = await desk.engineer.command("/growth status")
    await settled(desk)

    counted = len(required_cells(desk)) - 1  # one is put aside
    way = "Met on the way to LLM Engineer, Lead"
    assert f"{way}: 1 of {counted} required expectations, all marked on" in told.plain
    assert "the chart begins with the next day you mark" in told.plain
    assert letters(desk.engineer) == []


async def test_without_a_mark_the_chart_says_how_to_begin(desk: Desk) -> None:
    services, shelf = desk.nextrung.services, desk.nextrung.services.catalogues.shelf()
    await services.goals.set(await member(desk), shelf, ShowGap("llm-engineer", ("lead",)))
    answer = await desk.engineer.command("/growth status")
    assert "Begin with *Assess Myself*" in answer.plain
    assert letters(desk.engineer) == []


async def test_status_without_a_mark_sends_no_chart(desk: Desk) -> None:
    answer = await desk.engineer.command("/growth status")
    await settled(desk)

    assert "There is no progress to show yet." in answer.plain
    assert "comes as a direct message" not in answer.plain
    assert letters(desk.engineer) == []
