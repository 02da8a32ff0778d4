"""Cards say of a member only what they said: of a company's own framework, with a fork in it."""

from bot.sandbox.handles import ViewHandle
from tests.scenario.desk import Desk, as_modal
from tests.scenario.nudging import nudged
from tests.scenario.owning import csv, publish, published, upload
from tests.scenario.teams.shares import opened, share

# Master and Manager share a rung; Glazing is the role of others.
FORKED = "\n".join(
    [
        "role,level,level_rank,level_track,skill,group,requirement,proficiency,text",
        "Baker,Junior,1,,Dough,Basics,required,Working,Kneads a dough by recipe.",
        "Baker,Junior,1,,Oven,Basics,optional,Working,Loads the oven safely.",
        "Baker,Master,2,craft,Dough,Basics,required,Advanced,Makes new doughs.",
        "Baker,Master,2,craft,Oven,Basics,optional,Working,Plans a day of baking.",
        "Baker,Manager,2,management,Dough,Basics,optional,Working,Knows the doughs on sale.",
        "Glazier,Junior,1,,Dough,Basics,required,Working,Makes short crust.",
        "Glazier,Senior,2,,Dough,Basics,required,Advanced,Makes puff pastry.",
    ]
)
MASTER = "/promote-gap baker master"


async def baker(desk: Desk, text: str = FORKED) -> None:
    """Publish the framework; the engineer is a junior baker who wants to be a master."""
    await published(desk, desk.admin, text)
    await desk.engineer.command("/growth role baker junior")
    await desk.engineer.command("/growth goal baker master")


async def marked(desk: Desk, command: str, label: str) -> None:
    """Mark in Details of a skill's card."""
    details = as_modal(await (await desk.engineer.command(command)).press("Details"))
    await as_modal(await details.press(label)).close()


async def aside(desk: Desk, command: str, number: int) -> None:
    asked = await (await desk.engineer.command(command)).choose(
        f"mark_menu.{number}", "Not relevant to me…"
    )
    if isinstance(asked, ViewHandle):
        await asked.submit()


async def test_levels_of_a_fork_are_counted_apart(desk: Desk) -> None:
    await baker(desk)
    skill = await desk.engineer.command("/skill dough")
    # Junior of both, the two of the fork, and Senior, which is of another ladder.
    assert "2 roles · 4 levels · " in skill.plain
    group = await desk.engineer.command("/skill basics")
    assert "2 skills · 2 roles · 4 levels · " in group.plain


async def test_today_is_said_only_of_the_level_that_is_recorded(desk: Desk) -> None:
    await baker(desk)
    own = await desk.engineer.command(MASTER)
    assert "*Today, at Junior:* Kneads a dough by recipe." in own.plain
    other = await desk.engineer.command("/promote-gap glazier senior")
    assert "the level below the target" in other.plain
    assert "*At Junior:* Makes short crust." in other.plain
    assert "Today" not in other.plain
    typed = await desk.engineer.command("/promote-gap glazier senior from baker junior")
    assert "*Today, at Baker, Junior:* Kneads a dough by recipe." in typed.plain
    nobody = await desk.admin.command(MASTER)
    assert "*At Junior:* Kneads a dough by recipe." in nobody.plain
    assert "Today" not in nobody.plain


async def test_home_says_that_a_goal_is_measured_from_the_level_below(desk: Desk) -> None:
    await baker(desk)
    await desk.engineer.command("/growth goal glazier senior")
    home = await desk.home(desk.engineer)
    assert "from Junior, the level below the target" in home.plain
    assert "*At Junior:* Makes short crust." in home.plain


async def test_a_channel_is_not_told_what_is_open(desk: Desk) -> None:
    await baker(desk)
    card = await desk.engineer.command(MASTER)
    await card.choose("more.0", "Share in Channel")
    shared = desk.engineer.messages("C0GENERAL")[-1].plain
    assert "*1 to 2 of 2* · required first" in shared
    assert "*At Junior:* Kneads a dough by recipe." in shared
    assert "Open, " not in shared
    assert "Today" not in shared


async def test_what_was_just_marked_met_is_not_counted_as_open(desk: Desk) -> None:
    await baker(desk)
    card = await desk.engineer.command(MASTER)
    assert "*Open, 1 to 2 of 2*" in card.plain
    marked = await card.choose("mark_menu.0", "Met")
    assert "Marked *met* just now." in marked.plain
    assert "*Open, 1 to 1 of 1*" in marked.plain
    working = await marked.choose("mark_menu.1", "Working on it")
    assert "*Open, 1 to 1 of 1*" in working.plain
    last = await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    assert "Marked *met* just now." in last.plain
    assert "Open, " not in last.plain


