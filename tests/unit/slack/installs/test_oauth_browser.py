"""What a browser sends is read as it is meant, or not at all."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.installs.oauth.browser import (
    BrowserSecret,
    OddQuery,
    Returned,
    accepted,
    returned,
)

STATE = "s" * 43
LOCALES = ("en", "zh")


def test_what_slack_brings_back_is_read() -> None:
    given = f"code=123.456.abc&state={STATE}".encode()
    assert returned(given) == Returned("123.456.abc", STATE, None)
    assert returned(b"error=access_denied") == Returned(None, None, "access_denied")
    assert returned(b"") == Returned(None, None, None)
    assert returned(b"utm_source=x&team=T0OTHER") == Returned(None, None, None)


@pytest.mark.parametrize(
    "query",
    [
        b"code=a&code=b",
        f"state={STATE}&state={STATE}".encode(),
        b"state=short",
        b"state=" + b"s" * 44,
        b"state=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        b"code=%00",
        b"code=" + b"a" * 513,
        b"code=a%0D%0ASet-Cookie:x=y",
        b"code=\xff\xfe",
        b"code=%FF",
        b"error=%3Cimg%20src=x%20onerror=alert(1)%3E",
        b"error=" + b"a" * 65,
        b"x=" + b"y" * 5000,
        b"&".join(b"a%d=1" % number for number in range(30)),
    ],
)
def test_an_odd_query_is_refused_whole(query: bytes) -> None:
    with pytest.raises(OddQuery):
        returned(query)


@given(st.binary(max_size=200) | st.text(max_size=60).map(str.encode))
def test_any_query_is_read_or_refused(query: bytes) -> None:
    for sent in (query, b"code=" + query, b"state=" + query, b"error=" + query):
        with suppress(OddQuery):
            back = returned(sent)
            assert all(each is None or each.isprintable() for each in (back.code, back.state))
            assert not set(f"{back.code}{back.state}{back.error}") & set("<>&\"'= %")


@given(st.text(max_size=80) | st.from_regex(r"[a-z-]{2,5}(;q=[0-9.]{1,5})?", fullmatch=True))
def test_any_header_gives_one_of_our_languages_or_none(header: str) -> None:
    assert accepted(header, LOCALES) in {None, *LOCALES}


def test_the_secret_is_the_browsers_own_and_the_same_in_all_tabs() -> None:
    cookie = BrowserSecret(secure=True)
    first = cookie.kept({})
    assert cookie.of({cookie.name: first}) == first
    assert cookie.kept({cookie.name: first}) == first
    assert cookie.kept({}) != first
    for odd in ("", "short", "x" * 44, "<script>", "é" * 43):
        assert cookie.of({cookie.name: odd}) is None
        assert cookie.kept({cookie.name: odd}) != odd


def test_only_by_https_the_cookie_is_kept_from_other_hosts() -> None:
    header = BrowserSecret(secure=True).header("x")
    parts = header.split("; ")
    assert parts[0] == "__Host-nextrung-install=x"
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3600"} == set(parts[1:])
    plain = BrowserSecret(secure=False).header("x")
    assert plain.startswith("nextrung-install=x; ")
    assert "Secure" not in plain


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("de-DE,de;q=0.9,zh-TW;q=0.5,en;q=0.4", "zh"),
        ("en;q=0.1, zh-Hans;q=0.2", "zh"),
        ("zh;q=0, en;q=0.1", "en"),
        ("ZH", "zh"),
        ("de", None),
        ("*", None),
        ("", None),
        (";;;,,q=,zh;q=x,zh;q=2,zh;q=nan", None),
        ("x" * 400 + "," + "y," * 100 + "zh", None),
    ],
)
def test_the_language_is_the_one_that_is_preferred(header: str, language: str | None) -> None:
    assert accepted(header, LOCALES) == language
