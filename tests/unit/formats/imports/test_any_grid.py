"""Whatever stands in a grid, an import of it ends in words, and its draft comes to the same."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.drafting import draft_mapping
from bot.formats.mapping.reader import parse_mapping
from tests.unit.formats.imports.importing import csv_text

CELLS = (
    *("", "", "", "Skill", "Role", "Level", "Title", "Group", "Text", "Depth", "Required level"),
    *("Junior", "Senior", "Junior Backend", "Senior QA", "Backend Engineer", "QA Engineer", "L1"),
    *("Craft", "Testing", "SQL", "0", "1", "2", "75%", "x", "yes", "Working", "Expert", "★", "-"),
    *("Total", "Legend", "0 = none", "Levels: A < B", "2026-03-01", "03/04/2026", "Last updated"),
    *("技能", "初级", "高级", "Senior (zh)", "Text (Chinese)", "Notes", "~~x~~", "*Mastery*"),
)
GRIDS = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6), min_size=1, max_size=9)


@given(GRIDS)
def test_any_grid_ends_in_words(grid: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "Dev.csv")
        path.write_text(csv_text(grid), encoding="utf-8")
        first = import_catalogue(path)
        answers = {question.key: question.choices[0].answer for question in first.questions}
        alone = import_catalogue(path, answers=answers) if answers else first
        assert alone.content is not None or alone.problems
        draft = draft_mapping(path, answers=answers)
        if draft.text is not None:
            mapping = parse_mapping("draft.yaml", draft.text.encode())
            again = import_catalogue(path, mapping=mapping)
            assert again.content == alone.content
