"""A member who presses whatever there is, in a large catalogue too: a card every time."""

import random
from collections import Counter

from bot.sandbox.blocks import elements, options_of, text_of
from bot.sandbox.handles import MemberHandle, MessageHandle, ViewHandle
from bot.sandbox.handles.surface import BUTTONS, Surface
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER
from bot.services.lookup.shelves import BUILT_IN
from bot.store.database import Database
from tests.factories import big_catalogue
from tests.properties import sampled
from tests.scenario.desk import Desk

STARTS = (
    "/skill",
    "/skill help",
    "/skill mlops senior",
    "/skill model",
    "/skill llm-engineer",
    "/promote-gap",
    "/promote-gap help",
    "/promote-gap llm-engineer lead",
    "/promote-gap llm-engineer principal from data-scientist junior",
    "/promote-gap ml-engineer senior",
)
STEPS = 60
# Two in ten commands show help, which has no control: so often in a row none does.
MOST_ONLY_READ = 20


async def step(surface: Surface, chance: random.Random) -> tuple[Surface, str]:
    """Use one control at random; returns what is seen then, and the name of what was used."""
    usable = list(elements(surface.blocks))
    _, element = usable[chance.randrange(len(usable))]
    action_id = element["action_id"]
    if element["type"] in BUTTONS:
        label = text_of(element["text"])
        same = [
            other
            for _, other in usable
            if other["type"] in BUTTONS and text_of(other["text"]) == label
        ]
        nth = next(number for number, other in enumerate(same) if other is element)
        return await surface.press(label, nth=nth), f"press {label} ({nth})"
    if "text_input" in element["type"]:
        text = chance.choice(("", "Led the upgrade", "*<!here>* & 🚀", "https://example.com/a"))
        return await surface.fill({action_id: text}), f"type {text}"
    if "external" in element["type"]:
        found = await surface.suggest(action_id, chance.choice(("", "eng", "a", "数", "zz")))
        name = chance.choice(found) if found else None
        if name is None:
            return surface, f"search {action_id} in vain"
        chosen = [name] if "multi" in element["type"] else name
        return await surface.choose(action_id, chosen), f"find {name}"
    if element["type"] == "users_select":
        who = chance.choice((ENGINEER, ADMIN, MANAGER, CHINESE_ENGINEER))
        return await surface.choose(action_id, who), f"choose {who}"
    if element["type"] == "datepicker":
        day = chance.choice(("2020-02-29", "2026-12-01", "2027-01-31", "2099-12-31"))
        return await surface.choose(action_id, day), f"choose {day}"
    value = chance.choice(options_of(element))["value"]
    return await surface.choose(action_id, value), f"choose {value}"


async def usable(
    surface: Surface, member: MemberHandle, chance: random.Random, path: list[str]
) -> Surface:
    """Return what has a control: this, or else what one of the next commands shows.

    What is only to be read, such as help, must say what to type next, unless it is a file that was
    asked for; a modal can be closed.
    """
    for _ in range(MOST_ONLY_READ):
        if list(elements(surface.blocks)):
            return surface
        if isinstance(surface, ViewHandle):
            await surface.close(clear=True)
        else:
            told = isinstance(surface, MessageHandle) and bool(surface.files)
            assert told or "`/" in surface.plain, [*path, surface.plain]
        command = chance.choice(STARTS)
        path.append(command)
        surface = await member.command(command)
    raise AssertionError(f"nothing but what is only to be read: {path}")


async def walk(desk: Desk, member_id: str, start: str, chance: random.Random) -> None:
    """Walk until there is nothing to press any more, or `STEPS` times."""
    member = desk.slack.member(member_id)
    surface: Surface = await member.command(start)
    path = [start]
    for _ in range(STEPS):
        if isinstance(surface, ViewHandle) and not surface.is_open:
            surface = await member.command(chance.choice(STARTS))
        if isinstance(surface, ViewHandle):
            if chance.random() < 0.4:
                await surface.close(clear=True)
                surface = await member.command(chance.choice(STARTS))
            elif surface.place.payload.get("submit") and chance.random() < 0.3:
                surface = await surface.submit()
                path.append("submit")
                continue
        surface = await usable(surface, member, chance, path)
        surface, done = await step(surface, chance)
        path.append(done)
        assert surface.plain.strip(), path
        assert "another version" not in surface.plain, path
        assert "catalogue has changed" not in surface.plain, path
        if isinstance(surface, MessageHandle):
            assert surface.text.strip(), path
    desk.clean()


@sampled("seed", range(3))
async def test_walk_through_the_built_in_catalogue(any_desk: Desk, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a walk that can be walked again
    for member in (any_desk.engineer, any_desk.admin, any_desk.chinese):
        await walk(any_desk, member.id, chance.choice(STARTS), chance)


@sampled("seed", range(2))
async def test_walk_through_a_large_catalogue(desk: Desk, sqlite_bot_url: str, seed: int) -> None:
    await serve_large(desk, sqlite_bot_url)
    chance = random.Random(seed)  # noqa: S311 - a walk that can be walked again
    for member in (desk.engineer, desk.admin, desk.chinese):
        await walk(desk, member.id, chance.choice(("/skill", "/promote-gap")), chance)


async def test_groups_of_a_large_catalogue_page_forward_and_back(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await serve_large(desk, sqlite_bot_url)
    content = desk.nextrung.services.catalogues.shelf().catalogue.content
    sizes = Counter(skill.group.key for skill in content.skills)
    asked = Counter(
        (each.skill.group.key, each.level.key, each.role.key) for each in content.expectations
    )
    ((largest, level, role), most) = asked.most_common(1)[0]
    first = await desk.admin.command(f"/skill {largest} {level} {role}")

    names: list[str] = []
    card: Surface = first
    start = first.plain
    while True:
        names += [text_of(block["text"]).split("*")[1] for block in card.blocks if _opens(block)]
        if "Next Page" not in card.buttons:
            break
        card = await card.press("Next Page")
    # What the role asks is opened from a page, what is not defined is named on the last one.
    assert f"asks for {len(names)} of {sizes[largest]} skills*" in start
    assert len(set(names)) == len(names) == most > 5
    assert ("Not defined here: " in card.plain) == (len(names) < sizes[largest])
    while "Previous Page" in card.buttons:
        card = await card.press("Previous Page")
    assert card.plain == start


def _opens(block: dict[str, object]) -> bool:
    accessory = block.get("accessory")
    return isinstance(accessory, dict) and str(accessory.get("action_id")).startswith("show.")


async def serve_large(desk: Desk, url: str) -> None:
    """Publish 300 skills for 30 roles from elsewhere, and serve them."""
    elsewhere = Database(url)
    await elsewhere.catalogues.publish(
        big_catalogue(skills=300, roles=30, expectations=6_000),
        catalogue_key=BUILT_IN,
        author="Sample Owner",
        note="large",
        at=desk.slack.clock.now(),
    )
    await elsewhere.dispose()
    await desk.nextrung.services.catalogues.refresh()
