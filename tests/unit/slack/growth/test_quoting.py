"""A Slack message as evidence: what is quoted of it, and the link back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.growth.evidence import MAX_NOTE, EvidenceKind, checked
from bot.slack.growth.quoting import permalink, quoted
from bot.slack.press import QuotedMessage
from bot.slack.reading import read
from bot.text.translator import load_translators

ENGLISH = load_translators().for_locale("en")
API = "https://slack.com/api/"
PAYLOAD: dict[str, Any] = {
    "team": {"id": "T0SAMPLE", "domain": "sample-workspace"},
    "channel": {"id": "C0GENERAL", "name": "general"},
    "message": {"ts": "1790000000.000100", "text": "Hello"},
}


def words(message: Any) -> str:
    return quoted(message, MAX_NOTE, ENGLISH)[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Thanks for the fix!", "“Thanks for the fix!”"),
        ("a &lt;b&gt; &amp; c", "“a <b> & c”"),
        ("<@U0ADMIN> and <@U1|ana>: see <#C1|general>", "“@someone and @ana: see #general”"),
        ("<!here> <!subteam^S1|@ops> <!date^1^{date_short}|3 May>", "“@here @ops 3 May”"),
        ("<https://example.com/a?b=1&amp;c=2>", "“https://example.com/a?b=1&c=2”"),
        ("<https://example.com|the plan>", "“the plan (https://example.com)”"),
        ("<https://example.com|example.com>", "“https://example.com”"),
        ("<mailto:a@example.com|a@example.com>", "“a@example.com”"),
        ("1 < 2 and <", "“1 < 2 and <”"),
        ("two\nlines", "“two\nlines”"),
        ("   ", ""),
    ],
)
def test_a_message_is_quoted_as_a_reader_sees_it(text: str, shown: str) -> None:
    assert words({"text": text}) == shown


def test_a_message_of_blocks_alone_is_quoted_from_them() -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Release 4"}},
        {"type": "divider"},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Thanks <@U1|ana>"},
            "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Press"}},
        },
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Well done "},
                        {"type": "user", "user_id": "U1"},
                        {"type": "emoji", "name": "tada"},
                        {"type": "broadcast", "range": "here"},
                        {"type": "link", "url": "https://example.com"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "first"}],
                        }
                    ],
                },
            ],
        },
        {"type": "actions", "elements": [{"type": "button", "text": "Buy"}]},
    ]
    shown = words({"text": "", "blocks": blocks})

    assert shown.splitlines()[0] == "“Release 4"
    assert "Thanks @ana" in shown
    assert "Well done @someone:tada:@herehttps://example.com" in shown
    assert "first" in shown
    assert "Press" not in shown
    assert "Buy" not in shown


def test_attachments_and_files_speak_where_nothing_else_does() -> None:
    attached = {"attachments": [{"title": "Build 5", "text": "passed"}, {"fallback": "plain"}, 7]}
    assert words(attached) == "“Build 5\npassed\nplain”"
    assert words({"files": [{"title": "Plan", "name": "plan.pdf"}, {"name": "b.png"}]}) == (
        "“Plan, b.png”"
    )
    assert words({"text": None, "blocks": None, "attachments": None, "files": None}) == ""


def test_a_long_message_is_cut_to_what_a_note_holds() -> None:
    whole, cut = quoted({"text": "x" * (MAX_NOTE - 2)}, MAX_NOTE, ENGLISH)
    assert (len(whole), cut) == (MAX_NOTE, False)
    short, cut = quoted({"text": "x" * 40_000}, MAX_NOTE, ENGLISH)
    assert (len(short), short[-2:], cut) == (MAX_NOTE, "…”", True)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["type", "text", "elements", "fields", "rows", "blocks", "name"]),
                inner | st.sampled_from(["section", "rich_text", "mrkdwn", "text", "user"]),
                max_size=4,
            )
        ),
        max_leaves=30,
    )
)
def test_whatever_a_message_is_made_of_it_is_quoted_or_empty(value: Any) -> None:
    for message in ({"text": value}, {"blocks": value}, {"attachments": value}, {"files": value}):
        note, _ = quoted(message, MAX_NOTE, ENGLISH)
        assert note == "" or (note[0], note[-1]) == ("“", "”")
        assert len(note) <= MAX_NOTE


def test_deep_nesting_ends() -> None:
    nested: Any = {"type": "text", "text": "deep"}
    for _ in range(500):
        nested = {"type": "section", "elements": [nested]}
    assert words({"blocks": [nested]}) == ""


def used_on(**parts: Any) -> QuotedMessage:
    body = {"type": "message_action", "callback_id": "save_evidence"} | PAYLOAD | parts
    message: QuotedMessage = read(body, tenant=None, team_id=None).value.request
    return message


def test_the_link_leads_to_the_message() -> None:
    link = permalink(used_on(), api_url=API)
    assert link == "https://sample-workspace.slack.com/archives/C0GENERAL/p1790000000000100"
    assert checked("", link)[0] is EvidenceKind.SLACK_MESSAGE
    gov = permalink(used_on(), api_url="https://slack-gov.com/api/")
    assert gov.startswith("https://sample-workspace.slack-gov.com/archives/")


def test_the_link_to_a_reply_opens_its_thread() -> None:
    reply = {"ts": "1790000000.000200", "thread_ts": "1790000000.000100"}
    link = permalink(used_on(message=reply), api_url=API)
    assert link.endswith("/p1790000000000200?thread_ts=1790000000.000100&cid=C0GENERAL")
    assert checked("", link)[2] == link
    first = {"ts": "1790000000.000100", "thread_ts": "1790000000.000100"}
    assert "?" not in permalink(used_on(message=first), api_url=API)


ORGANISATION = "https://sample.enterprise.slack.com/"


def test_in_an_organisation_the_link_goes_by_its_own_address() -> None:
    """Slack may name no workspace there."""
    link = permalink(used_on(team=None), api_url=API, home=ORGANISATION)
    assert link == "https://sample.enterprise.slack.com/archives/C0GENERAL/p1790000000000100"
    assert checked("", link)[0] is EvidenceKind.SLACK_MESSAGE
    named = permalink(used_on(), api_url=API, home=ORGANISATION)
    assert named.startswith("https://sample-workspace.slack.com/")


@pytest.mark.parametrize(
    "home", ["https://evil.example/", "https://slack.com.evil.example/", "https://slack.com/", "x"]
)
def test_no_link_leads_elsewhere(home: str) -> None:
    assert permalink(used_on(team=None), api_url=API, home=home) == ""


@pytest.mark.parametrize(
    "parts",
    [
        {"team": None},
        {"team": {"id": "T0SAMPLE", "domain": None}},
        {"team": {"domain": "evil.example/"}},
        {"channel": None},
        {"channel": {"id": "../x"}},
        {"message": None},
        {"message": {"ts": "now"}},
        {"message": {"ts": "1.1", "is_ephemeral": True}},
    ],
)
def test_without_all_its_parts_there_is_no_link(parts: dict[str, Any]) -> None:
    assert permalink(used_on(**parts), api_url=API) == ""
