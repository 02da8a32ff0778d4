"""A quarter of two people and a colleague, lived in a real Chromium: each test is a day of it."""

from datetime import timedelta

from playwright.async_api import Locator, expect

from bot.domain.growth.assessment import Status
from bot.domain.teams.manager_marks import item_key
from bot.domain.teams.share import RENEW_AFTER
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER
from tests.browser.two_people import (
    HERE,
    agreed,
    go_on,
    go_on_to_wednesday,
    names,
    person,
    shared,
    with_goal,
)
from tests.browser.visit import Seat, Visit

PAST = "Also what I said before"
NOTE = "You led it; I would like to see it once more with another team"
REPLY = "The platform team asked me to do it with them in March"
AGREED = "Run the design review together"
SEEN = "I was in the room when the plan was reviewed"
WORDS = "She led it calmly, and it changed what we built"


def message(seat: Seat, words: str) -> Locator:
    """The newest message with these words."""
    return seat.page.locator("article.message").filter(has_text=words).last


def item(seat: Seat, name: str) -> Locator:
    """The line of an expectation in the modal, with its menu."""
    return seat.modal.locator(".bk-section").filter(has_text=name).first


async def test_first_day_a_goal_is_offered_and_accepted(visit: Visit) -> None:
    await with_goal(visit.local)
    seat = await visit.window(ENGINEER, "home")
    await expect(seat.home).to_contain_text("Nobody but you. Share it with one person at a time.")
    await seat.press("Share My Goal…")
    await expect(seat.modal).to_contain_text("see nothing before they accept")
    await seat.choose("Who may see it", "Sample Manager")
    await seat.modal.get_by_text(PAST).click()
    assert await seat.audit() == []
    await seat.press("Ask Them")
    await expect(seat.modal).to_contain_text("Nothing is shown before they accept.")
    await seat.leave()
    await expect(seat.home).to_contain_text("was asked, and sees nothing yet")

    boss = await visit.window(MANAGER, "messages")
    ask = message(boss, "wants to share a growth goal with you")
    await expect(ask).not_to_contain_text("Lead")
    assert await boss.audit() == []
    await boss.press("Accept")
    await expect(message(boss, "You see a growth goal of")).to_be_visible()
    await seat.to("Messages")
    await expect(message(seat, "accepted, and sees your goal now")).to_be_visible()
    await boss.press("Open")
    await expect(boss.modal).to_contain_text("LLM Engineer: Senior → Lead")
    await expect(boss.modal).to_contain_text("1 met · ")
    assert await boss.audit() == []
    await seat.to_home()
    await expect(seat.home).to_contain_text("@Sample Manager sees progress and all statuses")
    await expect(seat.home).to_contain_text("Looked ")


async def test_second_week_the_manager_marks_and_what_they_see_differently_comes_first(
    visit: Visit,
) -> None:
    await shared(visit.local)
    _, alike, _, _, apart, *_ = names(visit.local)
    boss = await visit.window(MANAGER, "home")
    await expect(boss.home).to_contain_text("People who share with you")
    await boss.press("Open")
    await expect(item(boss, alike)).to_contain_text("Open: nothing said of it")
    await item(boss, alike).get_by_role("combobox").click()
    await boss.option("Not yet").click()
    await expect(boss.modal).to_contain_text("You mark it Not yet, not sent yet")
    await item(boss, apart).get_by_role("combobox").click()
    await boss.option("With a note…").click()
    await boss.modal.get_by_label("Note").fill(NOTE)
    await boss.modal.get_by_role("radio", name="Met", exact=True).check()
    await boss.press("Keep")
    await boss.press("Send 2 Marks")
    await expect(boss.modal).to_contain_text("1 to talk about first")
    await expect(item(boss, "Only you say something of it here")).to_contain_text(apart)
    assert await boss.audit() == []

    seat = await visit.window(ENGINEER, "messages")
    letter = message(seat, "sent you marks on your goal")
    await expect(letter).to_contain_text("2 you have not assessed yet")
    await seat.press("Show")
    await expect(item(seat, "You:")).to_contain_text(apart)
    await expect(item(seat, "You:")).to_contain_text("You: Not assessed yet · @Sample Manager: Met")
    await expect(item(seat, "You:")).to_contain_text(NOTE)
    assert await seat.audit() == []
    await seat.modal.get_by_role("button", name="Reply…").first.click()
    await seat.modal.get_by_role("textbox").fill(REPLY)
    await seat.press("Send")
    await expect(seat.modal).to_contain_text(f"You answered: “{REPLY}”")
    await boss.leave()
    await boss.to("Nextrung")
    await boss.to("Messages")
    await expect(message(boss, "answers your mark")).to_contain_text(REPLY)


