"""What is read of a packet in three minutes, and that all the rest only follows it."""

import csv
import io
import re
from dataclasses import replace

import pytest

from bot.documents.packet.files import packet_documents
from bot.documents.packet.parts import TalkPart
from bot.documents.packet.talk import LONGEST, LONGEST_WIDE, MOST, excerpt, talk
from bot.documents.packet.words import packet_words
from bot.text.translator import load_translators
from tests.unit.documents.packets import NOTE, packet, talked_over
from tests.unit.documents.test_packets import Page, text_of

TRANSLATORS = load_translators()
ENGLISH = TRANSLATORS.for_locale("en")
# At 230 words, or 400 characters, a minute; numbers and names are read more slowly.
WORDS, CHARACTERS = 650, 1200
LONG = "I led the rollout of the new retrieval plan for both teams and wrote down why. " * 20


def part(title: str, parts: tuple[TalkPart, ...]) -> TalkPart:
    return next(each for each in parts if each.title == title)


def front(locale: str) -> str:
    """Return what stands before the details, of a packet in which everybody wrote at length."""
    files = packet_documents(talked_over(LONG), TRANSLATORS.for_locale(locale))
    markdown = next(text_of(each) for each in files if each.name.endswith(".md"))
    return markdown.split(f"\n## {TRANSLATORS.for_locale(locale)('Details')}\n")[0]


def test_it_is_read_in_three_minutes() -> None:
    words = len(re.findall(r"\w+", front("en")))
    assert 250 < words <= WORDS
    assert len(re.findall(r"\w", front("zh"))) <= CHARACTERS


def test_it_tells_claims_voices_marks_what_is_agreed_and_holes_in_this_order() -> None:
    titles = ["Claims with evidence", "Voices", "The manager's column", "What we agreed"]
    assert [each.title for each in talk(talked_over(), ENGLISH)] == [*titles, "Honest holes"]
    for file in packet_documents(talked_over(), ENGLISH):
        if file.name.endswith(".csv"):
            continue
        text = text_of(file)
        at = [text.index(each) for each in ("What is missing", titles[0], titles[1], "Prepared on")]
        assert at == sorted(at)


def test_what_nobody_said_has_no_title() -> None:
    titles = [each.title for each in talk(packet(), ENGLISH)]
    assert titles == ["Claims with evidence", "Honest holes"]
    for file in packet_documents(packet(), ENGLISH):
        assert "The manager" not in text_of(file)


def test_a_claim_names_its_newest_evidence() -> None:
    (line,) = part("Claims with evidence", talk(talked_over(), ENGLISH)).lines
    assert line.head == "Retrieval-Augmented Generation"
    assert line.told == "Working on it · Nov 14, 2026 · 1 more piece"
    assert line.quote == "Led the rollout of the new plan"


def test_disagreements_stand_first_and_count_nowhere() -> None:
    lines = part("The manager's column", talk(talked_over(), ENGLISH)).lines
    assert [each.told for each in lines] == [
        "Member: Met · Sample Manager: Not yet",
        "Member: Met · Sample Manager: Met",
    ]
    assert packet_words(talked_over(), ENGLISH).summary == packet_words(packet(), ENGLISH).summary


def test_a_colleague_is_not_quoted_with_the_members_own_sentence() -> None:
    said = talked_over()
    (voice,) = said.voices[:1]
    silent = replace(said, voices=(replace(voice, words=" ", sentence="I led it all"),))
    (line,) = part("Voices", talk(silent, ENGLISH)).lines
    assert line.quote == ""
    assert line.told.endswith(" · asked: I led it all")
    (line, *_) = part("Voices", talk(said, ENGLISH)).lines
    assert line.quote == excerpt(voice.words)
    assert "asked" not in line.told


def test_a_hole_comes_with_what_could_fill_it_and_what_is_put_aside_is_none() -> None:
    holes = part("Honest holes", talk(packet(), ENGLISH))
    assert len(holes.lines) == MOST
    assert [each.told.partition(" · ")[0] for each in holes.lines[:3]] == ["Met"] * 3
    assert all(" · " in each.told for each in holes.lines)
    bare = [each for each in packet().items if not (each.evidence or each.standing.put_aside)]
    assert holes.more == f"and {len(bare) - MOST} more, see below"


@pytest.mark.parametrize("ending", ["html", "pdf", "md", "csv"])
def test_the_details_have_all_words_of_everybody(ending: str) -> None:
    files = packet_documents(talked_over(LONG), ENGLISH)
    text = text_of(next(each for each in files if each.name.endswith(ending)))
    if ending == "html":
        text = "".join(Page(text).texts)
    squeezed = " ".join(text.replace("&#x27;", "'").replace("  > ", "").split())
    assert squeezed.count(LONG.strip()) >= 2  # the evidence's note, and the colleague's words
    assert "Led the review of the plan for both teams" in squeezed
    assert "Show me the second team" in squeezed


def test_a_table_names_who_says_what() -> None:
    made = packet_documents(talked_over(), ENGLISH)
    table = next(text_of(each) for each in made if each.name.endswith(".csv"))
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    said = [row for row in rows if row["Status"].startswith("Sample Colleague: saw it · ")]
    assert [(row["Skill"], row["Note"]) for row in said] == [
        ("Retrieval-Augmented Generation", NOTE)
    ]


def test_an_excerpt_ends_at_a_word_and_says_that_it_goes_on() -> None:
    assert excerpt("Short\n one") == "Short one"
    cut = excerpt(LONG)
    assert len(cut) <= LONGEST
    assert cut.endswith("…")
    assert LONG.startswith(cut[:-1])
    assert LONG[len(cut) - 1] == " "
    assert len(excerpt("为团队制定标准" * 30)) == LONGEST_WIDE
    assert len(excerpt("x" * 500)) == LONGEST