async def test_the_bar_is_of_what_the_figures_count(desk: Desk) -> None:
    await baker(desk)
    await aside(desk, MASTER, 0)
    card = await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    assert "*0 met · 0 open* · 1 put aside, of 1 required" in card.plain
    assert "Optional: 1 of 1 met" in card.plain
    assert "▓" not in card.plain


async def test_a_reached_goal_does_not_claim_what_was_taken_back_later(desk: Desk) -> None:
    more = "Baker,Master,2,craft,Oven,Basics,required,Working,Plans a day of baking."
    await baker(desk, FORKED.replace(more.replace("required", "optional"), more))
    await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    desk.slack.advance(86400)
    reached = await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    assert "Goal reached: Baker, Master." in reached.plain
    assert "Nothing required of *Baker, Master* is open." in (await desk.home(desk.engineer)).plain
    desk.slack.advance(86400)

    await marked(desk, "/skill dough master", "Not Yet")

    home = await desk.home(desk.engineer)
    assert "*1 met · 1 open*, of 2 required" in home.plain
    assert "Nothing required of" not in home.plain
    assert "Not all that *Baker, Master* requires is met any more." in home.plain


async def test_home_calls_nothing_unassessed_that_was_assessed_elsewhere(desk: Desk) -> None:
    await baker(desk)
    await marked(desk, "/skill dough senior glazier", "Met")
    home = await desk.home(desk.engineer)
    assert "Nothing is assessed yet" not in home.plain
    assert "Nothing on the way is assessed yet." in home.plain


async def test_home_calls_nothing_required_that_is_optional(desk: Desk) -> None:
    await published(desk, desk.admin, FORKED)
    await desk.engineer.command("/growth role baker junior")
    home = await desk.home(desk.engineer)
    assert "nothing of it marked yet: required first, then the larger step, of 2" in home.plain
    assert "Optional" in home.plain


async def test_figures_of_a_newer_version_are_not_headed_your_goal(desk: Desk) -> None:
    await baker(desk)
    assert "Your goal" in (await desk.engineer.command(MASTER)).plain
    more = "Baker,Master,2,craft,Oven,Basics,required,Working,Plans a day of baking."
    await published(desk, desk.admin, FORKED.replace(more.replace("required", "optional"), more))
    home = await desk.home(desk.engineer)
    assert "*0 met · 1 open*, of 1 required" in home.plain
    card = await desk.engineer.command(MASTER)
    assert "*0 met · 2 open*, of 2 required" in card.plain
    assert "Your goal" not in card.plain
    assert "to your goal, as a newer version of the framework has it" in card.plain
    await home.press("Adopt New Version")
    assert "Your goal" in (await desk.engineer.command(MASTER)).plain


async def test_what_is_due_is_not_called_likely(desk: Desk) -> None:
    await baker(desk)
    await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    await published(desk, desk.admin, FORKED.replace("Makes new doughs.", "Makes doughs anew."))
    page = await (await desk.engineer.command(MASTER)).press("Look Again at 1")
    assert (
        "*To look at again, 1 to 1 of 1* · it counts as met until you say otherwise" in page.plain
    )
    assert "likely" not in page.plain
    still = await page.press("Still Met")
    assert "to look at again" not in still.plain.casefold()


def packet_files(desk: Desk) -> dict[str, str]:
    """Return the packet's files that are text, by the ends of their names."""
    files = desk.slack.world.files.values()
    packet = [each for each in files if each.name.startswith("growth-packet")]
    ends = (".md", ".csv")
    return {
        end: (each.content or b"").decode()
        for each in packet
        for end in ends
        if each.name.endswith(end)
    }


async def test_a_packet_says_not_yet_only_of_what_was_marked_so(desk: Desk) -> None:
    await baker(desk)
    await marked(desk, "/skill dough senior glazier", "Met")
    await marked(desk, "/skill dough senior glazier", "Not Yet")
    await (await desk.engineer.command(MASTER)).choose("more.0", "Export Packet")
    await desk.drained()

    files = packet_files(desk)
    assert "- **Dough**: Not assessed\n- **Oven**: Not assessed" in files[".md"]
    assert "## Not assessed" in files[".md"]
    assert "Nothing required is met yet on the way to Baker, Master." in files[".md"]
    assert "all marked on" not in files[".md"]
    assert "Nothing shows these yet.\n" in files[".md"]
    assert all("Not yet" not in each and "Not assessed" in each for each in files.values())


