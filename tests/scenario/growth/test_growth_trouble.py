"""Slack refuses what growth needs, or the store is held: told kindly, and nothing is lost."""

import asyncio

import pytest

from bot.cards.ids import Shortcut
from bot.cards.links import encode
from bot.domain.errors import CatalogueUnavailable
from bot.domain.growth.assessment import Status
from bot.domain.growth.holdings import Growth
from bot.domain.growth.requests import Assess, EditEvidence, MarkCell
from bot.domain.lookup.requests import ShowGap, ShowRole
from bot.sandbox.samples import ENGINEER, WORKSPACE
from bot.services.lookup.shelves import Shelf
from tests.scenario.desk import ACK_SECONDS, Desk, Json, as_modal, interaction_fields
from tests.scenario.growing import counted, history, lead_cells, mark, member
from tests.scenario.locked import write_locked
from tests.scenario.presses import button, chosen, pressed
from tests.scenario.strangers import Mouth, Stranger, form, rows_of

FORMS = ("role", "goal", "nudges", "language", "forget-me")
TROUBLE = "I cannot reach my database right now"
SLACKS_FAULT = "Slack could not do its part just now"


async def growth(desk: Desk) -> Growth:
    desk.nextrung.services.growth.clear()
    return (await desk.nextrung.services.growth.of(await member(desk))).growth


@pytest.mark.parametrize("topic", FORMS)
async def test_a_command_whose_form_slack_refuses_is_answered(any_desk: Desk, topic: str) -> None:
    desk = any_desk
    desk.faults_expected = True
    for trouble in ("error", "fail", "drop_before"):
        getattr(desk.slack.faults, trouble)("views.open", times=1)
        answer = await desk.engineer.command(f"/growth {topic}")
        desk.slack.faults.clear()
        assert SLACKS_FAULT in answer.plain, trouble
    desk.slack.faults.expire_triggers()
    answer = await desk.engineer.command(f"/growth {topic}")
    assert "within three seconds" in answer.plain

    assert as_modal(await desk.engineer.command_view(f"/growth {topic}")).is_open


@pytest.mark.parametrize("label", ["Change Role…", "Change Goal…", "Settings…", "Add Evidence"])
async def test_a_press_on_home_whose_form_slack_refuses_is_told_in_a_modal(
    desk: Desk, label: str
) -> None:
    desk.faults_expected = True
    await desk.engineer.command("/growth goal lead")
    home = await desk.home(desk.engineer)
    desk.slack.faults.error("views.open", error="internal_error", times=1)

    menus = {"Change Role…": "more.1", "Change Goal…": "more.0", "Settings…": "more.1"}
    menu = menus.get(label)
    told = as_modal(await (home.choose(menu, label) if menu else home.press(label)))

    assert SLACKS_FAULT in told.plain


@pytest.mark.parametrize("shortcut", [*Shortcut])
async def test_a_shortcut_that_fails_is_told(any_desk: Desk, shortcut: Shortcut) -> None:
    desk = any_desk
    desk.faults_expected = True
    message = await desk.engineer.say("Great work!")
    desk.slack.faults.error("views.open", error="internal_error", times=1)

    if shortcut is Shortcut.FIND_SKILL:
        told = await desk.engineer.global_shortcut(shortcut)
    else:
        told = await desk.engineer.message_shortcut(shortcut, message.ts)

    assert SLACKS_FAULT in told.plain


async def test_a_language_is_kept_and_shown_although_the_modal_is_not_turned(desk: Desk) -> None:
    desk.faults_expected = True
    settings = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "Settings…"))
    desk.slack.faults.error("views.update", error="hash_conflict", times=1)

    await settings.choose("Language", "中文")

    assert "设置…" in (await desk.refreshed(desk.engineer)).options("more.1")
    assert (await member(desk)).language == "zh"


async def test_evidence_is_deleted_everywhere_although_its_form_is_not_turned(desk: Desk) -> None:
    desk.faults_expected = True
    services = desk.nextrung.services
    await services.evidence.add(await member(desk), note="To go", link="", supports=(), token="t")
    form_to_edit = as_modal(await (await desk.home(desk.engineer)).press("Place It"))
    desk.slack.faults.error("views.update", error="internal_error", times=1)

    told = as_modal(await form_to_edit.press("Delete"))

    assert SLACKS_FAULT in told.plain
    assert "To go" not in (await desk.refreshed(desk.engineer)).plain
    assert (await growth(desk)).evidence == ()


async def test_a_mark_is_kept_and_shown_although_its_modal_is_not_turned(desk: Desk) -> None:
    desk.faults_expected = True
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    details = as_modal(await card.choose("mark_menu.0", "Details…"))
    desk.slack.faults.fail("views.update", times=1)

    await details.press("Met")
    await desk.drained()

    assert [each.status for each in await history(desk)] == [Status.MET]
    assert counted(desk, 1) in card.plain


