"""What helps with an expectation: links lead where they say, and no title breaks out of one."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.blocks import Block
from bot.cards.lookup.details.guides import (
    EXAMPLES,
    RESOURCES,
    could_show,
    could_show_context,
    could_show_section,
    resource_lines,
    resources_context,
)
from bot.domain.framework import Expectation
from bot.domain.guidance import Band, Guide, Resource, ResourceKind
from bot.domain.text import LocalText
from bot.text.translator import load_translators
from tests.prompted import prompted_catalogue
from tests.properties import examples
from tests.strategies import HOSTILE

TRANSLATORS = load_translators()
ENGLISH, CHINESE = TRANSLATORS.for_locale("en"), TRANSLATORS.for_locale("zh")
CELL = prompted_catalogue(required=8).content.expectations[0]
LINK = re.compile(r"<(https?://[^<>|\s]+)\|([^<>|\n]+)>")
URL = "https://example.com/page?a=1&b=2"
TITLES = (
    *("<!channel>", "<@U0ENGINEER>", "a|b", "a>b|<https://evil.example|c>", "*bold* _it_ `x`"),
    *("[shown](https://evil.example)", "two\nlines", "\u202eturned", "كتاب", "&amp;", "", " "),
)
ADDRESSES = (
    *("javascript:alert(1)", "data:text/html,x", "ftp://example.com", "//example.com", ""),
    *("https://exa mple.com", "https://example.com/a|b", "https://example.com/>", "http://[x"),
    *("https://example.com/a\nb", "https://example.com/\u202ea", "HTTPS", "https://", "mailto:a@b"),
)


def learning(*resources: Resource) -> Expectation:
    return replace(CELL, resources=resources)


def mrkdwn(block: Block) -> str:
    text: str = json.loads(json.dumps(block))["elements"][0]["text"]
    return text


def alone(text: str) -> str:
    """Return what is left of a line without its link: nothing of it may be live."""
    left = LINK.sub("", text)
    assert not set("<>") & set(left), text
    return left


@pytest.mark.parametrize("title", [*TITLES, *HOSTILE])
def test_no_title_breaks_out_of_its_link(title: str) -> None:
    [line] = resource_lines([Resource(title, URL)], ENGLISH, most=2)
    [(url, label)] = LINK.findall(line)
    assert url == "https://example.com/page?a=1&amp;b=2"
    assert label.strip()
    assert "\n" not in line
    assert alone(line) == "•  · example.com"


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_a_web_address_becomes_a_link(address: str) -> None:
    assert resource_lines([Resource("A page", address)], ENGLISH, most=2) == []


@given(st.text(max_size=60), st.text(max_size=60).map("https://".__add__))
@examples(150)
def test_whatever_an_owner_writes_is_one_link_or_nothing(title: str, url: str) -> None:
    for line in resource_lines([Resource(title, url, "en")], ENGLISH, most=1):
        assert len(LINK.findall(line)) == 1
        alone(line)


@pytest.mark.parametrize("kind", ResourceKind)
def test_language_and_kind_are_told_in_the_members_language(kind: ResourceKind) -> None:
    book = Resource("A page", URL, "zh", kind)
    [english], [chinese] = (resource_lines([book], tr, most=1) for tr in (ENGLISH, CHINESE))
    assert english.endswith(f" · example.com · Chinese · {kind.value}")
    assert " · 中文 · " in chinese
    assert kind.value not in chinese


@pytest.mark.parametrize("tag", ["xx", "no such", "<b>", "zh-Hans-CN", "e" * 300])
def test_a_language_that_nobody_knows_is_no_fault(tag: str) -> None:
    [line] = resource_lines([Resource("A page", URL, tag)], ENGLISH, most=1)
    alone(line)


def test_five_are_shown_and_the_rest_is_counted() -> None:
    pages = [Resource(f"Page {number}", URL) for number in range(8)]
    [block] = resources_context(learning(*pages), ENGLISH)
    lines = mrkdwn(block).splitlines()
    assert lines[0] == "*To learn from*"
    assert len(lines) == RESOURCES + 2
    assert lines[-1] == "and 3 more to read or use"
    assert len(resource_lines(pages, ENGLISH, most=2)) == 2
    assert resources_context(CELL, ENGLISH) == []


def test_the_longest_addresses_fit_a_block() -> None:
    url = f"https://example.com/{'&' * 470}"
    pages = [Resource("“" * 300, url, "en", ResourceKind.DOCUMENTATION)] * 20
    lines = resource_lines(pages, ENGLISH, most=RESOURCES, counted=True)
    assert sum(map(len, lines)) < 2900
    assert lines[-1] == "and 19 more to read or use"


def test_its_own_come_before_those_of_the_skill() -> None:
    skill = replace(CELL.skill, resources=(Resource("Of the skill", URL),))
    found = replace(CELL, skill=skill, resources=(Resource("Of the cell", URL),))
    told = resource_lines(found.all_resources, ENGLISH, most=5)
    assert [LINK.findall(each)[0][1] for each in told] == ["Of the cell", "Of the skill"]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_example_is_nothing_but_words(text: str) -> None:
    guide = Guide(evidence=(LocalText(text),) * 9)
    skill = replace(CELL.skill, guides={Band.EARLY: guide})
    found = could_show(replace(CELL, skill=skill), ENGLISH)
    assert len(found) == EXAMPLES
    assert not any(set("<>\n") & set(each) for each in found)


def test_without_examples_there_is_no_block() -> None:
    bare = replace(CELL, skill=replace(CELL.skill, guides={}))
    assert could_show_section(bare, ENGLISH) == could_show_context(bare, ENGLISH) == []
    assert could_show(CELL, ENGLISH) == ["• A note on skill-0."]
