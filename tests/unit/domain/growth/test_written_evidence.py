"""What a member writes as evidence: read kindly, and refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import EmptyEvidence, NextrungError, TextTooLong, UnusableLink
from bot.domain.growth.evidence import MAX_NOTE, MAX_URL, EvidenceKind, checked

NOTE, LINK, MESSAGE = EvidenceKind.NOTE, EvidenceKind.LINK, EvidenceKind.SLACK_MESSAGE


@pytest.mark.parametrize(
    ("typed", "kind", "url"),
    [
        ("https://example.com/a?b=c#d", LINK, "https://example.com/a?b=c#d"),
        ("example.com/plan", LINK, "https://example.com/plan"),
        ("  http://10.0.0.1:8080/x ", LINK, "http://10.0.0.1:8080/x"),
        ("<https://example.com/x|the plan>", LINK, "https://example.com/x"),
        ("https://例子.测试/路径", LINK, "https://例子.测试/路径"),
        ("https://x.slack.com/archives/C1/p17", MESSAGE, "https://x.slack.com/archives/C1/p17"),
        ("https://x.slack.com/files/C1", LINK, "https://x.slack.com/files/C1"),
        (
            "https://x.slack.com.evil.example/archives/C1/p17",
            LINK,
            "https://x.slack.com.evil.example/archives/C1/p17",
        ),
        ("", NOTE, None),
    ],
)
def test_a_link_is_read_as_it_is_pasted(typed: str, kind: EvidenceKind, url: str | None) -> None:
    assert checked(" A note ", typed) == (kind, "A note", url)


@pytest.mark.parametrize(
    "typed",
    [
        "nonsense",
        "two words.com",
        "javascript:alert(1)",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://",
        "https://.",
        "https://localhost",
        "https://example.com:port",
        "https://exa<b>mple.com",
        "https://example.com/a|b",
        'https://example.com/"x',
        "https://example.com/\u202ex",
        "https://[::1",
    ],
)
def test_what_no_browser_opens_is_refused(typed: str) -> None:
    with pytest.raises(UnusableLink):
        checked("A note", typed)


def test_one_of_note_and_link_is_enough() -> None:
    assert checked("", "example.com") == (LINK, "", "https://example.com")
    for note, link in (("", ""), ("  \n ", " "), ("\0", "\ud800")):
        with pytest.raises(EmptyEvidence):
            checked(note, link)


def test_what_is_too_long_is_refused_with_the_limit_and_the_field() -> None:
    assert checked("x" * MAX_NOTE, "")[1] == "x" * MAX_NOTE
    with pytest.raises(TextTooLong) as told:
        checked("x" * (MAX_NOTE + 1), "")
    assert told.value.params == {"limit": MAX_NOTE, "field": "note"}
    whole = "https://example.com/" + "x" * (MAX_URL - 20)
    assert checked("", whole)[2] == whole
    for long in (whole + "x", whole.removeprefix("https://") + "x"):
        with pytest.raises(TextTooLong) as told:
            checked("", long)
        assert told.value.params == {"limit": MAX_URL, "field": "link"}


@given(st.text(), st.text() | st.text().map("https://a.example/".__add__))
def test_what_is_kept_would_be_taken_again_as_it_is(note: str, link: str) -> None:
    try:
        kind, text, url = checked(note, link)
    except NextrungError:
        return
    assert checked(text, url or "") == (kind, text, url)
    assert (url is None) == (kind is NOTE)
    assert "\0" not in text
