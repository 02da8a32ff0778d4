"""Export writes a whole file or nothing, and overwrites only when it is told to."""

from pathlib import Path

import pytest

from bot.domain.framework import CatalogueContent
from bot.formats.exports.errors import ExportError
from bot.formats.exports.language import Language
from bot.formats.exports.registry import EXPORTS, ExportFormat, export
from bot.formats.native import read_folder
from tests.unit.formats.exports.exported import exported


@pytest.fixture
def content(small: Path) -> CatalogueContent:
    return read_folder(small)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "out"
    path.mkdir()
    return path


def test_the_formats() -> None:
    flat = ["long-csv", "wide-csv", "csv-set", "xlsx"]
    assert list(EXPORTS) == [*flat, "yaml", "json", "markdown", "html"]


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_content_is_written_once_and_again(
    content: CatalogueContent, folder: Path, name: str
) -> None:
    path = exported(content, name, folder)
    assert list(folder.iterdir()) == [path]
    with pytest.raises(ExportError, match="overwrite"):
        export(content, name, path)
    export(content, name, path, overwrite=True)
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "xlsx"])
def test_the_same_content_gives_the_same_bytes(
    content: CatalogueContent, folder: Path, name: str
) -> None:
    def written() -> dict[str, bytes]:
        export(content, name, folder / "same", overwrite=True)
        return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert written() == written()


def test_yaml_is_the_native_folder(content: CatalogueContent, folder: Path) -> None:
    assert read_folder(exported(content, "yaml", folder)) == content


def test_a_folder_that_holds_another_catalogue_is_left_alone(
    content: CatalogueContent, folder: Path
) -> None:
    path = exported(content, "yaml", folder)
    other = path / "skills" / "other.yaml"
    other.write_text("key: other\n", encoding="utf-8")
    with pytest.raises(ExportError, match="move them away"):
        export(content, "yaml", path, overwrite=True)
    assert other.exists()


def test_what_stands_there_is_kept_when_writing_fails(
    content: CatalogueContent, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_content: CatalogueContent, _language: Language, path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError("no space left")

    broken_json = ExportFormat("json", ".json", "", broken)
    monkeypatch.setattr("bot.formats.exports.registry.EXPORTS", {"json": broken_json})
    path = folder / "catalogue.json"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(OSError, match="no space"):
        export(content, "json", path, overwrite=True)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "output", "locale", "word"),
    [
        ("csv", "x.csv", None, "choose one of long-csv"),
        ("json", "x.json", "zh", "every language"),
        ("html", "missing/x.html", None, "make it first"),
        ("html", ".", None, "is a folder"),
        ("yaml", "file", None, "is a file"),
    ],
)
def test_what_cannot_be_written_is_told(
    content: CatalogueContent, folder: Path, name: str, output: str, locale: str | None, word: str
) -> None:
    (folder / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match=word):
        export(content, name, folder / output, locale=locale, overwrite=True)