async def test_third_week_they_agree_and_meet(visit: Visit) -> None:
    await shared(visit.local)
    _, second, *_ = names(visit.local)
    seat = await visit.window(ENGINEER, "home")
    boss = await visit.window(MANAGER, "messages")
    await seat.press("Agreed and Talks")
    await expect(seat.modal).to_contain_text("Nothing is agreed yet.")
    await seat.press("Propose an Expectation")
    await seat.choose("Expectation", second)
    await seat.press("Propose")
    await expect(seat.modal).to_contain_text(f"proposes: {second} counts until")
    await seat.press("Choose a Rhythm")
    await seat.choose("Weekday", "Thursday")
    assert await seat.audit() == []
    await seat.press("Save")
    await expect(seat.modal).to_contain_text("Every 2 weeks on Thursday at 14:00")
    assert await seat.audit() == []
    await seat.leave()
    await expect(message(boss, "proposes:")).to_contain_text(second)
    await boss.press(f"Accept: {second}")
    await expect(message(boss, "accepted:")).to_be_visible()
    await expect(seat.home).to_contain_text("next talk")

    await seat.to("Messages")
    await go_on(visit.local, await until_brief(visit))
    for each in (seat, boss):
        brief = message(each, "Before your talk")
        await expect(brief).to_contain_text(f"{second}, until")
        await expect(brief).to_contain_text("To ask or to do")
    await boss.press("What Did You Agree?")
    await boss.modal.get_by_label("What did you agree?").fill(f"- {AGREED}\n- Ask for a second")
    assert await boss.audit() == []
    await boss.press("Save")
    await expect(boss.modal).to_have_count(0)

    await go_on(visit.local, timedelta(hours=2))
    await go_on(visit.local, await until_brief(visit))
    brief = message(seat, "Before your talk")
    await expect(brief).to_contain_text("Not done yet")
    await expect(brief).to_contain_text(AGREED)
    assert await seat.audit() == []
    await seat.press("What Counts and Is Open")
    await seat.modal.get_by_role("button", name=f"Done: {AGREED}").click()
    await expect(seat.modal).not_to_contain_text(AGREED)


async def until_brief(visit: Visit) -> timedelta:
    """How long it is until both have had the brief of their next talk."""
    async with visit.local.nextrung.database.read(HERE) as work:
        (rhythm,) = await work.talks.rhythms_of(ENGINEER)
    assert rhythm.next_at is not None
    brief_at = rhythm.next_at - timedelta(minutes=59)
    return max(timedelta(), brief_at - visit.slack.clock.now())


async def test_second_month_an_action_is_due_and_done(visit: Visit) -> None:
    await with_goal(visit.local)
    _, second, *_ = names(visit.local)
    seat = await visit.window(ENGINEER)
    await seat.type("/promote-gap")
    await expect(seat.newest).to_contain_text(second)
    await seat.newest.get_by_role("combobox", name="Not assessed").first.click()
    await seat.option("Details…").click()
    await seat.press("Plan an Action")
    await seat.modal.get_by_label("What will you do?").fill(AGREED)
    await seat.press("Save")
    await expect(seat.modal).to_contain_text(AGREED)
    await seat.leave_all()
    await go_on_to_wednesday(visit.local, timedelta(days=14))
    await seat.to("Nextrung")
    await seat.to("Messages")
    await expect(message(seat, AGREED)).to_be_visible()
    assert await seat.audit() == []
    await seat.press(f"Did it: {AGREED}")
    await expect(seat.modal.get_by_label("Note")).to_have_value(AGREED)
    await seat.press("Save")
    await seat.to_home()
    await expect(seat.home).to_contain_text(f"Recent evidence“{AGREED}”")


