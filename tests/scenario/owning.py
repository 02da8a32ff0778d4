"""What scenarios about the catalogue panel share: files, and the way through the modal."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.sandbox.handles import MemberHandle, MessageHandle, ViewHandle
from tests.scenario.desk import Desk, as_modal

HEAD = "role,level,skill,requirement,proficiency,text"
SAMPLE = "\n".join(
    [
        HEAD,
        "Baker,Junior,Dough,required,Working,Kneads a dough by recipe.",
        "Baker,Senior,Dough,required,Advanced,Adapts a dough to flour and weather.",
        "Baker,Junior,Oven,optional,Working,Loads the oven safely.",
        "Baker,Senior,Oven,required,Working,Plans a day of baking.",
    ]
)


# What a catalogue is called, unless a scenario has its own name for it.
NAME = "Framework"
CALLED = "What is your framework called?"


def csv(text: str = SAMPLE) -> bytes:
    return f"{text}\n".encode()


async def upload(
    desk: Desk,
    who: MemberHandle,
    content: bytes,
    *,
    name: str = "framework.csv",
    mapping: bytes | None = None,
    note: str | None = None,
    called: str = "",
) -> MessageHandle:
    """Upload a file from Home, and return the message that tells what came of it.

    `called` is what the framework is called; empty for what the form proposes, else `NAME`.
    """
    home = await desk.home(who)
    form = as_modal(await home.press("Upload a File"))
    values: dict[str, object] = {"File": who.upload(name, content)}
    if called or not proposed(form):
        values[CALLED] = called or NAME
    if mapping is not None:
        values["Mapping"] = who.upload("mapping.yaml", mapping)
    await form.fill(values)
    if note is not None:
        await form.fill({"What is new?": note})
    told = as_modal(await form.submit())
    assert told.errors == {}, told.errors
    await done(desk)
    return newest(who)


def proposed(form: ViewHandle) -> str:
    """Return what the form to upload proposes to call the framework."""
    (field,) = [each for each in form.blocks if each.get("block_id") == "catalogue.called"]
    return str(field["element"].get("initial_value", ""))


async def done(desk: Desk) -> None:
    """Wait until the bot has done what it does beside its answers."""
    await desk.drained()


def newest(who: MemberHandle) -> MessageHandle:
    """Return the newest direct message."""
    return who.messages("dm")[-1]


async def published(desk: Desk, who: MemberHandle, text: str = SAMPLE) -> MessageHandle:
    """Upload and publish, and return the message that says so."""
    preview = await upload(desk, who, csv(text))
    await publish(desk, preview)
    return newest(who)


BACK = "Type the catalogue's name to go back: "
BUILT_IN_NAME = "Nextrung starter catalogue"


async def roll_back(desk: Desk, form: ViewHandle, number: int, *, name: str = NAME) -> ViewHandle:
    """Go back in the form that Home opened, also where something ends; return what is told."""
    await form.choose("Revision", str(number))
    page = as_modal(await form.submit())
    await done(desk)
    if "What ends is shown no more" not in page.plain:
        return page
    if f"{BACK}{name}" in page.plain:
        await page.fill({f"{BACK}{name}": name})
    told = as_modal(await page.submit())
    await done(desk)
    return told


async def use_built_in(desk: Desk, who: MemberHandle) -> ViewHandle:
    """Go back to the built-in catalogue from Home; return the modal that tells what came of it."""
    modal = as_modal(await (await desk.home(who)).press("Use Built-In"))
    await done(desk)
    await modal.fill({f"{BACK}{BUILT_IN_NAME}": BUILT_IN_NAME})
    told = as_modal(await modal.submit())
    await done(desk)
    return told


async def publish(
    desk: Desk,
    preview: MessageHandle,
    decisions: Mapping[str, str] = MappingProxyType({}),
    *,
    name: str = NAME,
) -> None:
    """Publish what a message previews; where something goes, `decisions` say what takes over.

    The catalogue's name is typed where the form asks for it.
    """
    if "Publish" in preview.buttons:
        await preview.press("Publish")
    else:
        form = as_modal(await preview.press("Publish…"))
        for label, choice in decisions.items():
            await form.choose(label, choice)
        asked = f"Type the catalogue's name to publish: {name}"
        if asked in form.plain:
            await form.fill({asked: name})
        told = await form.submit()
        assert not (isinstance(told, ViewHandle) and told.errors), told.plain
    await done(desk)
