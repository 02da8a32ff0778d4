"""The lists of typed words: complete in each language, and refused with place and remedy."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.domain.growth.command import Topic
from bot.domain.nudges.command import ChangeNudges, nudge_reader
from bot.domain.typed_words import SECTIONS
from bot.services.lookup.matching import nearest
from bot.text.translator import LOCALES
from bot.text.typed_lists import TYPED, BrokenWordList, load_typed_words
from tests.third_language import said, third_language
from tests.unit.samples import ALL_WORDS

TAGS = sorted(path.stem for path in TYPED.glob("*.yaml"))


def test_every_language_has_both_files() -> None:
    # English is the language of the code: its texts are the messages themselves.
    assert sorted({"en", *(path.stem for path in LOCALES.glob("*.po"))}) == TAGS


@pytest.mark.parametrize("tag", TAGS)
def test_every_list_has_every_section_and_can_say_what_growth_does(tag: str) -> None:
    words = yaml.load((TYPED / f"{tag}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    assert set(words) == set(SECTIONS)
    for section in ("topics", "orders", "weekdays"):
        assert set(words[section]) == set(SECTIONS[section] or ()), section
        assert all(words[section].values())
    assert {each.value for each in Topic} - {"hub"} == set(SECTIONS["topics"] or ())


def broken(folder: Path, text: str, name: str = "xx.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(BrokenWordList) as raised:
        load_typed_words(folder)
    return str(raised.value.params["remedy"])


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("topics: [a]", "xx.yaml, line 1, topics: write keys with lists of words; see en.yaml."),
        ("- a", "xx.yaml, line 1: write keys with lists of words; see en.yaml."),
        ("", "xx.yaml, line 1: write keys with lists of words; see en.yaml."),
        ("topics:\n  role: a]: {", "xx.yaml, line 2: correct the YAML"),
        ("topcis: {}", "xx.yaml, line 1, topcis: use one of: lookup, spellings,"),
        ("topics:\n  roles: [a]", "xx.yaml, line 2, topics.roles: use one of: export, forget-me,"),
        ("topics:\n  role: a", "xx.yaml, line 2, topics.role: write a list of words"),
        ("topics:\n  role: [[a]]", "xx.yaml, line 2, topics.role: write each item as words."),
        ("topics:\n  role: ['']", "topics.role: correct “”: it is empty."),
        ("topics:\n  role: ['a)']", "correct “a)”: it has a bracket without its other half."),
        ("topics:\n  role: ['[a]']", "correct “[a]”: it stands for nothing at all."),
        ("topics:\n  role: ['a {day}']", "it has the place {day}; here may stand: none."),
        ("dates:\n  written: ['{dya}']", "it has the place {dya}; here may stand: {"),
        ("numbers:\n  '1': ['on[e]']", "write “on[e]” as plain words, one item per spelling."),
        ("topics:\n  role: [a]\n  role: [b]", "xx.yaml, line 3, topics.role: write this key once"),
        (
            "topics:\n  role: [a]\n  goal: [b, A]",
            "line 3, topics.goal: take “a” out here or there: it also means topics.role (xx.yaml,",
        ),
    ],
)
def test_what_is_wrong_with_a_list_is_told_with_place_and_remedy(
    tmp_path: Path, text: str, remedy: str
) -> None:
    assert remedy in broken(tmp_path, text)


def test_a_word_of_two_languages_means_one_thing(tmp_path: Path) -> None:
    (tmp_path / "aa.yaml").write_text("weekdays:\n  monday: [lun]", encoding="utf-8")
    told = broken(tmp_path, "weekdays:\n  sunday: [lun]")
    assert "it also means weekdays.monday (aa.yaml, line 2)" in told
    (tmp_path / "xx.yaml").write_text("weekdays:\n  monday: [lun]", encoding="utf-8")
    load_typed_words.cache_clear()
    assert load_typed_words(tmp_path).weekdays == {"monday": ("lun",)}


def test_unreadable_bytes_are_told(tmp_path: Path) -> None:
    (tmp_path / "xx.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BrokenWordList, match="make it a readable UTF-8 file"):
        load_typed_words(tmp_path)


def test_slips_are_words_that_the_rhythm_knows() -> None:
    reader = nudge_reader(ALL_WORDS)
    assert len(ALL_WORDS.slips["rhythm"]) > len(SECTIONS["weekdays"] or ())
    for word in ALL_WORDS.slips["rhythm"]:
        found = reader.nudges(word, nearest, today=date(2026, 11, 23), zones=())
        assert isinstance(found, ChangeNudges), word
        assert found.corrected == ()


def test_a_third_list_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    more = third_language(tmp_path).typed_words
    for section in SECTIONS:
        for meaning, phrases in getattr(ALL_WORDS, section).items():
            assert set(phrases) <= set(getattr(more, section)[meaning])
    assert said("weekly") in more.rhythm["weekly"]
