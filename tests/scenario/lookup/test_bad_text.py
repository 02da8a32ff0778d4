"""Whatever a person may type is answered kindly, in time and within Slack's limits."""

import pytest

from bot.sandbox.model import Json
from tests.scenario.desk import Desk, command_fields

TEXTS = {
    "spaces": "   \t  ",
    "too long": "mlops " * 2000,
    "one word of 10,000 characters": "x" * 10_000,
    "10,000 Chinese characters": "数" * 10_000,
    "as long as allowed": "x" * 300,
    "one too many": "x" * 301,
    "emoji only": "🎉🎉 👩🏽‍💻",
    "emoji names": ":tada: :rocket:",
    "right to left": "مهندس تعلم الآلة",
    "override of direction": "mlops \u202e roines \u2066",
    "channel mention": "<!channel> mlops",
    "here mention": "<!here|here>",
    "member mention": "<@U0MANAGER> senior",
    "link": "<https://example.com|mlops>",
    "mrkdwn": "*bold* _it_ ~no~ `code` ```block```",
    "quotation": ">>> mlops",
    "entities": "&lt;!channel&gt; &amp;amp;",
    "braces": "{name} {0} %s %(x)s ${jndi}",
    "sql": "'; DROP TABLE member; --",
    "sql of the lookup": "mlops' OR '1'='1",
    "NUL": "ml\x00ops",
    "control characters": "mlops\x01\x02\x07\x1b[31m\x7f\x85",
    "lone surrogate escape": "\\ud800 \\x00",
    "newlines": "mlops\nsenior\r\nllm engineer",
    "only punctuation": "!!! ??? --- ...",
    "only quotes": "“”‘’\"'",
    "combining marks": "m̷̢l̷͠o̵p̴s̸" * 20,
    "zero width": "ml\u200bops\u200d sen\ufeffior",
    "full width": "ＭＬＯｐｓ　ｓｅｎｉｏｒ",
    "path": "../../etc/passwd",
    "html": "<script>alert(1)</script>",
    "many words": "a b c d e f g " * 20,
    "options": "--help --version -v",
    "numbers": "1e309 -0 99999999999999999999",
    "from only": "from",
    "from twice": "llm-engineer lead from from from data-scientist",
    "only a level": "senior",
    "two levels": "mlops senior lead junior",
    "two roles": "mlops data scientist llm engineer",
    "private use": "\ue000\uf8ff\U000f0000",
    "not a character": "\ufffe\uffff",
}


def mentions_anyone(blocks: list[Json], text: str) -> bool:
    shown = text + str(blocks)
    return any(mark in shown for mark in ("<!channel", "<!here", "<!everyone", "<@", "<#", "<http"))


@pytest.mark.parametrize("command", ["/skill", "/promote-gap"])
async def test_any_text_is_answered_with_a_card(desk: Desk, command: str) -> None:
    for name, text in TEXTS.items():
        card = await desk.engineer.command(f"{command} {text}")

        assert card.blocks, name
        assert card.text.strip(), name
        assert card.is_ephemeral, name
        assert not mentions_anyone(card.blocks, card.text), name
        assert "\x00" not in card.text + str(card.blocks), name


async def test_too_long_says_how_long_it_may_be(desk: Desk) -> None:
    for text in (
        "x" * 301,
        "mlops " * 2000,
        "数" * 10_000,
    ):
        card = await desk.engineer.command(f"/skill {text}")

        assert "300" in card.plain
        assert len(card.plain) < 400  # it is not repeated back


async def test_invisible_differences_are_no_differences(desk: Desk) -> None:
    for name in (
        "zero width",
        "full width",
        "newlines",
    ):
        card = await desk.engineer.command(f"/skill {TEXTS[name]}")

        assert "*LLM Engineer at Senior asks for " in card.plain


async def test_sql_in_a_text_changes_nothing(stored_desk: Desk) -> None:
    before = await stored_desk.engineer.command("/skill mlops senior")
    for text in ("'; DROP TABLE member; --", "mlops'); DELETE FROM expectation; --"):
        await stored_desk.engineer.command(f"/skill {text}")
        await stored_desk.post(command_fields(user_id=text, response_url=""))
    stored_desk.nextrung.services.members._known.clear()

    after = await stored_desk.engineer.command("/skill mlops senior")
    assert after.plain == before.plain


async def test_any_text_in_a_typeahead_gives_options_or_none(desk: Desk) -> None:
    for typed in (
        "\x00",
        "x" * 5000,
        "<!channel>",
        "🎉",
        "'; --",
        "数" * 200,
        " ",
    ):
        browse = await desk.admin.command("/skill")
        gap = await desk.admin.command("/promote-gap")

        for card, name in ((browse, "find"), (browse, "find_role"), (gap, "find_target")):
            labels = await card.suggest(name, typed)
            assert len(labels) <= 100
