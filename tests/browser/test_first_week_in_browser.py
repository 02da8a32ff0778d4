"""A member's first week with Nextrung, lived in a real Chromium: each step asserts what is seen."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

from playwright.async_api import Locator, expect

from bot.domain.framework import key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.walkthrough import in_sections
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER, WORKSPACE
from tests.browser.visit import Seat, Visit
from tests.browser.way_to_lead import required, tally, to_lead

PLAN = "Wrote the release plan and walked two teams through it"
LINK = "https://wiki.example.com/plans/release"
PRAISE = "Thanks for the rollout plan, it saved us a bad Friday."
EVIDENCE = "Save as growth evidence"


def names(visit: Visit) -> list[str]:
    """The skills of the way to Lead, in the same order."""
    tr = visit.local.nextrung.services.translators.for_locale("en")
    return [tr.of(each.target.skill.name) for each in to_lead(visit.local)]


def walked(visit: Visit) -> list[str]:
    """The same skills as the walk-through asks about them: one skill group after the other."""
    tr = visit.local.nextrung.services.translators.for_locale("en")
    return [tr.of(each.target.skill.name) for each in in_sections(to_lead(visit.local))]


async def answer(seat: Seat, place: int, chosen: str) -> None:
    """Choose in the menu of an item, on Home or on the newest card: the first has the place 0."""
    card = seat.home if await seat.home.count() else seat.newest
    menus = card.get_by_role("combobox", name="Not assessed").locator("visible=true")
    await menus.nth(place).click()
    await seat.option(chosen).click()


def more(seat: Seat) -> Locator:
    """The menu "…" of Home that belongs to the goal, else the one at its foot."""
    return seat.home.get_by_role("button", name="More options")


def progress(seat: Seat, visit: Visit, met: int) -> Locator:
    """The progress on the way to Lead, wherever it stands last."""
    return seat.page.get_by_text(tally(visit.local, met)).locator("visible=true").last


async def test_day_one_role_and_level_in_two_presses_and_a_skill(visit: Visit) -> None:
    seat = await visit.window(ADMIN, "home")
    await expect(seat.home.get_by_role("heading")).to_have_text(
        "What does the next level ask of you?"
    )
    await expect(seat.home).to_contain_text("Only you see this page.")
    assert await seat.audit() == []

    await seat.choose("Choose a role", "LLM Engineer")
    await seat.press("Senior")

    await expect(seat.home.get_by_role("heading")).to_have_text("Three things between you and Lead")
    await expect(seat.home).to_contain_text("Today, at Senior:")
    await expect(seat.home).to_contain_text("You: LLM Engineer, Senior")
    assert await seat.audit() == []

    await seat.to("general")
    await seat.type("/skill llm-evaluation")
    await expect(seat.newest).to_contain_text("LLM Engineer · Senior · your level")
    await expect(seat.newest).to_contain_text("To reach Lead")
    await seat.press("Gap to Lead")
    await expect(seat.newest).to_contain_text("LLM Engineer: Senior → Lead")
    await expect(seat.newest).to_contain_text("from Senior, your recorded level")


async def test_day_two_marks_on_the_card_and_in_details(visit: Visit) -> None:
    first, second, *_ = names(visit)
    seat = await visit.window(ENGINEER)
    await seat.type("/promote-gap")
    await progress(seat, visit, 0).wait_for()

    await answer(seat, 0, "Met")
    await expect(seat.newest).to_contain_text("Marked met just now. Nothing shows it yet.")
    await expect(seat.newest).to_contain_text(f"1 met: {first}")
    await progress(seat, visit, 1).wait_for()
    await seat.press(f"Undo: {first}")
    await progress(seat, visit, 0).wait_for()
    await expect(seat.newest).to_contain_text("as it was before")

    await answer(seat, 0, "Working on it")
    await expect(seat.newest).to_contain_text("Marked working on it just now.")
    await answer(seat, 0, "Details…")
    await expect(seat.modal.get_by_role("heading", name=second)).to_be_visible()
    await expect(seat.modal).to_contain_text("Not assessed yet")
    await expect(seat.modal).to_contain_text("Nothing shows this yet.")
    await seat.press("Met")
    await expect(seat.modal).to_contain_text(re.compile(r"Your status\s*Met · "))
    await seat.modal.get_by_label("Note").fill("Reviewed by two teams")
    await seat.press("Save Note")
    await expect(seat.modal.locator("blockquote")).to_have_text("Reviewed by two teams")
    await expect(seat.modal.get_by_label("Note")).to_have_value("")
    assert await seat.audit() == []
    await seat.leave()
    await expect(seat.newest).to_contain_text(f"1 met: {second}")
    await progress(seat, visit, 1).wait_for()


async def test_day_three_the_walk_goes_by_keyboard_and_on_where_it_stopped(visit: Visit) -> None:
    asked, seat = walked(visit), await visit.window(ENGINEER, "home")
    in_all = len(asked)
    board = seat.page.keyboard

    async def at(number: int) -> None:
        await expect(seat.modal).to_contain_text(f"{number} of {in_all} in all")
        await expect(seat.modal.get_by_role("heading", name=asked[number - 1])).to_be_visible()

    def answer(name: str, number: int) -> Locator:
        return seat.modal.get_by_role("button", name=f"{name}: {asked[number - 1]}")

    async def press_by_key(name: str) -> None:
        await seat.modal.get_by_role("button", name=name, exact=True).focus()
        await board.press("Enter")

    await seat.press("Assess Myself")
    await at(1)
    assert await seat.audit() == []
    await expect(answer("Met", 1)).to_be_focused()
    await board.press("Enter")
    await at(2)
    await expect(seat.modal).to_contain_text(f"Kept just now: {asked[0]} · Met")
    await expect(answer("Met", 2)).to_be_focused()
    await board.press("Tab")
    await board.press("Enter")
    await at(3)
    assert await seat.audit() == []
    await press_by_key("Skip")
    await at(4)
    await press_by_key("Back")
    await at(3)
    await press_by_key("Back")
    await at(2)
    await expect(seat.modal).to_contain_text("Until now: Working on it")
    await board.press("Escape")
    await expect(seat.modal).to_have_count(0)
    await expect(seat.home).to_contain_text(
        f"required first, then the larger step, of {in_all - 1} open"
    )

    await seat.press("Assess Myself")
    await at(3)
    for number in range(4, in_all + 1):
        await press_by_key("Skip")
        await at(number)
    await press_by_key("Finish")
    await expect(seat.modal).to_contain_text("Where you stand")
    await expect(seat.modal).to_contain_text(tally(visit.local, 1))
    still = [each for each in names(visit) if each != asked[0]]
    await expect(seat.modal).to_contain_text(f"To work on next: {still[0]}, {still[1]}")
    assert await seat.audit() == []
    await seat.press(f"Assess {in_all - 2} More")
    await at(3)


async def test_day_four_evidence_from_a_message_and_from_a_card(visit: Visit) -> None:
    first, *_ = names(visit)
    await visit.slack.member(MANAGER).say(PRAISE, channel="engineering")
    seat = await visit.window(ENGINEER, "C0ENGINEERING")
    await seat.newest.hover()
    await seat.pick(seat.newest.get_by_role("button", name="More actions"), EVIDENCE)
    await expect(seat.modal.get_by_label("Note")).to_have_value(f"“{PRAISE}”")
    await expect(seat.modal.get_by_label("Link")).to_have_value(re.compile("/archives/C0ENG"))
    await seat.choice("What it shows").click()
    await seat.page.keyboard.type("mlops senior")
    await seat.option("Model Monitoring · LLM Engineer, Senior").click()
    await seat.press("Save")
    await expect(seat.modal).to_contain_text("Kept. Only you see it.")
    await expect(seat.modal).to_contain_text("Shows: Model Monitoring · LLM Engineer, Senior")
    await seat.leave()

    await seat.type("/promote-gap")
    await progress(seat, visit, 0).wait_for()
    await answer(seat, 0, "Add evidence…")
    await expect(seat.modal).to_contain_text(f"{first} · LLM Engineer, Lead")
    await expect(seat.modal.get_by_label("Note")).to_be_focused()
    await seat.modal.get_by_label("Note").fill(PLAN)
    await seat.modal.get_by_label("Link").fill("the wiki")
    await seat.press("Save")
    await expect(seat.modal.locator(".bk-error:visible")).to_contain_text("paste the whole address")
    await expect(seat.modal.get_by_label("Note")).to_have_value(PLAN)
    assert await seat.audit() == []
    await seat.modal.get_by_label("Link").fill(LINK)
    await seat.press("Save")
    await expect(seat.modal).to_have_count(0)
    await expect(seat.newest).to_contain_text("evidence: 1")

    await seat.to_home()
    await seat.press("All Evidence (2)")
    await expect(seat.modal).to_contain_text("2 pieces of evidence, newest first.")
    await seat.press(f"Edit: {PLAN}")
    await seat.modal.get_by_label("Note").fill(f"{PLAN}. It went live on Friday.")
    await seat.press("Save")
    await expect(seat.modal).to_contain_text("It went live on Friday.")
    await seat.press(f"Edit: “{PRAISE}”")
    await seat.press("Delete")
    await expect(seat.page.locator("#confirm")).to_contain_text("It is gone for good")
    await seat.page.locator("#confirm").get_by_role("button", name="Delete").click()
    await expect(seat.modal).to_contain_text("This piece of evidence is deleted.")
    await seat.press("Close")
    await expect(seat.modal).to_contain_text("1 piece of evidence.")
    await seat.leave()
    await expect(seat.home).to_contain_text("It went live on Friday.")
    await expect(seat.home).not_to_contain_text(PRAISE)
    await expect(
        seat.home.get_by_role("link", name="wiki.example.com/plans/release")
    ).to_be_visible()
    manager = await visit.window(MANAGER, "home")
    await expect(manager.home).to_contain_text("Nothing kept yet.")


async def test_day_five_a_goal_set_changed_reached_and_dropped(visit: Visit) -> None:
    seat = await visit.window(ENGINEER, "home")
    title = seat.home.get_by_role("heading").first
    await seat.press("Set Lead as My Goal")
    await expect(title).to_have_text("Goal: LLM Engineer, Lead")
    await expect(seat.home).to_contain_text("Nothing on the way is assessed yet.")
    assert await seat.audit() == []
    first, second, *_ = names(visit)
    await expect(seat.home).to_contain_text(first)
    await answer(seat, 0, "Met")
    await progress(seat, visit, 1).wait_for()
    await expect(seat.home).to_contain_text("Marked met just now.")
    await expect(seat.home).to_contain_text(second)

    await seat.pick(more(seat).first, "Change Goal…")
    await seat.choose("Level", "Principal")
    await seat.press("Save")
    await expect(title).to_have_text("Goal: LLM Engineer, Principal")
    await seat.pick(more(seat).first, "Drop Goal…")
    await expect(seat.modal).to_contain_text("What you marked")
    await seat.press("Drop Goal")
    await expect(title).to_have_text("Three things between you and Lead")
    await expect(seat.home).not_to_contain_text(first)

    await seat.press("Set Lead as My Goal")
    await expect(title).to_have_text("Goal: LLM Engineer, Lead")
    last = await _meet_all_but_one(visit)
    await seat.to("general")
    await seat.type("/promote-gap")
    await progress(seat, visit, required(visit.local) - 1).wait_for()
    await expect(seat.newest).to_contain_text(last)
    await answer(seat, 0, "Met")
    await expect(seat.newest).to_contain_text("Goal reached: LLM Engineer, Lead.")
    await expect(seat.newest).to_contain_text("Marked met just now.")
    await seat.to_home()
    await expect(title).to_have_text("Goal reached: LLM Engineer, Lead")
    await seat.press("Record Lead as My Level")
    await expect(seat.home).to_contain_text("You: LLM Engineer, Lead")


async def _meet_all_but_one(visit: Visit) -> str:
    """Mark what is required as met but for the last, and return the name of that."""
    services = visit.local.nextrung.services
    member = await services.members.find(Tenant(WORKSPACE), ENGINEER)
    asked = [each.target for each in to_lead(visit.local) if each.target.required]
    for each in asked[:-1]:
        shelf = services.catalogues.shelf()
        await services.assessing.mark(member, shelf, key_of(each), Status.MET)
    return names(visit)[len(asked) - 1]


async def test_any_day_another_language(visit: Visit) -> None:
    seat = await visit.window(ENGINEER, "home")
    await seat.pick(more(seat).last, "Settings…")
    await seat.choose("Language", "中文")
    await expect(seat.modal.locator(".modal-title")).to_have_text("设置")
    await seat.leave("关闭")
    await expect(seat.home.get_by_role("heading").first).to_have_text("你与负责人之间的三件事")
    await seat.press("把负责人设为目标")
    await expect(seat.home.get_by_role("heading").first).to_contain_text("大模型工程师 · 负责人")
    assert await seat.audit() == []
    await seat.to("general")
    await seat.type("/growth")
    await expect(seat.newest).to_contain_text(f"0 项已达到 · {required(visit.local)} 项待完成")
    await seat.type("/growth language english")
    await expect(seat.newest).to_contain_text("From now on I speak English to you.")
    await seat.to_home()
    await expect(seat.home.get_by_role("heading").first).to_have_text("Goal: LLM Engineer, Lead")


async def test_day_six_chart_packet_and_data_come_as_files(visit: Visit) -> None:
    first, second, *_ = names(visit)
    seat = await visit.window(ENGINEER)
    await _something_to_show(seat, first)
    # A line needs two days.
    visit.slack.clock.advance(timedelta(days=1).total_seconds())
    await seat.type("/promote-gap")
    await expect(seat.newest).to_contain_text(tally(visit.local, 1))
    await answer(seat, 0, "Met")
    await progress(seat, visit, 2).wait_for()

    await seat.type("/growth status")
    # In the place of "comes as a direct message", which may be gone before it is seen.
    await expect(seat.newest).to_contain_text("Sent: see your direct messages with Nextrung")
    await seat.to("Nextrung")
    await seat.to("Messages")
    chart = seat.page.get_by_role(
        "img", name="Required expectations met on the way to LLM Engineer"
    )
    await chart.scroll_into_view_if_needed()
    await seat.page.wait_for_function("document.querySelector('.file-picture').naturalWidth > 300")

    await seat.to_home()
    await seat.pick(more(seat).first, "Export Packet")
    await expect(seat.modal).to_contain_text("your direct messages with Nextrung")
    await seat.leave()
    await seat.pick(more(seat).last, "Settings…")
    await seat.press("Export My Data")
    await expect(seat.modal).to_contain_text("your direct messages with Nextrung")
    await seat.leave_all()
    await seat.to("Messages")

    markdown = (await seat.download(".md")).decode()
    assert markdown.startswith("# ")
    assert f"### {first}" in markdown
    assert LINK in markdown
    assert "Nothing shows this yet" in markdown
    rows = list(csv.DictReader(io.StringIO((await seat.download(".csv")).decode("utf-8-sig"))))
    (shown,) = [each for each in rows if each["Link"] == LINK]
    assert (shown["Skill"], shown["Status"], shown["Evidence"]) == (first, "Met", PLAN)
    page = await seat.page.context.new_page()
    await page.set_content((await seat.download(".html")).decode())
    await expect(page.get_by_role("heading", name=second)).to_be_visible()
    await expect(page.get_by_role("link", name=LINK)).to_be_visible()

    held = json.loads(await seat.download(".json"))
    assert held["member"]["slack_id"] == ENGINEER
    assert [each["status"] for each in held["assessments"]] == ["met", "met"]
    assert [each["url"] for each in held["evidence"]] == [LINK]
    assert [each["state"] for each in held["goals"]] == ["active"]
    with zipfile.ZipFile(io.BytesIO(await seat.download(".zip"))) as tables:
        assert PLAN in tables.read("evidence.csv").decode("utf-8-sig")


async def _something_to_show(seat: Seat, first: str) -> None:
    """Set a goal, and meet the first expectation of it with a piece of evidence."""
    await seat.type("/growth goal lead")
    await expect(seat.newest).to_contain_text("Your goal is LLM Engineer, Lead.")
    await seat.press("See the Gap")
    await answer(seat, 0, "Add evidence…")
    await seat.modal.get_by_label("Note").fill(PLAN)
    await seat.modal.get_by_label("Link").fill(LINK)
    await seat.press("Save")
    await expect(seat.newest).to_contain_text("evidence: 1")
    await answer(seat, 0, "Met")
    await expect(seat.newest).to_contain_text("1 piece of evidence shows it.")
    await expect(seat.newest).to_contain_text(f"1 met: {first}")


async def test_the_last_day_everything_is_forgotten(visit: Visit) -> None:
    first, *_ = names(visit)
    seat = await visit.window(ENGINEER)
    await _something_to_show(seat, first)
    await seat.to_home()
    await expect(seat.home).to_contain_text(PLAN)
    await seat.pick(more(seat).last, "Settings…")
    await seat.press("Forget Me")
    for held in ("1 assessment", "1 piece of evidence", "1 goal", "It cannot be undone."):
        await expect(seat.modal).to_contain_text(held)
    assert await seat.audit() == []
    await seat.press("Delete Everything")
    await expect(seat.modal).to_contain_text("Nextrung holds nothing about you any more.")
    await seat.leave_all()
    await expect(seat.home.get_by_role("heading")).to_have_text(
        "What does the next level ask of you?"
    )
    await expect(seat.home).not_to_contain_text(PLAN)
    await seat.to("general")
    await seat.type("/promote-gap llm-engineer lead")
    await expect(seat.newest).to_contain_text("from Senior, the level below the target")
    await progress(seat, visit, 0).wait_for()
