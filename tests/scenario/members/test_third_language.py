"""A language is two files: with them alone, everything can be typed in it and is answered in it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.local_time import local_day
from bot.domain.nudges.cadence import Cadence
from tests.scenario.desk import Desk, running_desk
from tests.scenario.nudging import outlook
from tests.third_language import TAG, said, third_language


@pytest.fixture
async def third_desk(
    sqlite_bot_url: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> AsyncIterator[Desk]:
    """The bot with a third language, which its admin speaks from now on."""
    languages = third_language(tmp_path)
    async with running_desk(sqlite_bot_url, caplog, languages=languages) as desk:
        told = await desk.admin.command(f"/growth {said('language')} {TAG}")
        assert "⟦From now on I speak" in told.plain
        yield desk


async def test_growth_is_typed_and_answered_in_it(third_desk: Desk) -> None:
    admin = third_desk.admin
    told = await admin.command(f"/growth {said('role')} llm-engineer {said('senior')}")
    assert "⟦Recorded: you are *⟦LLM Engineer, Senior⟧*.⟧" in told.plain
    told = await admin.command(f"/growth {said('goal')} llm-engineer {said('lead')}")
    assert "⟦" in told.plain
    assert "LLM Engineer" in told.plain
    slip = said("statsu")
    told = await admin.command(f"/growth {slip}")
    assert f"⟦Taken “{slip}” for {said('status')}.⟧" in told.plain.replace("`", "")
    told = await admin.command(f"/growth {said('unheard of')}")
    assert f"⟦I did not understand “{said('unheard of')}”." in told.plain


async def test_nudges_and_pauses_are_typed_in_it(third_desk: Desk) -> None:
    admin = third_desk.admin
    await admin.command(f"/growth {said('goal')} llm-engineer {said('lead')}")
    typed = said("every other thursday at 3 in the afternoon")
    told = await admin.command(f"/growth {said('nudges')} {typed}")
    assert "⟦*Saved.*⟧" in told.plain
    found = (await outlook(third_desk, admin)).settings
    assert (found.cadence, found.weekdays) == (Cadence.TWO_WEEKS, frozenset({3}))
    assert found.at.hour == 15
    told = await admin.command(f"/growth {said('nudges')} {said('weekley')}")
    assert said("weekly") in told.plain

    told = await admin.command(f"/growth {said('pause')} {said('two weeks')}")
    assert "⟦*Done.*⟧" in told.plain
    now = await outlook(third_desk, admin)
    today = local_day(third_desk.slack.clock.now(), now.zone)
    assert now.settings.paused_until is not None
    assert local_day(now.settings.paused_until, now.zone) == today + timedelta(days=14)
    await admin.command(f"/growth {said('resume')}")
    assert (await outlook(third_desk, admin)).settings.paused_until is None
    await admin.command(f"/growth {said('nudges')} {said('never')}")
    assert (await outlook(third_desk, admin)).settings.stopped


async def test_look_ups_take_its_levels_connecting_words_and_help(third_desk: Desk) -> None:
    admin = third_desk.admin
    typed = f"llm-engineer {said('lead')} {said('from')} data-scientist {said('sr')}"
    told = await admin.command(f"/promote-gap {typed}")
    assert "Data Scientist, Senior → LLM Engineer, Lead" in told.plain.translate(_NO_BRACKETS)
    for command in ("skill", "promote-gap", "growth"):
        told = await admin.command(f"/{command} {said('help')}")
        assert f"/{command}" in told.plain
        assert "⟦" in told.plain


async def test_english_and_chinese_are_understood_as_before(third_desk: Desk) -> None:
    admin = third_desk.admin
    await admin.command("/growth goal llm-engineer lead")
    for typed in ("nudges weekly tue 10:00", "提醒每周二上午十点"):
        assert "⟦*Saved.*⟧" in (await admin.command(f"/growth {typed}")).plain
        assert (await outlook(third_desk, admin)).settings.at.hour == 10


_NO_BRACKETS = str.maketrans("", "", "⟦⟧")
