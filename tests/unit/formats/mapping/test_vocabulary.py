"""Words of frameworks, and names of columns."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from bot.formats.mapping.vocabulary import depth_order, is_depth_name, requirement_words
from bot.formats.mapping.words import normal
from bot.formats.names.seniority import is_level_name, level_order
from bot.formats.tables.letters import index_to_letters, letters_to_index


@given(st.integers(0, 18_000))
def test_columns_are_named_as_spreadsheets_do(index: int) -> None:
    assert index_to_letters(index) == get_column_letter(index + 1)
    assert letters_to_index(index_to_letters(index).lower()) == index


@given(st.text(max_size=30))
def test_names_are_compared_as_people_read_them(name: str) -> None:
    assert normal(normal(name)) == normal(name)
    assert normal(f"  {name}\u00a0") == normal(name)


def test_signs_tell_names_apart() -> None:
    assert len({normal(name) for name in ("C", "C++", "C#", "✓", "✗", "🚀")}) == 6
    assert normal("  Code-Review ") == normal("CODE_REVIEW") == normal("code  review")


def test_names_of_levels_are_told_from_other_headers() -> None:
    levels = (
        "Senior",
        "Sr. Engineer",
        "L4",
        "IC10",
        "Level 2",
        "P3",
        "高级",
        "Engineering Manager",
    )
    others = ("Notes", "Role", "Skill name", "2026 budget", "What good looks like at our company")
    assert all(map(is_level_name, levels))
    assert not any(map(is_level_name, others))


def test_orders_need_every_name_to_be_known_and_different() -> None:
    assert level_order(["Senior", "Junior"]) == [1, 0]
    assert level_order(["Senior", "Purple"]) is None
    assert level_order(["Senior", "Senior (B)"]) is None
    assert level_order(["Senior manager", "Manager", "Director"]) == [1, 0, 2]
    assert depth_order(["Expert", "Awareness", "Working"]) == [1, 2, 0]
    assert depth_order(["Level 3", "Level 1"]) == [1, 0]
    assert depth_order(["Purple", "Expert"]) is None


def test_words_of_a_mapping_win() -> None:
    words = requirement_words(required=["optional"], optional=["must"])
    assert words["optional"].value == "required"
    assert words["must"].value == "optional"
    assert words[normal("Nice-to-have")].value == "optional"
    assert is_depth_name("WORKING")