async def test_what_the_modal_about_files_cannot_tell_is_no_fault(desk: Desk) -> None:
    """The files are sent all the same, and nothing is logged as an error."""
    await mark(desk, lead_cells(desk)[0])
    await desk.engineer.command("/growth goal lead")
    home = await desk.home(desk.engineer)
    settings = as_modal(await home.choose("more.1", "settings"))
    desk.slack.faults.drop_before("views.update", times=1)
    await settings.press("Export My Data")
    await desk.drained()

    assert [each["reason"] for each in desk.logged("outcome_not_shown")]
    assert any(each.shared for each in desk.engineer.messages())


async def test_home_that_cannot_be_drawn_is_no_fault(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = (await desk.home(desk.engineer)).plain

    async def unavailable(*_: object, **__: object) -> Shelf:
        raise CatalogueUnavailable

    monkeypatch.setattr(desk.nextrung.services.catalogues, "of", unavailable)
    await Mouth(desk, Stranger(ENGINEER, WORKSPACE, ENGINEER)).event(
        {"type": "app_home_opened", "user": ENGINEER, "tab": "home"}
    )
    assert (await desk.refreshed(desk.engineer)).plain == home


def writing(desk: Desk, piece: int) -> list[Json]:
    """Return a press for everything that a member can change with one."""
    cell, lead = lead_cells(desk)[0], ShowGap("llm-engineer", ("lead",))
    principal = ShowGap("llm-engineer", ("principal",))
    view = form("evidence", encode(EditEvidence(piece))) | {"type": "home"}
    place = {"container": {"type": "view", "view_id": "V1"}, "view": view}
    walk = encode(Assess(lead, cell.skill, status=Status.MET))
    actions = [
        button("mark.0", encode(MarkCell(cell, Status.MET, lead))),
        button("set_goal", encode(principal)),
        button("pick_goal.0", encode(principal)),
        button("adopt_goal", "x"),
        button("pick_role.0", encode(ShowRole("data-scientist", ("lead",)))),
        chosen("nudge_pause", "b", {"value": "1 week"}),
        button("nudge_resume", "x"),
    ]
    presses = [pressed(desk, each) for each in actions]
    language = chosen("language", "b", {"value": "zh"})
    delete = button("delete_evidence", encode(EditEvidence(piece)))
    for action in (language, delete, button("assess_answer.0", walk)):
        trigger = desk.slack.world.new_trigger(ENGINEER).id
        more = place | {"actions": [action], "trigger_id": trigger}
        presses.append(interaction_fields("block_actions", **more))
    return presses


async def test_every_change_while_the_store_is_held_is_told_and_none_is_lost(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await desk.engineer.command("/growth goal lead")
    me = await member(desk)
    await desk.nextrung.services.evidence.add(me, note="Mine", link="", supports=(), token="t")
    await desk.home(desk.engineer)
    before = await rows_of(desk.nextrung.database, ENGINEER, WORKSPACE)
    presses = writing(desk, before["evidence"][0].id)
    submissions = [
        interaction_fields("view_submission", view=form(callback, metadata))
        for callback, metadata in (
            ("evidence", "evidence?"),
            ("evidence", encode(EditEvidence(before["evidence"][0].id))),
            ("goal", "form?o=view"),
            ("drop_goal", "drop"),
            ("role", "form?o=view"),
            ("details", "details?k=llm-evaluation&r=llm-engineer&l=lead"),
            ("nudge_settings", "nudges?o=own"),
            ("forget_me", ""),
        )
    ]
    told = len(desk.engineer.messages("general"))

    with write_locked(sqlite_bot_url):
        started = asyncio.get_running_loop().time()
        answers = await asyncio.gather(*map(desk.interact, [*presses, *submissions]))
        assert asyncio.get_running_loop().time() - started < ACK_SECONDS

    assert {each.status_code for each in answers} == {200}
    for each in answers[len(presses) :]:
        assert each.json()["response_action"] == "errors", each.text
        assert TROUBLE in each.text
    messages = desk.engineer.messages("general")[told:]
    assert [TROUBLE in each.plain for each in messages] == [True] * (len(presses) - 3)
    assert desk.engineer.modal is not None
    assert TROUBLE in desk.engineer.modal.plain
    await desk.drained()
    assert await rows_of(desk.nextrung.database, ENGINEER, WORKSPACE) == before

    # Saved once more, now that the store is back: another press, so Slack names it anew.
    answer = await desk.interact(submissions[0] | {"trigger_id": "once more"})
    assert answer.status_code == 200
    assert len((await growth(desk)).evidence) == 2
