"""Files that are not text, broken in every way, and encodings that must not matter."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.formats.imports.catalogue_import import import_catalogue
from tests.unit.formats.imports.importing import LONG, content_of, csv_text, told

ROW = ("Backend Engineer", "Junior", "Code Review", "required", "Working", "Answers – fast.")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def workbook(path: Path, *rows: tuple[str | int | bool, ...]) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)


def archive(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/"), text)


def truncated(path: Path) -> None:
    workbook(path, LONG, ROW)
    path.write_bytes(path.read_bytes()[:-200])


def bomb(path: Path) -> None:
    workbook(path, LONG, ROW)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/image1.xml", b"0" * 40_000_000)


def entities(path: Path) -> None:
    workbook(path, LONG, ROW)
    source = path.with_suffix(".source")
    path.rename(source)
    attack = (
        '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&c;</worksheet>'
    )
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, attack if "sheet1" in name else old.read(name))


BROKEN: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "empty": ("a.xlsx", lambda path: path.write_bytes(b""), "the file is empty"),
    "truncated": ("a.xlsx", truncated, "damaged"),
    "protected": (
        "a.xlsx",
        lambda path: path.write_bytes(OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")),
        "password",
    ),
    "zip bomb": ("a.xlsx", bomb, "unpack"),
    "entities": ("a.xlsx", entities, "a.xlsx"),
    "without its parts": (
        "a.xlsx",
        lambda path: archive(
            path, **{"[Content_Types].xml": "<Types/>", "xl__workbook.xml": "<workbook/>"}
        ),
        "the workbook is damaged",
    ),
    "no sheet with cells": ("a.xlsx", workbook, "empty"),
    "header alone": ("a.xlsx", lambda path: workbook(path, LONG), "no row below the header"),
    "foreign headers": (
        "a.xlsx",
        lambda path: workbook(path, ("Fruit", "Price"), ("Apple", 1)),
        "the first row holds 'Fruit', 'Price'",
    ),
    "formula without a value": (
        "a.xlsx",
        lambda path: workbook(path, LONG, (*ROW[:5], '=HYPERLINK("http://example.com")')),
        "formula",
    ),
    "error in a cell": (
        "a.xlsx",
        lambda path: workbook(path, LONG, (*ROW[:5], "#REF!")),
        "#REF!",
    ),
    "word document": (
        "a.docx",
        lambda path: archive(
            path, **{"[Content_Types].xml": "<Types/>", "word__document.xml": "<w/>"}
        ),
        "document",
    ),
    "open document": (
        "a.ods",
        lambda path: archive(
            path,
            **{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""},
        ),
        "XLSX",
    ),
    "archive": ("a.zip", lambda path: archive(path, **{"notes.txt": "hello"}), "archive"),
    "sound": ("a.csv", lambda path: path.write_bytes(b"RIFF\0\0\0\0WAVEfmt " + bytes(64)), "text"),
}


@pytest.mark.parametrize(("name", "make", "said"), BROKEN.values(), ids=BROKEN)
def test_is_refused_with_what_to_do(
    tmp_path: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    path = tmp_path / name
    make(path)
    result = import_catalogue(path)
    assert result.content is None
    assert result.problems
    assert said in "\n".join(told(result))
    assert all(place.file for problem in result.problems for place in problem.places)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_line_ends_and_delimiters_do_not_matter(
    tmp_path: Path, encoding: str, line_end: str, delimiter: str
) -> None:
    text = line_end.join(delimiter.join(row) for row in (LONG, ROW, (*ROW[:2], "数据", *ROW[3:])))
    path = tmp_path / "framework.csv"
    path.write_bytes(text.encode(encoding))
    content = content_of(import_catalogue(path))
    assert [skill.name.base for skill in content.skills] == ["Code Review", "数据"]
    assert content.expectations[0].text is not None
    assert content.expectations[0].text.base == "Answers – fast."


def test_a_named_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "framework.csv"
    path.write_bytes(csv_text([LONG, (*ROW[:5], "работает")]).encode("cp1251"))
    content = content_of(import_catalogue(path, encoding="cp1251"))
    assert content.expectations[0].text is not None
    assert content.expectations[0].text.base == "работает"


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    assert "no such file" in told(import_catalogue(tmp_path / "absent.csv"))[0]
    assert "holds no CSV" in told(import_catalogue(tmp_path))[0]


def test_values_of_a_workbook_are_read_as_people_see_them(tmp_path: Path) -> None:
    path = tmp_path / "framework.xlsx"
    header = (*LONG, "Rank")
    workbook(
        path, header, (*ROW, 1), ("Backend Engineer", "Senior", "Code Review", True, 3, "x", 2)
    )
    content = content_of(import_catalogue(path))
    assert [level.rank for level in content.roles[0].ladder.levels] == [1, 2]
