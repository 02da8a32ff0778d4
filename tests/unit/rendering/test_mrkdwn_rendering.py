"""mrkdwn as Slack reads it."""

import re
import time

import pytest

from bot.sandbox.rendering import Viewer, render_mrkdwn
from tests.unit.rendering.checked_html import CheckedHtml

ALONE = [
    ("*bold*", "<strong>bold</strong>"),
    ("_italic_", "<em>italic</em>"),
    ("~gone~", "<s>gone</s>"),
    ("*_both_*", "<strong><em>both</em></strong>"),
    ("_a *b* c_", "<em>a <strong>b</strong> c</em>"),
    ("(*bold*)", "(<strong>bold</strong>)"),
    ("*bold*, then", "<strong>bold</strong>, then"),
    ("*高级* 级别", "<strong>高级</strong> 级别"),
    ("_snake_case_", "<em>snake_case</em>"),
    ("`a*b*c`", "<code>a*b*c</code>"),
    ("`&lt;b&gt;`", "<code>&lt;b&gt;</code>"),
    ("one\ntwo", "one<br>two"),
    ("one\n\ntwo", "one<br><br>two"),
    ("5 &lt; 6 &amp; 7 &gt; 6", "5 &lt; 6 &amp; 7 &gt; 6"),
    ("&amp;lt;", "&amp;lt;"),
    ("&quot;", "&amp;quot;"),
    ("a < b", "a &lt; b"),
    ("", ""),
]
UNTOUCHED = [
    "snake_case_name",
    "2*3*4",
    "* not bold*",
    "*not bold *",
    "*not\nbold*",
    "**",
    "a ~ b ~ c",
    "*open",
    "中*文*字",
    ":no_such_emoji_at_all:",
    "10:30:45",
    "- item",
    "• item",
]


@pytest.mark.parametrize(("text", "html"), ALONE)
def test_formatting(viewer: Viewer, text: str, html: str) -> None:
    assert render_mrkdwn(text, viewer) == html


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_formatting_stays_as_typed(viewer: Viewer, text: str) -> None:
    read = CheckedHtml(render_mrkdwn(text, viewer))
    assert {name for name, _ in read.elements} <= {"br"}
    assert read.text == text.replace("\n", "")


@pytest.mark.parametrize(
    "text", ["a_b_c.csv", "_a_", "*a* b", "~a~", "`a`", "```a```", "**", "*_~`"]
)
def test_marks_set_apart_by_word_joiners_format_nothing(viewer: Viewer, text: str) -> None:
    apart = re.sub("([*_~`])", "\u2060\\1\u2060", text)
    for around, elements in (("{}", []), ("*{}*", ["strong"]), ("<https://a.b|{}>", ["a"])):
        read = CheckedHtml(render_mrkdwn(around.format(apart), viewer))
        assert [name for name, _ in read.elements] == elements
        assert read.text.replace("\u2060", "") == text


def test_links_open_beside_the_page(viewer: Viewer) -> None:
    html = render_mrkdwn("<https://example.com/a_b_c?x=1&amp;y=2|the *page*>", viewer)
    read = CheckedHtml(html)
    assert read.find("a")[0]["href"] == "https://example.com/a_b_c?x=1&y=2"
    assert read.find("a")[0]["rel"] == "noopener noreferrer nofollow"
    assert "the <strong>page</strong></a>" in html


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("<https://example.com>", "https://example.com"),
        ("see https://example.com/x.", "https://example.com/x"),
        ("(https://example.com/x)", "https://example.com/x"),
        ("<mailto:a@example.com|write>", "mailto:a@example.com"),
        ("<tel:+4930|call>", "tel:+4930"),
        ("https://example.com/a?b=1&amp;c=2", "https://example.com/a?b=1&c=2"),
    ],
)
def test_addresses_become_links(viewer: Viewer, text: str, href: str) -> None:
    assert CheckedHtml(render_mrkdwn(text, viewer)).find("a")[0]["href"] == href


def test_verbatim_leaves_bare_addresses_alone(viewer: Viewer) -> None:
    assert render_mrkdwn("https://example.com", viewer, verbatim=True) == "https://example.com"


@pytest.mark.parametrize(
    "text",
    [
        "<javascript:alert(1)|press>",
        "<data:text/html,x|press>",
        "<JaVaScRiPt:alert(1)>",
        "< javascript:alert(1)>",
        "<vbscript:x|y>",
        "<//example.com|x>",
    ],
)
def test_unsafe_addresses_never_become_links(viewer: Viewer, text: str) -> None:
    assert CheckedHtml(render_mrkdwn(text, viewer)).find("a") == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<@U0ENGINEER>", "@Sample Engineer"),
        ("<@U0MANAGER|other>", "@Sample <Manager>"),
        ("<@U0UNKNOWN|handle>", "@handle"),
        ("<@U0UNKNOWN>", "@U0UNKNOWN"),
        ("<#C0GENERAL>", "#general"),
        ("<#C0OTHER|other>", "#other"),
        ("<!subteam^S0TEAM>", "@ml-team"),
        ("<!here>", "@here"),
        ("<!channel|channel>", "@channel"),
    ],
)
def test_mentions_show_names(viewer: Viewer, text: str, shown: str) -> None:
    read = CheckedHtml(render_mrkdwn(text, viewer))
    assert read.text == shown
    assert "bk-mention" in (read.elements[0][1]["class"] or "")


def test_the_viewers_own_mention_stands_out(viewer: Viewer) -> None:
    assert "bk-mention-me" in render_mrkdwn("<@U0ENGINEER>", viewer)
    assert "bk-mention-me" not in render_mrkdwn("<@U0MANAGER>", viewer)


def test_emoji_by_name(viewer: Viewer) -> None:
    html = render_mrkdwn(":rocket: :+1::skin-tone-3: :nothing:", viewer)
    assert CheckedHtml(html).text == "🚀 👍🏼 :nothing:"
    assert 'aria-label="rocket"' in html


def test_quotes_gather_their_lines(viewer: Viewer) -> None:
    html = render_mrkdwn("before\n> one\n&gt; *two*\nafter", viewer)
    quote = '<blockquote class="bk-quote">one<br><strong>two</strong></blockquote>'
    assert html == f"before{quote}after"


def test_a_long_quote_takes_the_rest(viewer: Viewer) -> None:
    html = render_mrkdwn("a\n>>> b\nc\n> d", viewer)
    assert html == 'a<blockquote class="bk-quote">b<br>c<br>&gt; d</blockquote>'


def test_preformatted_text_is_kept_as_it_is(viewer: Viewer) -> None:
    html = render_mrkdwn("see\n```\nif a &lt; b:\n  *x*\n```\nend", viewer)
    assert html == 'see<pre class="bk-pre">if a &lt; b:\n  *x*</pre>end'


@pytest.mark.parametrize(
    "text",
    [
        " *a" * 13_000,
        " _a *b" * 6_600,
        "`" * 40_000,
        "<" * 40_000,
        "> " * 20_000,
        "*_~" * 13_000,
        "```" * 13_000,
        ":" * 40_000,
        "*" + " " * 39_000,
        "https://" + "." * 39_000,
        "*a" + "_a" * 19_000 + "_",
    ],
)
def test_the_longest_hostile_text_is_read_at_once(viewer: Viewer, text: str) -> None:
    started = time.process_time()
    CheckedHtml(render_mrkdwn(text, viewer))
    assert time.process_time() - started < 4
