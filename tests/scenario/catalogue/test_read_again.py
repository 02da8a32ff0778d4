"""Modals about a preview whose file has to be read again: after a restart, say."""

from typing import Any

import pytest

from bot.sandbox.handles import ViewHandle
from bot.slack.catalogue import reading
from tests.scenario.desk import Desk, as_modal
from tests.scenario.owning import HEAD, csv, done, published, upload

ROWS = [f"Cook,Junior,Skill {number:02},required,Working,Does it." for number in range(30)]


async def every_change(desk: Desk) -> ViewHandle:
    """The first page of the changes of an upload."""
    await published(desk, desk.admin)
    preview = await upload(desk, desk.admin, csv("\n".join([HEAD, *ROWS])))
    return as_modal(await preview.press("See Every Change"))


def restarted(desk: Desk) -> None:
    """Forget what was previewed, as a process does that begins anew."""
    desk.nextrung.services.own_catalogue._drafts.clear()


async def test_a_page_is_turned_however_long_the_file_takes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, own = await every_change(desk), desk.nextrung.services.own_catalogue
    before, examine = view.plain, own.examine
    monkeypatch.setattr(reading, "PROGRESS_SECONDS", 0.01)

    def told() -> int:
        return sum(each.name == "views.update" for each in desk.slack.inspector)

    async def slowly(*given: Any, **named: Any) -> Any:
        said = told()
        await desk.slack.until(lambda: told() >= said + 3)
        return await examine(*given, **named)

    monkeypatch.setattr(own, "examine", slowly)
    restarted(desk)

    await view.press("Next Page")
    await done(desk)

    assert "Previous Page" in view.buttons
    assert view.plain != before


async def test_a_modal_that_is_closed_meanwhile_is_let_be(desk: Desk) -> None:
    view = await every_change(desk)
    restarted(desk)
    gate = desk.slack.faults.hold("files.info", times=1)
    await view.press("Next Page")
    await gate.arrived.wait()
    await view.close()
    gate.release()
    await done(desk)
    assert [each["reason"] for each in desk.logged("outcome_not_shown")] == ["not_found"]


async def test_a_modal_that_is_closed_before_its_first_page_is_let_be(desk: Desk) -> None:
    await published(desk, desk.admin)
    preview = await upload(desk, desk.admin, csv("\n".join([HEAD, *ROWS])))
    restarted(desk)
    gate = desk.slack.faults.hold("files.info", times=1)
    await preview.press("See Every Change")
    await gate.arrived.wait()
    opened = desk.admin.modal
    assert opened is not None
    await opened.close()
    gate.release()
    await done(desk)
    assert [each["reason"] for each in desk.logged("outcome_not_shown")] == ["not_found"]
