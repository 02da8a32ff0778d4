"""Messages of every kind: long, threaded, edited, deleted, with files, and hostile ones."""

import io

from PIL import Image
from playwright.async_api import expect

from bot.sandbox.model import SharedFile
from tests.browser.desk import Desk


async def test_a_message_taller_than_the_window_is_shown_from_its_head(desk: Desk) -> None:
    window = await desk.window(size=(900, 500))
    await window.type("/promote-gap")
    await window.see("Every element")
    await expect(window.newest.locator(".bk-header")).to_be_in_viewport()
    await window.type("/echo short")
    await expect(window.newest).to_be_in_viewport(ratio=1)


async def test_messages_are_edited_and_deleted_in_place(desk: Desk) -> None:
    world = desk.slack.world
    message = world.post(channel=world.channels["C0GENERAL"], author_id="U0BOT", text="first")
    window = await desk.window()
    await window.see("first")
    world.edit(message, text="second")
    await window.see("second")
    await window.see("(edited)")
    world.delete(message)
    await window.gone("second")


async def test_a_shared_file_is_offered_for_download(desk: Desk) -> None:
    world = desk.slack.world
    world.files["F1"] = SharedFile(
        id="F1",
        workspace_id="TSAMPLE",
        name="packet.md",
        length=2048,
        content=b"# Packet",
        shared=True,
    )
    world.post(channel=world.dm("U0ENGINEER"), author_id="U0BOT", text="", file_ids=["F1"])
    window = await desk.window("messages")
    async with window.page.expect_download() as download:
        await window.page.get_by_role("link", name="Download packet.md").click()
    saved = await download.value
    assert saved.suggested_filename == "packet.md"
    assert (await saved.path()).read_bytes() == b"# Packet"


async def test_a_picture_is_shown_and_what_only_calls_itself_one_is_not(desk: Desk) -> None:
    world = desk.slack.world
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")
    contents = {
        "chart.png": picture.getvalue(),
        "fake.png": b"<script>alert(1)</script>",
        "drawn.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    }
    for number, (name, content) in enumerate(contents.items()):
        world.files[f"F{number}"] = SharedFile(
            id=f"F{number}",
            workspace_id="TSAMPLE",
            name=name,
            length=len(content),
            content=content,
            alt_text="Two of three are met",
            shared=True,
        )
    ids = [f"F{number}" for number in range(len(contents))]
    world.post(channel=world.dm("U0ENGINEER"), author_id="U0BOT", text="Yours", file_ids=ids)
    window = await desk.window("messages")
    await window.see("Yours")
    shown = window.page.get_by_role("img", name="Two of three are met")
    await expect(shown).to_have_count(1)
    await shown.scroll_into_view_if_needed()
    await window.page.wait_for_function("document.querySelector('.file-picture').naturalWidth > 0")
    assert await shown.evaluate("image => image.naturalWidth") == 40
    await expect(window.page.get_by_role("link", name="Download")).to_have_count(3)


HOSTILE = (
    "<img src=x onerror=alert(1)> <script>alert(1)</script> <javascript:alert(1)|press>"
    ' "><svg onload=alert(1)> *<b>* `<i>` <https://example.com/"onmouseover="alert(1)|x>'
)


async def test_hostile_text_is_only_text(desk: Desk) -> None:
    world = desk.slack.world
    text = {"type": "mrkdwn", "text": HOSTILE}
    plain = {"type": "plain_text", "text": HOSTILE[:70]}
    blocks = [
        {"type": "section", "text": text, "fields": [text]},
        {"type": "markdown", "text": HOSTILE},
        {"type": HOSTILE, "text": HOSTILE},
        {
            "type": "actions",
            "block_id": HOSTILE,
            "elements": [{"type": "button", "text": plain, "action_id": HOSTILE}],
        },
    ]
    channel = world.channels["C0GENERAL"]
    world.post(channel=channel, author_id="U0BOT", text=HOSTILE, blocks=blocks)
    world.post(channel=channel, author_id="U0ENGINEER", text=HOSTILE)
    window = await desk.window()
    await window.see("onerror")
    running = "script, svg[onload], img[src=x], [onerror], [onload], [onmouseover]"
    assert await window.page.locator(f"#pieces :is({running})").count() == 0
    assert await window.page.locator("#pieces a[href^=javascript]").count() == 0


async def test_typed_text_survives_a_redraw_around_it(desk: Desk) -> None:
    window = await desk.window()
    await window.composer.fill("half a thought")
    await desk.slack.member("U0MANAGER").say("something else", channel="general")
    await window.see("something else")
    await expect(window.composer).to_have_value("half a thought")
