"""The map of the house: what the documents say of floors, rooms, journeys and words is so."""

import re
from itertools import chain
from pathlib import Path

import pytest

from bot.slack.app import DEADLINE_SECONDS
from tests.docs.pages import ROOT, Page, unquoted

ARCHITECTURE = Page("docs/architecture.md")
BOT = ROOT / "bot"
ROOMS = ("lookup", "growth", "nudges", "catalogue", "teams", "members")
FLOORS = ("slack", "cards", "services", "store", "domain")
# The store has no room for looking up: it reads whole revisions, in the room of the catalogue.
NO_ROOM = {("store", "lookup")}
JOURNEYS = ("A command", "A press", "A form", "An upload", "An installation", "A nudge", "A letter")
MOST_FILES = 17


def _modules(folder: Path) -> list[Path]:
    return [each for each in folder.glob("*.py") if each.stem != "__init__"]


def test_every_floor_has_the_same_rooms() -> None:
    assert tuple(unquoted(room) for room, *_ in ARCHITECTURE.rows("The rooms")) == ROOMS
    for floor in FLOORS:
        there = {each.name for each in (BOT / floor).iterdir() if _modules(each)}
        assert {room for room in ROOMS if (floor, room) not in NO_ROOM} <= there, floor


def test_no_folder_is_crowded() -> None:
    folders = [each for each in BOT.rglob("*") if each.is_dir() and each.name != "__pycache__"]
    counts = {each.relative_to(ROOT).as_posix(): len(_modules(each)) for each in folders}
    assert {name: count for name, count in counts.items() if count > MOST_FILES} == {}


def test_no_file_repeats_the_name_of_its_folder() -> None:
    modules = chain.from_iterable(
        _modules(each) for each in (BOT, *BOT.rglob("*")) if each.is_dir()
    )
    repeated = [each for each in modules if re.match(rf"{each.parent.name}(_|$)", each.stem)]
    assert repeated == []


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_names_its_files_in_order(journey: str) -> None:
    rows = ARCHITECTURE.rows(journey)
    assert [number for number, *_ in rows] == [str(n + 1) for n in range(len(rows))]
    assert len(rows) >= 5
    for _, file, _ in rows:
        assert (ROOT / unquoted(file)).is_file(), file


def test_a_journey_goes_through_the_floors() -> None:
    for journey in JOURNEYS:
        floors = {unquoted(file).split("/")[1] for _, file, _ in ARCHITECTURE.rows(journey)}
        assert {"slack", "services"} <= floors, journey


def test_the_deadline_in_the_documents_is_the_one_in_the_code() -> None:
    said = f"{DEADLINE_SECONDS:g} s"
    pages = ("docs/architecture.md", "docs/operate.md", "docs/decisions/0004-answer-in-the-ack.md")
    for name in (*pages, "docs/reference/errors.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert said in text, name
        assert not re.search(r"\b2\.[0-46-9] s", text), name


def test_words_of_this_house_are_explained() -> None:
    """A class that the glossary names exists, and the words a reader stumbles over are there."""
    source = "\n".join(each.read_text(encoding="utf-8") for each in BOT.rglob("*.py"))
    classes = set(re.findall(r"^class (\w+)", source, re.MULTILINE))
    words = {word for row in ARCHITECTURE.rows("Glossary") for word in re.split(r", ", row[0])}
    house = {
        *("Shelf", "Lexicon", "Viewer", "Answer", "Press", "Form", "Command", "Suggestion"),
        *("Told", "Here", "Rung", "Standing", "Growth", "Slot", "Parcel", "Said", "Memo"),
    }
    assert house <= words
    assert house <= classes