async def test_third_month_a_colleague_saw_it_and_the_packet_has_everybody(visit: Visit) -> None:
    share = await shared(visit.local)
    await agreed(visit.local, share, 1)
    services, boss = visit.local.nextrung.services, await person(visit.local, MANAGER)
    goal, _ = await services.shared_goals.look(boss, share.id)
    await services.marking.mark(boss, share.id, item_key(goal.items[0].cell), Status.MET, NOTE)
    await services.marking.send(boss, share.id)
    _, second, *_ = names(visit.local)

    seat = await visit.window(ENGINEER)
    await seat.type("/promote-gap")
    await expect(seat.newest).to_contain_text(second)
    await seat.newest.get_by_role("combobox", name="Not assessed").first.click()
    await seat.option("Details…").click()
    await seat.press("Ask a Colleague")
    await seat.choose("Whom do you ask?", "Sample Admin")
    await seat.modal.get_by_label("What did they see?").fill(SEEN)
    assert await seat.audit() == []
    await seat.press("Ask")
    await expect(seat.modal).to_contain_text("I asked @Sample Admin")

    colleague = await visit.window(ADMIN, "messages")
    await expect(message(colleague, "asks you whether you saw this")).to_contain_text(SEEN)
    assert await colleague.audit() == []
    await colleague.press("Saw It")
    await colleague.modal.get_by_label("In your words").fill(WORDS)
    await colleague.press("Send")
    await expect(message(colleague, "You told")).to_contain_text(WORDS)

    await seat.leave_all()
    await seat.to("Nextrung")
    await seat.to("Messages")
    await expect(message(seat, "saw it")).to_contain_text(WORDS)
    await seat.press("Put into My Packet")
    await expect(message(seat, "saw it")).to_contain_text("It is in your packet")
    await seat.to_home()
    await seat.pick(seat.home.get_by_role("button", name="More options").first, "Export Packet")
    await expect(seat.modal).to_contain_text("Sent: see your direct messages with Nextrung")
    await seat.leave()
    await seat.to("Messages")
    packet = (await seat.download(".md")).decode()
    parts = dict.fromkeys(("Voices", "The manager's column", "What we agreed"), "")
    for name in parts:
        parts[name] = packet.partition(f"## {name}")[2].partition("\n## ")[0]
    assert WORDS in parts["Voices"]
    assert NOTE in parts["The manager's column"]
    assert second in parts["What we agreed"]


async def test_after_a_quarter_it_is_asked_about_and_ends_everywhere(visit: Visit) -> None:
    share = await shared(visit.local)
    await agreed(visit.local, share, 1)
    seat = await visit.window(ENGINEER, "messages")
    await go_on_to_wednesday(visit.local, RENEW_AFTER)
    ask = message(seat, "Do you want to go on sharing it?")
    await expect(ask).to_contain_text("LLM Engineer, Lead")
    boss = await visit.window(MANAGER, "home")
    await boss.press("Open")
    await expect(boss.modal).to_contain_text("1 met · ")
    await seat.press("Stop Sharing")
    await expect(message(seat, "no longer sees your goal")).to_be_visible()
    await expect(boss.modal).to_contain_text("This is no longer shared with you.")
    await expect(boss.modal).not_to_contain_text("Lead")
    await expect(boss.home).not_to_contain_text("People who share with you")
    await boss.leave()
    await boss.to("Messages")
    await expect(boss.page.locator("article.message").filter(has_text="proposes")).to_have_count(0)
    await seat.to_home()
    await expect(seat.home).to_contain_text("Nobody but you.")
    await expect(seat.home).not_to_contain_text("Agreed and talks")
