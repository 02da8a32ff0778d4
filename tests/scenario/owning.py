"""What scenarios about the catalogue panel share: files, and the way through the modal."""

from bot.sandbox.handles import MemberHandle, MessageHandle
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
) -> MessageHandle:
    """Upload a file from Home, and return the message that tells what came of it."""
    home = await desk.home(who)
    form = as_modal(await home.press("Upload a File"))
    values = {"File": who.upload(name, content)}
    if mapping is not None:
        values["Mapping"] = who.upload("mapping.yaml", mapping)
    await form.fill(values)
    if note is not None:
        await form.fill({"What is new?": note})
    told = as_modal(await form.submit())
    assert told.errors == {}, told.errors
    await done(desk)
    return newest(who)


async def done(desk: Desk) -> None:
    """Wait until the bot has done what it does beside its answers."""
    assert await desk.nextrung.app.drained(30)


def newest(who: MemberHandle) -> MessageHandle:
    """Return the newest direct message."""
    return who.messages("dm")[-1]


async def published(desk: Desk, who: MemberHandle, text: str = SAMPLE) -> MessageHandle:
    """Upload and publish, and return the message that says so."""
    preview = await upload(desk, who, csv(text))
    await preview.press("Publish")
    await done(desk)
    return newest(who)
