"""App Home: for a newcomer, a member with a goal, in their language, on every change."""

import pytest

from bot.sandbox.samples import ADMIN, ENGINEER
from tests.scenario.desk import Desk, as_message, as_modal, interaction_fields
from tests.scenario.growing import counted, member
from tests.scenario.presses import button


async def test_a_newcomer_sets_role_and_level_in_two_presses(any_desk: Desk) -> None:
    desk = any_desk
    home = await desk.home(desk.admin)
    assert home.plain.startswith("What does the next level ask of you?")

    await home.choose("Choose a role", "LLM Engineer")
    home = await desk.refreshed(desk.admin)
    assert {"Junior", "Senior", "Principal"} <= set(home.buttons)
    await home.press("Senior")
    home = await desk.refreshed(desk.admin)

    assert home.plain.startswith("Three things between you and Lead")
    assert home.plain.count("*Today, at Senior:*") == 3
    assert "*You:* LLM Engineer, Senior" in home.plain
    known = await member(desk, ADMIN)
    assert (known.role_key, known.level_key) == ("llm-engineer", "senior")
    card = await desk.admin.command("/skill mlops")
    content = desk.nextrung.services.catalogues.shelf().catalogue.content
    skills = [each for each in content.skills if each.group.key == "mlops"]
    asked = [
        each
        for each in content.expectations
        if (each.role.key, each.level.key) == ("llm-engineer", "senior") and each.skill in skills
    ]
    figures = f"{len(asked)} of {len(skills)} skills"
    assert f"*LLM Engineer at Senior asks for {figures}*\nThis is your role." in card.plain


async def test_another_role_may_be_chosen_before_the_level(desk: Desk) -> None:
    home = await desk.home(desk.admin)
    await home.choose("Choose a role", "LLM Engineer")
    await (await desk.refreshed(desk.admin)).choose("Choose a role", "Data Scientist")
    await (await desk.refreshed(desk.admin)).press("Junior")

    assert "*You:* Data Scientist, Junior" in (await desk.refreshed(desk.admin)).plain


async def test_the_level_above_becomes_the_goal_with_one_press(stored_desk: Desk) -> None:
    desk = stored_desk
    home = await desk.home(desk.engineer)
    assert home.plain.startswith("Three things between you and Lead")
    assert "sends one question at a time as a direct message" in home.plain
    await home.press("Set Lead as My Goal")
    home = await desk.refreshed(desk.engineer)

    assert home.plain.startswith("Goal: LLM Engineer, Lead")
    assert counted(desk, 0) in home.plain
    assert [each for each in home.action_ids if each.startswith("mark_menu")] == [
        f"mark_menu.{number}" for number in range(3)
    ]


async def test_a_mark_on_home_shows_at_once(desk: Desk) -> None:
    await (await desk.home(desk.engineer)).press("Set Lead as My Goal")
    home = await desk.refreshed(desk.engineer)
    await home.choose("mark_menu.0", "Met")
    home = await desk.refreshed(desk.engineer)

    assert counted(desk, 1) in home.plain
    assert "Marked *met* just now. Nothing shows it yet." in home.plain
    await home.press("Undo")
    home = await desk.refreshed(desk.engineer)
    assert counted(desk, 0) in home.plain
    assert "as it was before" in home.plain


async def test_details_open_from_home(desk: Desk) -> None:
    await (await desk.home(desk.engineer)).press("Set Lead as My Goal")
    home = await desk.refreshed(desk.engineer)
    details = as_modal(await home.choose("mark_menu.0", "Details…"))

    assert details.title == "Details"


async def test_home_speaks_the_members_language(desk: Desk) -> None:
    home = await desk.home(desk.chinese)

    assert "数据科学家" in home.plain
    assert "Goal" not in home.plain


async def test_a_change_made_by_command_shows_on_home(desk: Desk) -> None:
    await desk.engineer.command("/growth goal llm-engineer principal")
    assert "Goal: LLM Engineer, Principal" in (await desk.refreshed(desk.engineer)).plain
    await desk.engineer.command("/growth role llm-engineer lead")
    assert "*You:* LLM Engineer, Lead" in (await desk.refreshed(desk.engineer)).plain


async def test_the_messages_tab_publishes_nothing(desk: Desk) -> None:
    event = {"type": "app_home_opened", "user": ENGINEER, "channel": "D1", "tab": "messages"}
    await desk.slack.event(event)
    await desk.drained()

    assert ENGINEER not in desk.slack.world.homes


async def test_while_home_is_published_later_changes_wait_for_one_more(desk: Desk) -> None:
    gate = desk.slack.faults.hold("views.publish")
    await desk.engineer.command("/growth role data-scientist junior")
    await gate.arrived.wait()
    for role in ("data-scientist senior", "mlops-engineer junior", "llm-engineer middle"):
        await desk.engineer.command(f"/growth role {role}")
    gate.release()
    home = await desk.refreshed(desk.engineer)

    assert "*You:* LLM Engineer, Middle" in home.plain
    assert len(desk.slack.inspector.find(name="views.publish")) == 2


