"""Owning a framework: uploads, drafts, publishing, going back."""

from bot.sandbox.handles import MessageHandle
from bot.sandbox.samples import CHINESE_ENGINEER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.door.walk.steps import Settle
from tests.scenario.owning import (
    HEAD,
    NAME,
    SAMPLE,
    csv,
    done,
    published,
    roll_back,
    upload,
    use_built_in,
)


async def catalogue(desk: Desk, settle: Settle) -> None:
    admin = desk.admin
    await published(desk, admin)
    form = as_modal(await (await desk.home(admin)).press("Owners"))
    await form.fill({"Catalogue owners": [CHINESE_ENGINEER]})
    await form.submit()
    form = as_modal(await (await desk.home(admin)).press("Download"))
    await form.submit()
    await done(desk)
    await drafts(desk, settle)
    waiting = await kept(desk, settle, "snow")
    more = [f"Baker,Senior,Skill {number},optional,Working,Does it." for number in range(20)]
    changed = "\n".join([SAMPLE.replace("weather", "season"), *more])
    late = await upload(desk, admin, csv(changed))
    view = as_modal(await late.press("See Every Change"))
    await as_modal(await view.press("Next Page")).choose("catalogue_filter", "reworded")
    late.blocks[-1]["elements"][1]["action_id"] = "catalogue_warnings"
    await late.press(action_id="catalogue_warnings")
    await waiting.press("Publish")
    await settle()
    await late.press("Publish")
    await done(desk)
    await late.press("Compare Again")
    await done(desk)
    await wizard(desk)
    await texts(desk)
    form = as_modal(await (await desk.home(admin)).press("Roll Back"))
    await roll_back(desk, form, 1)
    await use_built_in(desk, admin)


async def wizard(desk: Desk) -> None:
    """Lead a file that leaves something open to members; another one is dropped."""
    form = as_modal(await (await desk.home(desk.admin)).press("Upload a File"))
    await form.fill({"File": desk.admin.upload("numbers.csv", b"Skill,Junior,Senior\nOven,0,1\n")})
    modal = as_modal(await form.submit())
    await done(desk)
    for again in (True, False):
        await modal.choose(
            "All cells are 0 or 1: what do they mean?", "1 is required, 0 is not asked"
        )
        await modal.submit()
        await done(desk)
        if again:
            await modal.press("Ask Me Again")
            await done(desk)
    await modal.submit()
    asked = f"Type the catalogue's name to publish: {NAME}"
    await modal.fill({asked: NAME} if asked in modal.plain else {})
    await modal.submit()
    await done(desk)
    await upload(desk, desk.admin, csv())
    await (await desk.home(desk.admin)).press("Continue…")
    await done(desk)
    await (await desk.home(desk.admin)).press("Drop")
    await done(desk)


async def texts(desk: Desk) -> None:
    """Check the texts of a framework that gives a page and more to read."""
    same = [
        f"Baker,{level},Cake {at},required,Working,Bakes it."
        for at in range(9)
        for level in ("Junior", "Senior")
    ]
    await published(desk, desk.admin, "\n".join([HEAD, *same]))
    checked = as_modal(await (await desk.home(desk.admin)).press("Check Texts"))
    await done(desk)
    for rule in ("no-guide", "same-as-below"):
        await checked.choose("check_rule", rule)
        await done(desk)
    await checked.press("Next Page")
    await done(desk)


async def drafts(desk: Desk, settle: Settle) -> None:
    """Let drafts wait for another owner: one is approved, published and taken back."""
    await kept(desk, settle, "heat")
    await (await kept(desk, settle, "rain")).press("Call Off")
    question = desk.chinese.messages("dm")[-2]
    form = as_modal(await question.press(action_id="catalogue_comment"))
    await form.fill({"你有什么意见？": "Good"})
    await form.submit()
    await question.press(action_id="catalogue_approve")
    told = desk.admin.messages("dm")[-1]
    await told.press("Publish")
    await settle()
    await told.press("Roll Back")
    await settle()


async def kept(desk: Desk, settle: Settle, word: str) -> MessageHandle:
    """Let a draft wait for another owner; return the message that says so."""
    preview = await upload(desk, desk.admin, csv(SAMPLE.replace("weather", word)))
    form = as_modal(await preview.press("Publish Later…"))
    await form.fill({"Who looks at it?": [CHINESE_ENGINEER]})
    await form.submit()
    await settle()
    return preview
