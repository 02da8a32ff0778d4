"""What a packet says first, and what it counts apart."""

import base64
import csv
import io
from dataclasses import replace

from PIL import Image

from bot.documents.packet.files import packet_documents
from bot.documents.packet.words import packet_words
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.markdown import inline
from bot.domain.shown import shown
from tests.unit.documents.packets import NOW, packet, way
from tests.unit.documents.test_packets import (
    ENGLISH,
    PICTURE,
    Page,
    files,
    spoken,
    squeezed,
    text_of,
)


def test_it_begins_with_whose_it_is_and_three_lines() -> None:
    made = files()
    for ending in ("html", "md"):
        text = text_of(made[ending])
        at = [
            text.index(each)
            for each in (
                "Growth packet of Sample Engineer: LLM Engineer, Lead",
                "Where I stand",
                "What has moved",
                "What is missing",
                "Prepared on",
            )
        ]
        assert at == sorted(at)
    rows = list(csv.DictReader(io.StringIO(text_of(made["csv"]), newline="")))
    assert {row["Name"] for row in rows} == {"Sample Engineer"}


def test_the_three_lines_count_likely_and_put_aside_apart() -> None:
    stands, moved, missing = (text for _, text in packet_words(packet(), ENGLISH).summary)
    required = sum(each.target.required for each in way().gaps)
    optional = len(way().gaps) - required
    asked = required - 1
    still = asked - 3 - 1
    assert (required, optional) == (14, 13)
    assert stands == (
        f"3 of {asked} required met · 1 likely, to confirm · 1 put aside · 0 of {optional} optional"
        " · shown by evidence: 0 of 3 met"
    )
    assert moved.startswith("Since Sep 30, 2025: 3 met: ")
    assert "1 being worked on: " in moved
    assert missing.startswith(f"{still} required open: ")
    assert missing.endswith(
        f"and {still - 3} other skills · 1 likely, to confirm · 3 met without evidence"
    )


def test_a_goal_without_anything_moved_or_missing_says_so() -> None:
    given = packet()
    met = tuple(
        replace(
            each,
            evidence=(Evidence(9, EvidenceKind.NOTE, "x", None, NOW),),
            standing=replace(given.items[0].standing, likely=None),
        )
        for each in given.items
    )
    goal = replace(given.goal, set_at=NOW) if given.goal else None
    done = replace(given, items=met, goal=goal)
    _, moved, missing = (text for _, text in packet_words(done, ENGLISH).summary)
    assert moved == "Nothing has moved since Nov 24, 2026."
    assert missing == "Nothing required is open, and all that is met is shown."


def test_what_is_likely_is_no_not_yet_in_every_format() -> None:
    made = files()
    assert "## Likely: met in another role, to be confirmed" in text_of(made["md"])
    assert "<h2>Likely: met in another role, to be confirmed</h2>" in text_of(made["html"])
    rows = list(csv.DictReader(io.StringIO(text_of(made["csv"]), newline="")))
    (likely,) = [row["Status"] for row in rows if row["Skill"] == "Observability"]
    assert likely.startswith("Likely; met for MLOps Engineer, Lead on ")


def test_what_was_put_aside_names_the_reason_or_that_there_is_none() -> None:
    for file in files().values():
        assert "no reason given" in text_of(file)
    given = packet()
    aside = next(each for each in given.items if each.standing.put_aside)
    mark = aside.standing.mark
    assert mark is not None
    told = replace(mark, note="Another team owns it")
    why = replace(aside, standing=replace(aside.standing, mark=told))
    items = tuple(why if each is aside else each for each in given.items)
    for file in packet_documents(replace(given, items=items), ENGLISH):
        assert "no reason given" not in text_of(file)
        assert "Another team owns it" in text_of(file)


def test_evidence_that_is_tied_to_nothing_is_in_every_format() -> None:
    for file in files().values():
        assert "Evidence to place" in text_of(file)
        assert "Not placed yet" in text_of(file)
    without = replace(packet(), unplaced=())
    for file in packet_documents(without, ENGLISH):
        assert "Evidence to place" not in text_of(file)
    many = tuple(
        Evidence(number, EvidenceKind.NOTE, f"Loose {number}", None, NOW) for number in range(25)
    )
    for file in packet_documents(replace(packet(), unplaced=many), ENGLISH):
        assert "Loose 19" in text_of(file)
        assert "Loose 20" not in text_of(file)
        assert "and 5 older pieces" in text_of(file)


def test_the_chart_is_part_of_the_page_and_told_in_words_beside_it() -> None:
    made = files()
    page = Page(text_of(made["html"]))
    assert page.tags["img"] == 1
    found = PICTURE.search(text_of(made["html"]))
    assert found
    picture = Image.open(io.BytesIO(base64.b64decode(found[1])))
    assert picture.size == (1200, 520)
    words = packet_words(packet(), ENGLISH).growth[1]
    assert words.startswith("Required expectations met on the way to LLM Engineer, Lead: 0 of 13")
    assert words in text_of(made["html"])
    assert inline(words) in text_of(made["md"])


def test_one_day_of_marks_is_told_in_words_without_a_picture() -> None:
    given = packet()
    assert given.history is not None
    first = replace(given, history=replace(given.history, days=1))
    html, _, markdown, _ = packet_documents(first, ENGLISH)
    assert "img" not in Page(text_of(html)).tags
    for file in (html, markdown):
        assert "One day makes no line" in text_of(file)
    never = replace(given, history=None)
    for file in packet_documents(never, ENGLISH):
        assert "Progress over time" not in text_of(file)


def test_a_name_is_text_in_every_format() -> None:
    for name in ("<b>Bo</b> & *Co*", "=cmd|' /C calc'!A0", "山田 🎉", "\u202eevil"):
        html, _, markdown, table = packet_documents(replace(packet(), name=name), ENGLISH)
        read = "".join(Page(text_of(html)).texts)
        assert f"Growth packet of {shown(name)}: " in read
        assert "<b>" not in text_of(html)
        assert squeezed(name) in squeezed(spoken(text_of(markdown)))
        row = list(csv.reader(io.StringIO(text_of(table), newline="")))[1]
        assert row[0].removeprefix("'") == name
    nobody = packet_documents(replace(packet(), name=""), ENGLISH)[2]
    assert text_of(nobody).startswith("# Growth packet: LLM Engineer, Lead\n")
