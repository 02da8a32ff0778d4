"""Files that members choose in a form: told to the bot, and read by it with its token."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.handles import ViewHandle
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Json
from tests.integration.sandbox.bots import web_client

FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Upload"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "file",
            "label": {"type": "plain_text", "text": "File"},
            "element": {"type": "file_input", "action_id": "file", "filetypes": ["csv"]},
        }
    ],
}


async def opened(slack: LocalSlack, client: AsyncWebClient) -> ViewHandle:
    """Return the form as the engineer sees it."""
    trigger = slack.world.new_trigger("U0ENGINEER")
    await client.views_open(trigger_id=trigger.id, view=FORM)
    engineer = slack.member("U0ENGINEER")
    view = slack.world.modals[engineer.id][-1]
    return ViewHandle(slack.interactions, slack.world, engineer.id, view)


async def read(url: str, token: str) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, answer.content_type, await answer.read()


async def test_a_file_of_a_form_is_read_with_the_bot_token(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    form = await opened(slack, client)
    assert (await form.submit()).errors  # a file is wanted
    await form.fill({"File": slack.member("U0ENGINEER").upload("é &.csv", b"a,b")})
    (told,) = form.value("File")["files"]
    found = (await client.files_info(file=told["id"]))["file"]
    assert found == told
    assert (found["name"], found["size"], found["user"]) == ("é &.csv", 3, "U0ENGINEER")
    for key in ("url_private", "url_private_download"):
        assert await read(found[key], slack.bot_token) == (200, "application/octet-stream", b"a,b")


@pytest.mark.parametrize("token", ["", "xoxb-unknown", "xoxb-local-second"])
async def test_a_stranger_gets_a_page_to_sign_in(slack: LocalSlack, token: str) -> None:
    told = slack.member("U0ENGINEER").upload("a.csv", b"secret")
    status, kind, content = await read(told["url_private"], token)
    assert (status, kind) == (200, "text/html")
    assert b"secret" not in content


async def test_a_revoked_token_reads_nothing(slack: LocalSlack) -> None:
    told = slack.member("U0ENGINEER").upload("a.csv", b"secret")
    slack.revoke()
    assert b"secret" not in (await read(told["url_private"], slack.bot_token))[2]


async def test_a_file_that_is_gone(slack: LocalSlack) -> None:
    told = slack.member("U0ENGINEER").upload("a.csv", b"secret")
    slack.world.files.clear()
    assert (await read(told["url_private"], slack.bot_token))[0] == 404


async def test_another_workspace_does_not_see_it(slack: LocalSlack) -> None:
    told = slack.member("U0ENGINEER").upload("a.csv", b"secret")
    other = web_client(slack, slack.world.workspaces["TOTHER"].bot_token)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await other.files_info(file=told["id"])
