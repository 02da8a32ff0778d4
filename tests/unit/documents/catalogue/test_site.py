"""The folder of web pages: valid, complete, the same each time, and safe whatever a text says."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from bot.documents.catalogue.addresses import file_of
from bot.documents.catalogue.site import Site, site_files
from bot.domain.framework import CatalogueContent
from bot.domain.guidance import Band, Guide, Resource, ResourceKind, Scope
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.text.languages import load_languages
from tests.unit.documents.catalogue.written_page import Page, is_elsewhere, target
from tests.unit.samples import revision, workshop

HOSTILE = "</title></script><script>alert('x')</script><img src=x onerror=alert(1)>\u202e\" & 'q'"
TRANSLATED = {"zh": f"{HOSTILE}锯", "ar": "نشر"}


def hostile() -> CatalogueContent:
    """Return a catalogue in which every text is an attack, in three languages."""
    text = LocalText(HOSTILE, TRANSLATED)
    found = workshop().content
    sawing = replace(
        found.skills[0],
        name=text,
        summary=text,
        updated_on=date(2026, 2, 22),
        aliases=(HOSTILE,),
        prompts=(text,),
        guides={Band.EARLY: Guide((text,), (text,))},
        resources=(
            Resource(HOSTILE, "https://example.com/a?b=1&c=2", "en", ResourceKind.BOOK),
            Resource("Bad", "javascript:alert(1)"),
            Resource("Worse", "https://exa mple.com/"),
        ),
    )
    ladder = replace(
        found.ladders[0],
        levels=tuple(
            replace(each, name=text, scope=Scope.TEAM) for each in found.ladders[0].levels
        ),
    )
    roles = tuple(
        replace(
            each,
            name=text,
            summary=text,
            ladder=ladder if each.ladder.key == ladder.key else each.ladder,
            focus={level.key: text for level in each.ladder.levels},
        )
        for each in found.roles
    )
    by_key = {each.key: each for each in roles}
    return replace(
        found,
        name=text,
        skills=(sawing, *found.skills[1:]),
        ladders=(ladder, *found.ladders[1:]),
        roles=roles,
        expectations=tuple(
            replace(
                each,
                role=by_key[each.role.key],
                level=by_key[each.role.key].ladder.level(each.level.key) or each.level,
                skill=sawing if each.skill.key == sawing.key else each.skill,
                text=text,
                prompts=(text,),
                resources=(Resource("Own", "http://example.org/"),),
            )
            for each in found.expectations
        ),
    )


def written(content: CatalogueContent, **moved: str) -> dict[str, str]:
    names = {f"skills/{old}.html": f"skills/{new}.html" for old, new in moved.items()}
    site = Site(Catalogue(revision(3), content), revision(3), names)
    return dict(site_files(site, load_languages().translators))


@cache
def attacked() -> dict[str, str]:
    return written(hostile(), carving="sawing", sawing="sanding", planing="gone")


HERE = (
    "index.html",
    *(f"roles/{key}.html" for key in ("joiner", "turner", "hermit")),
    *(f"skills/{key}.html" for key in ("sawing", "sanding", "glueing", "unused", "carving")),
)
EVERY = [prefix + name for prefix in ("", "ar/", "zh/") for name in HERE]
# Where a key is gone, a page only leads on.
PAGES = [name for name in EVERY if "carving" not in name]


@cache
def page_named(name: str) -> Page:
    return Page(attacked()[name])


def test_a_page_for_each_role_and_skill_in_each_language_by_key() -> None:
    found = {name for name in attacked() if name.endswith(".html")}
    assert found == set(EVERY)
    assert written(hostile()) == written(hostile())


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_valid_escaped_and_loads_nothing_from_elsewhere(name: str) -> None:
    page = page_named(name)
    assert len(page.all("script")) == 2
    assert page.all("img") == []
    assert max(page.ids.values()) == 1
    assert "\u202e" not in page.text
    assert not [each for each in page.loads if is_elsewhere(each)]
    outside = {each for each in page.links if is_elsewhere(each)}
    assert outside <= {"https://example.com/a?b=1&c=2", "http://example.org/"}
    assert not [
        attribute for each in page.root.iter() for attribute in each.attrib if attribute[:2] == "on"
    ]
    steps = page.headings()
    assert steps[0] == 1
    assert steps.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(steps))
    (html,) = page.all("html")
    language = name.split("/", maxsplit=1)[0] if name.startswith(("ar/", "zh/")) else "en"
    assert (html.get("lang"), html.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


def test_every_link_leads_to_a_page_and_a_place_on_it() -> None:
    files, parsed = attacked(), {name: page_named(name) for name in PAGES}
    for name, page in parsed.items():
        for link in (*page.links, *page.loads):
            if is_elsewhere(link):
                continue
            file, fragment = target(name, link)
            assert file in files, (name, link)
            assert not fragment or fragment in parsed[file].ids, (name, link)


def test_a_gone_key_leads_to_what_took_over_and_never_over_a_page_that_is_there() -> None:
    moved = attacked()["zh/skills/carving.html"]
    assert 'content="0; url=../skills/sawing.html"' in moved
    assert "<script" not in moved
    assert "Sanding" not in Page(attacked()["skills/sawing.html"]).words
    assert "skills/planing.html" not in attacked()


def test_a_role_tells_its_ladder_and_every_cell() -> None:
    page = Page(written(workshop().content)["roles/joiner.html"])
    (table,) = page.all("table")
    assert "Not defined" in page.words
    assert "Required" in page.words
    assert [each.get("scope") for each in page.all("th") if not each.get("scope")] == []
    assert "Revision 3 of Mar 2, 2026" in page.words
    assert "Sample Owner" not in page.text
    assert table.get("class") == "matrix"


def test_a_skill_tells_what_each_role_asks_and_what_helps() -> None:
    page = Page(attacked()["skills/sawing.html"])
    for said in ("What could show it", "To learn from", "Last updated: Feb 22, 2026", "Own"):
        assert said in page.words
    assert "No role asks for this skill yet." in Page(attacked()["skills/unused.html"]).words


def test_the_index_of_the_search_is_data_and_names_every_page() -> None:
    text = attacked()["assets/search-en.js"]
    assert "<" not in text
    entries = json.loads(text.partition("=")[2].strip().removesuffix(";"))
    assert {address for _, _, address, _ in entries} == {
        name
        for name in attacked()
        if name.count("/") == 1 and name.startswith(("roles/", "skills/"))
    } - {"skills/carving.html"}


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "con", "com1", "A", "a" * 500, "", "a/b", "ß", "x\0", "\ud800"]
)
def test_a_key_that_no_file_may_be_called_gets_another_name(key: str) -> None:
    name = file_of(key)
    assert name == file_of(key)
    assert name.isascii()
    assert name.startswith("x-")
    assert len(name) == 18