async def test_undo_of_what_opened_a_goal_again_reaches_it_again(desk: Desk) -> None:
    await baker(desk)
    here, there = [await desk.engineer.command(MASTER) for _ in range(2)]
    met = await here.choose("mark_menu.0", "Met")
    assert "Goal reached: Baker, Master." in met.plain
    opened = await there.choose("mark_menu.0", "Not yet")
    assert "Goal: Baker, Master" in (await desk.home(desk.engineer)).plain

    undone = await opened.press("Undo")

    assert "*1 met · 0 open*, of 1 required" in undone.plain
    assert "Goal reached: Baker, Master." in undone.plain
    assert "Goal reached: Baker, Master" in (await desk.home(desk.engineer)).plain


async def test_a_nudge_says_met_long_ago_of_nothing_that_was_met_today(desk: Desk) -> None:
    more = "Baker,Master,2,craft,Oven,Basics,required,Working,Plans a day of baking."
    both = FORKED.replace(more.replace("required", "optional"), more)
    await baker(desk, both)
    await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    await published(desk, desk.admin, both.replace("Makes new doughs.", "Makes doughs anew."))
    await (await desk.home(desk.engineer)).press("Adopt New Version")
    await nudged(desk, desk.engineer)
    nudge = await nudged(desk, desk.engineer)
    assert nudge.plain.startswith("Dough\n")
    assert "met before, due for a fresh look" in nudge.plain
    assert "long ago" not in nudge.plain


async def test_home_names_no_next_nudge_where_nothing_is_left_to_ask(desk: Desk) -> None:
    await baker(desk)
    await aside(desk, MASTER, 0)
    await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    home = await desk.home(desk.engineer)
    assert "Nothing on the way to your goal is left to ask about." in home.plain
    assert "Next: " not in home.plain
    nudge = await nudged(desk, desk.engineer)
    assert "until something is open again, or you set your next goal." in nudge.plain
    await marked(desk, "/skill dough master", "Working on It")
    assert "Next: " in (await desk.home(desk.engineer)).plain


async def test_a_level_that_a_ladder_lacks_is_named_in_the_members_language(desk: Desk) -> None:
    gap = await desk.chinese.command("/promote-gap 数据科学家 总监")
    assert "没有“总监”这一级别" in gap.plain
    skill = await desk.chinese.command("/skill mlops 总监")
    assert "没有“总监”这一级别" in skill.plain
    role = await desk.chinese.command("/growth role 数据科学家 总监")
    assert "没有“总监”这一级别" in role.plain
    assert "has no level “Director”" in (await desk.engineer.command("/skill mlops 总监")).plain


async def test_nobody_else_is_told_of_a_start_that_the_member_never_named(desk: Desk) -> None:
    await baker(desk)
    await desk.engineer.command("/growth goal glazier senior")
    card = await desk.engineer.command("/promote-gap glazier senior")
    await card.choose("more.0", "Export Packet")
    await desk.drained()
    packet = packet_files(desk)[".md"]
    assert "Glazier, Senior, compared with Glazier, Junior" in packet
    assert "From Glazier" not in packet

    await share(desk)

    shared = await opened(desk, desk.manager)
    assert shared.plain.startswith("Glazier, Senior\n")
    assert "Junior → Senior" not in shared.plain


async def test_undo_takes_back_what_was_renamed_meanwhile(desk: Desk) -> None:
    await baker(desk)
    met = await (await desk.engineer.command(MASTER)).choose("mark_menu.0", "Met")
    preview = await upload(desk, desk.admin, csv(FORKED.replace("Dough", "Paste")))
    await publish(desk, preview, {"Skill: Dough": "→ Paste"})
    card = await desk.engineer.command("/promote-gap baker master")
    assert "*1 met:* Paste" in card.plain

    await met.press("Undo")

    card = await desk.engineer.command("/promote-gap baker master")
    assert "*0 met · 1 open*, of 1 required" in card.plain
    assert "Goal: Baker, Master" in (await desk.home(desk.engineer)).plain