@pytest.mark.parametrize("way", ["error", "drop_before", "drop_after", "fail"])
async def test_slacks_refusal_is_logged_and_the_command_is_answered(desk: Desk, way: str) -> None:
    getattr(desk.slack.faults, way)("views.publish")
    card = await desk.engineer.command("/growth role llm-engineer lead")
    await desk.drained()

    assert "Recorded: you are *LLM Engineer, Lead*." in card.plain
    assert len(desk.logged("home_not_published")) == 1
    await desk.engineer.command("/growth role llm-engineer senior")
    assert "*You:* LLM Engineer, Senior" in (await desk.refreshed(desk.engineer)).plain


async def test_a_cancelled_form_changes_nothing(desk: Desk) -> None:
    before = (await desk.home(desk.engineer)).plain
    form = as_modal(await desk.engineer.home.choose("more.1", "Change Role…"))
    await form.close()

    assert (await desk.refreshed(desk.engineer)).plain == before


async def test_settings_open_from_home_and_turn_the_language_at_once(desk: Desk) -> None:
    home = await desk.home(desk.engineer)
    settings = as_modal(await home.choose("more.1", "Settings…"))
    assert settings.options("Language") == ["As in Slack (English)", "English", "中文"]
    turned = as_modal(await settings.choose("Language", "中文"))

    assert turned.title == "设置"
    assert "数据" in (await desk.engineer.command("/skill 数据科学家")).plain
    assert "设置…" in (await desk.refreshed(desk.engineer)).options("more.1")
    back = as_modal(await turned.choose("语言", "与 Slack 一致（English）"))
    assert back.title == "Settings"
    assert "Settings…" in (await desk.refreshed(desk.engineer)).options("more.1")


async def test_role_is_changed_in_a_form(desk: Desk) -> None:
    home = await desk.home(desk.engineer)
    form = as_modal(await home.choose("more.1", "Change Role…"))
    assert form.options("Level") == ["Junior", "Middle", "Senior", "Lead", "Principal"]
    turned = as_modal(await form.choose("Role", "Data Scientist"))
    await turned.fill({"Level": "Middle"})
    await turned.submit()

    assert not turned.is_open
    assert "*You:* Data Scientist, Middle" in (await desk.refreshed(desk.engineer)).plain


async def test_hub_is_redrawn_when_a_form_opened_from_it_is_saved(desk: Desk) -> None:
    hub = await desk.engineer.command("/growth")
    form = as_modal(await hub.press("Change Role"))
    await form.fill({"Level": "Lead"})
    await form.submit()
    await desk.refreshed(desk.engineer)

    assert "Recorded: you are *LLM Engineer, Lead*." in as_message(hub).plain


async def test_a_control_from_another_version_is_answered_from_home_too(desk: Desk) -> None:
    await desk.home(desk.engineer)
    trigger = desk.slack.world.new_trigger(ENGINEER)
    view = {"id": "V1", "type": "home", "state": {"values": {}}, "blocks": []}
    action = button("of_tomorrow", "x")
    await desk.interact(
        interaction_fields(
            "block_actions",
            container={"type": "view", "view_id": "V1"},
            view=view,
            actions=[action],
            trigger_id=trigger.id,
        )
    )

    assert desk.engineer.modal is not None
    assert "another version" in desk.engineer.modal.plain


async def test_an_error_after_a_press_on_home_is_shown_as_a_modal(desk: Desk) -> None:
    home = await desk.home(desk.engineer)
    await desk.nextrung.services.members.choose_role(
        await member(desk), desk.nextrung.services.catalogues.shelf(), "llm-engineer", "principal"
    )
    told = as_modal(await home.press("Set Lead as My Goal"))

    assert "That level is not above yours" in told.plain


@pytest.mark.parametrize(
    "metadata",
    [
        "form?o=message&u=http%3A%2F%2F203.0.113.9%2Fhook",
        "form?o=command&u=https%3A%2F%2Fhooks.slack.com.example.com%2Fx",
        "form?o=view",
        "",
        "details?k=mlops",
    ],
)
async def test_a_forged_way_back_leads_nowhere(desk: Desk, metadata: str) -> None:
    await desk.home(desk.engineer)
    before = len(desk.engineer.messages("general"))
    option = {"text": {"type": "plain_text", "text": "x"}, "value": "role?k=data-scientist"}
    level = {"text": {"type": "plain_text", "text": "x"}, "value": "lead"}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "role",
        "private_metadata": metadata,
        "blocks": [],
        "state": {
            "values": {
                "role": {"rung_role": {"type": "static_select", "selected_option": option}},
                "level.x": {"rung_level": {"type": "static_select", "selected_option": level}},
            }
        },
    }
    answer = await desk.interact(interaction_fields("view_submission", view=view))
    home = await desk.refreshed(desk.engineer)

    assert answer.status_code == 200
    assert "*You:* Data Scientist, Lead" in home.plain
    assert len(desk.engineer.messages("general")) == before


@pytest.mark.parametrize("role", ["role?k=gone", "gap?k=llm-engineer", "", "x" * 3000])
async def test_a_forged_role_changes_nothing(desk: Desk, role: str) -> None:
    option = {"text": {"type": "plain_text", "text": "x"}, "value": role}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "role",
        "private_metadata": "form?o=view",
        "blocks": [],
        "state": {"values": {"role": {"rung_role": {"selected_option": option}}}},
    }
    answer = await desk.interact(interaction_fields("view_submission", view=view))

    assert "response_action" in answer.json()
    assert (await member(desk)).role_key == "llm-engineer"
