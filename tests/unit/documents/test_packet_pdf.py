"""Packets as PDF: what is printed, with which fonts, and what happens where one is missing."""

import ctypes
from collections.abc import Callable
from dataclasses import replace

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.packet.as_pdf import CHINESE, packet_pdf
from bot.documents.packet.words import packet_words
from bot.text.translator import Translator, load_translators
from tests.strategies import HOSTILE
from tests.unit.documents.packets import NOW, packet, talked_over
from tests.unit.documents.test_packets import pages, printed

TRANSLATORS = load_translators()
ENGLISH, CHINESE_WORDS = TRANSLATORS.for_locale("en"), TRANSLATORS.for_locale("zh")
BARE = typst.Fonts(include_system_fonts=False)
AT = NOW.replace(microsecond=123_456)
NOTE = "Signs that cannot be printed are named."


def pdf(note: str, tr: Translator = ENGLISH, fonts: typst.Fonts | None = None) -> bytes | None:
    words = packet_words(talked_over(note), tr)
    return packet_pdf(words, tr.locale, at=AT, note=NOTE, fonts=fonts)


def text(made: bytes | None) -> str:
    assert made is not None
    return printed(made)


class _Mallinfo2(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def _in_use() -> Callable[[], int]:
    """Return what counts the bytes that the process has in use, by any language's code."""
    told = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if told is None:
        pytest.skip("only glibc tells what is in use")
    told.restype = _Mallinfo2

    def count() -> int:
        found = told()
        return int(found.uordblks + found.hblkhd)

    return count


def has_chinese() -> bool:
    return bool(set(CHINESE) & set(typst.Fonts().families()))


def test_what_is_read_first_is_the_first_page() -> None:
    made = pdf("Led the rollout")
    assert made is not None
    first, second = (each.extract_text() for each in pages(made)[:2])
    assert "Where I stand" in first
    assert "Honest holes" in first
    assert second.startswith("Details")


@pytest.mark.skipif(
    not has_chinese(), reason="no font with Chinese: apt-get install fonts-noto-cjk"
)
def test_chinese_is_printed() -> None:
    made = pdf("为团队制定标准", CHINESE_WORDS)
    assert "为团队制定标准" in text(made)
    assert "目前的情况" in text(made)
    assert "为团队制定标准" in text(pdf("为团队制定标准"))


def test_without_a_font_for_its_language_there_is_no_pdf_rather_than_boxes() -> None:
    assert pdf("Led the rollout", CHINESE_WORDS, BARE) is None


def test_a_sign_without_a_font_is_named() -> None:
    shown = text(pdf("Up it goes 🚀 with 机器 and a family 👨‍👩‍👧", fonts=BARE))
    assert "Up it goes [rocket] with [?][?] and a family [man][woman][girl]" in shown
    assert NOTE in shown
    assert NOTE not in text(pdf("Up it goes", fonts=BARE))


def test_nothing_of_a_packet_stays_in_memory() -> None:
    count = _in_use()
    for each in range(3):
        pdf(f"Led rollout {each}", fonts=BARE)
    before = count()
    for each in range(3, 8):
        pdf(f"Led rollout {each}", fonts=BARE)
    assert count() - before < 5_000_000


def test_a_link_leads_to_its_address_and_nothing_else_is_one() -> None:
    for url, expected in (
        ("https://example.com/x", {"https://example.com/x"}),
        ("javascript:x", set()),
    ):
        words = packet_words(packet("Kept", url), ENGLISH)
        made = packet_pdf(words, "en", at=NOW, note=NOTE)
        assert made is not None
        marks = [each.get_object() for page in pages(made) for each in page.get("/Annots", ())]
        assert {str(each["/A"]["/URI"]) for each in marks if "/URI" in each["/A"]} == expected


def test_the_same_packet_is_the_same_file() -> None:
    assert pdf("Kept") == pdf("Kept")


@settings(max_examples=15)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text("#$*_`\\[]{}@<>~=-/ ")))
def test_every_note_can_be_printed(note: str) -> None:
    words = packet_words(talked_over(f"before{note}after"), ENGLISH)
    short = replace(words, sections=words.sections[:1])
    made = packet_pdf(short, "en", at=NOW, note=NOTE, fonts=BARE)
    assert made is not None
    assert made.startswith(b"%PDF-1.7")


def test_signs_of_markup_are_printed_as_they_are() -> None:
    typed = 'a *b* _c_ #let x = 1 $y$ `z` <w> @v \\ = "q" // no'
    assert typed in text(pdf(typed, fonts=BARE))
