"""No menu of a card ever shows what the card no longer does.

A client keeps a choice until the id of the menu's block changes; the local Slack does too.
"""

import random
from typing import Any

import pytest

from bot.cards.ids import Shortcut
from bot.sandbox.blocks import elements, options_of, text_of
from bot.sandbox.dispatch.payloads import state_at
from bot.sandbox.handles import MessageHandle
from tests.scenario.desk import Desk, as_message, as_modal

COMMANDS = (
    "/skill ml-experiment-tracking",
    "/skill prompt-engineering lead data-scientist",
    "/skill mlops senior",
    "/skill llm-engineer",
    "/skill engineering-manager manager",
    "/promote-gap llm-engineer lead",
)


def sent(blocks: Any) -> dict[tuple[str, str], str]:
    """Return what each menu was sent to show, by its ids."""
    return {
        (block["block_id"], element["action_id"]): text_of(element["initial_option"]["text"])
        for block, element in elements(blocks)
        if element["type"] in ("static_select", "external_select")
        if element.get("initial_option")
    }


def seen(state: Any) -> dict[tuple[str, str], str]:
    """Return what the member's client shows in each menu."""
    return {
        (block_id, action_id): text_of(value["selected_option"]["text"])
        for block_id, held in state.items()
        for action_id, value in held.items()
        if value.get("selected_option")
    }


def state(card: MessageHandle) -> Any:
    """Return `state.values` of a message, as the member's client has it."""
    return state_at(card.message, card.member_id)


def choices(blocks: Any) -> list[tuple[str, str]]:
    """Return every option that a menu of this card offers and that is not chosen: name, value."""
    return [
        (element["action_id"], option["value"])
        for _, element in elements(blocks)
        if element["type"] == "static_select"
        for option in options_of(element)
        if option["value"] != (element.get("initial_option") or {}).get("value")
    ]


@pytest.mark.parametrize("command", COMMANDS)
async def test_no_menu_is_stale_after_any_walk(desk: Desk, command: str) -> None:
    card = as_message(await desk.engineer.command(command))
    rng = random.Random(command)  # noqa: S311 - repeatable samples
    for _ in range(25):
        offered = choices(card.blocks)
        name, value = rng.choice(offered)
        opened = await card.choose(name, value)
        await desk.drained()
        if desk.engineer.modal is not None:
            await as_modal(opened).close()
        assert seen(state(card)) == sent(card.blocks)


@pytest.mark.parametrize("command", COMMANDS[:3])
async def test_there_and_back_again_shows_the_first_choice(desk: Desk, command: str) -> None:
    card = await desk.engineer.command(command)
    for level in ("principal", "junior", "principal", "junior"):
        card = as_message(await card.choose("level", level))
        (shown,) = {text for (_, action), text in seen(state(card)).items() if action == "level"}
        assert shown == f"Level: {level.title()}"


async def test_the_menus_of_details_are_never_stale(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")
    modal = as_modal(await card.press("Details"))
    rng = random.Random(7)  # noqa: S311 - repeatable samples
    for _ in range(25):
        name, value = rng.choice(choices(modal.blocks))
        modal = as_modal(await modal.choose(name, value))
        assert seen(modal.view.state) == sent(modal.blocks)


async def test_the_menus_of_the_finder_are_never_stale(desk: Desk) -> None:
    modal = as_modal(await desk.engineer.global_shortcut(Shortcut.FIND_SKILL))
    modal = as_modal(await modal.choose("finder", "ML Experiment Tracking"))
    for level in ("junior", "lead", "junior", "lead"):
        modal = as_modal(await modal.choose("finder_level", level))
        assert seen(modal.view.state) == sent(modal.blocks)
