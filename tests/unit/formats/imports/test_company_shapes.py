"""Tables as companies have them are read right, without a mapping and with the one drafted."""

from pathlib import Path

import pytest

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.drafting import draft_mapping
from bot.formats.mapping.reader import parse_mapping
from tests.unit.formats.imports.importing import content_of
from tests.unit.formats.imports.shapes import Shape, company_shapes, compare

SHAPES = company_shapes()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_table_is_read_right(tmp_path: Path, shape: Shape) -> None:
    path = tmp_path / "Engineer.csv"
    path.write_text(shape.table, encoding="utf-8")
    compare(shape, content_of(import_catalogue(path, answers=shape.answers)))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_its_drafted_mapping_leads_to_the_same(tmp_path: Path, shape: Shape) -> None:
    path = tmp_path / "Engineer.csv"
    path.write_text(shape.table, encoding="utf-8")
    draft = draft_mapping(path, answers=shape.answers)
    assert draft.text is not None, draft.remarks
    mapping = parse_mapping("draft.yaml", draft.text.encode())
    compare(shape, content_of(import_catalogue(path, mapping=mapping)))
