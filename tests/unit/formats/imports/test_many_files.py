"""Folders of very many files beside a table: each of them is read."""

import json
from pathlib import Path

import pytest

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.drafting import draft_mapping
from bot.formats.mapping.reader import read_mapping

MANY = 250
TABLE = """Role,Level,Skill,Requirement,Expectation
Baker,Junior,Oven,required,Heats it.
Baker,Senior,Oven,required,Heats it well.
"""


def document(number: int) -> tuple[str, str]:
    levels = [{"level": name, "text": f"{name}: {number}"} for name in ("Junior", "Senior")]
    value = {"role": "Cook", "skill": f"Skill {number}", "expectations": levels}
    return f"skill-{number:03} [draft].json", json.dumps(value)


def page(number: int) -> tuple[str, str]:
    skills = "".join(f"### Skill {each}\n\n- Does it, {number}\n\n" for each in range(2))
    return f"cook-{number:03}.md", f"# Cook {number}\n\n## Junior\n\n{skills}## Senior\n\n{skills}"


@pytest.mark.parametrize(("kind", "each"), [(document, 2), (page, 4)])
def test_every_file_is_read(tmp_path: Path, kind: object, each: int) -> None:
    assert callable(kind)
    folder = tmp_path / "Career"
    folder.mkdir()
    (folder / "aside.csv").write_text(TABLE, "utf-8")
    for number in range(MANY):
        name, text = kind(number)
        (folder / name).write_text(text, "utf-8")

    result = import_catalogue(folder)

    assert result.problems == ()
    assert result.content is not None
    assert len(result.content.expectations) == 2 + MANY * each

    draft = draft_mapping(folder)
    assert draft.text is not None
    (mapping := tmp_path / "mapping.yaml").write_text(draft.text, "utf-8")
    again = import_catalogue(folder, mapping=read_mapping(mapping))
    assert again.content is not None
    assert len(again.content.expectations) == len(result.content.expectations)
