"""`/growth`: typed in any form, answered with the hub, a form, or what is still open."""

import pytest

from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ADMIN, ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import counted

HERE = Tenant(WORKSPACE)


async def known(desk: Desk, slack_id: str = ENGINEER) -> Member:
    return await desk.nextrung.services.members.find(HERE, slack_id)


async def test_hub_of_a_newcomer_leads_to_role_and_level(any_desk: Desk) -> None:
    hub = await any_desk.admin.command("/growth")
    assert "Which role is yours?" in hub.plain
    levels = as_message(await hub.choose("Choose a role", "Data Scientist"))
    assert "Which level of *Data Scientist* is yours today?" in levels.plain
    done = as_message(await levels.press("Lead"))

    assert "Recorded: you are *Data Scientist, Lead*." in done.plain
    assert (await known(any_desk, ADMIN)).level_key == "lead"


async def test_hub_sets_the_goal_and_shows_the_gap(any_desk: Desk) -> None:
    hub = await any_desk.engineer.command("/growth")
    assert "The next level is *Lead*." in hub.plain
    done = as_message(await hub.press("Set Lead as Goal"))
    assert "Your goal is *LLM Engineer, Lead*." in done.plain
    assert counted(any_desk, 0) in done.plain
    gap = as_message(await done.press("See the Gap"))

    assert "LLM Engineer: Senior → Lead" in gap.plain


@pytest.mark.parametrize(
    ("typed", "role", "level"),
    [
        ("role data-scientist senior", "data-scientist", "senior"),
        ("ROLE: “Data Scientist”, Sr.", "data-scientist", "senior"),
        ("role lead", "llm-engineer", "lead"),
        ("角色 数据科学家 高级", "data-scientist", "senior"),
        ("rloe mlops engineer principal", "mlops-engineer", "principal"),
        ("role data-scientst senoir", "data-scientist", "senior"),
    ],
)
async def test_role_is_recorded_as_typed(desk: Desk, typed: str, role: str, level: str) -> None:
    card = await desk.engineer.command(f"/growth {typed}")

    assert "Recorded: you are" in card.plain
    member = await known(desk)
    assert (member.role_key, member.level_key) == (role, level)


async def test_a_misspelt_role_is_said_aloud(desk: Desk) -> None:
    card = await desk.engineer.command("/growth role data-scientst senior")

    assert "“data scientst”" in card.plain


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("role data-scientist", "Which level of *Data Scientist* is yours today?"),
        ("role data-scientist wizard", "has no level “wizard”"),
        ("role astronaut", "The role “astronaut” is not in this framework."),
        ("role engineer senior", "could mean several things"),
        ("goal data-scientist", "Which level of *Data Scientist* do you want to reach?"),
        ("goal llm-engineer junior", "is not above"),
        ("goal astronaut", "The role “astronaut” is not in this framework."),
        ("sing a song", "I did not understand “sing a song”."),
        ("<!channel> *x*", "I did not understand"),
        ("language klingon", "I do not speak “klingon”. I speak: English, 中文."),
    ],
)
async def test_what_is_not_clear_changes_nothing_and_offers_a_way(
    desk: Desk, typed: str, said: str
) -> None:
    card = await desk.engineer.command(f"/growth {typed}")

    assert said in card.plain
    assert card.action_ids
    member = await known(desk)
    assert (member.role_key, member.level_key, member.language) == ("llm-engineer", "senior", None)
    assert (await desk.nextrung.services.growth.of(member)).growth.goal is None


async def test_an_offer_of_levels_is_taken_by_a_press(desk: Desk) -> None:
    card = await desk.engineer.command("/growth role engineer senior")
    done = as_message(await card.press(card.buttons[0]))

    assert "Recorded: you are" in done.plain
    assert (await known(desk)).level_key == "senior"


async def test_goal_is_set_as_typed(desk: Desk) -> None:
    card = await desk.engineer.command("/growth goal llm engineer prinicpal")

    assert "Your goal is *LLM Engineer, Principal*." in card.plain
    assert "“prinicpal”" in card.plain or "Showing" in card.plain
    goal = (await desk.nextrung.services.growth.of(await known(desk))).growth.active_goal
    assert goal is not None
    assert (goal.role, goal.level) == ("llm-engineer", "principal")


async def test_goal_from_another_role_starts_there(desk: Desk) -> None:
    way = "llm-engineer lead from data-scientist senior"
    await desk.engineer.command(f"/growth goal {way}")

    home = await desk.refreshed(desk.engineer)
    (see_all,) = [each for each in home.buttons if each.startswith("See All")]
    gap = as_modal(await home.press(see_all))
    assert gap.plain.startswith("Data Scientist, Senior → LLM Engineer, Lead")
    goal = (await desk.nextrung.services.growth.of(await known(desk))).growth.active_goal
    assert goal is not None
    assert (goal.origin_role, goal.origin_level) == ("data-scientist", "senior")


async def test_forms_stand_for_what_was_not_typed(any_desk: Desk) -> None:
    desk = any_desk
    form = as_modal(await desk.engineer.command_view("/growth role"))
    assert form.title == "Role and level"
    await form.fill({"Level": "Lead"})
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert (await known(desk)).level_key == "lead"
    newest = desk.engineer.messages("general")[-1]
    assert "Recorded: you are *LLM Engineer, Lead*." in newest.plain

    form = as_modal(await desk.engineer.command_view("/growth goal"))
    assert form.options("Level") == ["Principal"]
    await form.submit()
    assert "Goal: LLM Engineer, Principal" in (await desk.refreshed(desk.engineer)).plain


async def test_language_is_chosen_by_name_and_spoken_at_once_everywhere(desk: Desk) -> None:
    card = await desk.engineer.command("/growth language 中文")
    assert "我会用中文与你交流" in card.plain
    assert (await known(desk)).language == "zh"
    assert "查询" in (await desk.engineer.command("/skill help")).plain
    # "set a goal" is what a figure counts as well, and was translated as one: 人设定了目标.
    assert "\n设定目标\n" in (await desk.engineer.command("/growth help")).plain
    home = await desk.refreshed(desk.engineer)
    assert "更改角色…" in home.options("more.1")

    card = await desk.engineer.command("/growth language english")
    assert "From now on I speak English to you." in card.plain


async def test_help_names_every_form_however_it_is_asked_for(desk: Desk) -> None:
    for typed in ("help", "HELP!", "role help", "?", "帮助"):
        card = await desk.engineer.command(f"/growth {typed}")
        assert "/growth forget-me" in card.plain
    settings = as_modal(await card.press("Settings"))
    assert settings.title == "Settings"


async def test_status_is_the_hub(desk: Desk) -> None:
    await desk.engineer.command("/growth goal lead")
    card = await desk.engineer.command("/growth staus")

    assert "Taken “staus” for `status`." in card.plain
    assert counted(desk, 0) in card.plain


@pytest.mark.parametrize("typed", ["x" * 400, "role " + "长" * 400])
async def test_too_long_gets_a_kind_answer(desk: Desk, typed: str) -> None:
    card = await desk.engineer.command(f"/growth {typed}")

    assert "That is longer than any name here" in card.plain
