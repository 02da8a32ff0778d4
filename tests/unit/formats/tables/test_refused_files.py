"""Files that hold no table get a kind answer that says what to do."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.formats.tables.source import TableFault
from tests.unit.formats.tables.tables import problems, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "fault", "word"),
    [
        ("a.csv", b"", TableFault.EMPTY, "empty"),
        ("a.csv", b"\xef\xbb\xbf \r\n\r\n", TableFault.EMPTY, "no text"),
        ("a.csv", b",,,\n,,,\n", TableFault.EMPTY, "no text"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), TableFault.OLD_EXCEL, "save it as XLSX"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), TableFault.PROTECTED, "password"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), TableFault.OTHER_DOCUMENT, "document"),
        ("a.ods", packed("mimetype", "content.xml"), TableFault.OPEN_DOCUMENT, "OpenDocument"),
        (
            "a.docx",
            packed("[Content_Types].xml", "word/document.xml"),
            TableFault.OTHER_DOCUMENT,
            "doc",
        ),
        (
            "a.xlsb",
            packed("[Content_Types].xml", "xl/workbook.bin"),
            TableFault.OTHER_DOCUMENT,
            "XLSB",
        ),
        ("a.numbers", packed("Index/Document.iwa"), TableFault.OTHER_DOCUMENT, "Numbers"),
        ("a.zip", packed("table.csv"), TableFault.ARCHIVE, "unpack"),
        ("a.xlsx", b"PK\x03\x04 and no more", TableFault.DAMAGED, "damaged"),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), TableFault.DAMAGED, "damaged"),
        ("a.pdf", b"%PDF-1.7\n", TableFault.OTHER_DOCUMENT, "PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00", TableFault.IMAGE, "picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0", TableFault.IMAGE, "picture"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", TableFault.IMAGE, "picture"),
        ("a.gz", b"\x1f\x8b\x08\x00", TableFault.ARCHIVE, "archive"),
        ("a.xls", b"<html><table></table></html>", TableFault.OTHER_DOCUMENT, "web page"),
        ("a.xml", b"<?xml version='1.0'?><Workbook/>", TableFault.OTHER_DOCUMENT, "web page"),
        ("a.db", b"SQLite format 3\x00", TableFault.OTHER_DOCUMENT, "database"),
        ("a.csv", b"a,b\n\x00\x01\x02\x80\xff", TableFault.BINARY, "not a text file"),
        ("a.rtf", b"{\\rtf1 text}", TableFault.OTHER_DOCUMENT, "document"),
    ],
)
def test_what_it_is_and_what_to_do(
    tmp_path: Path, name: str, data: bytes, fault: TableFault, word: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (problem,) = problems(path)
    assert problem.fault is fault
    assert word in problem.message
    assert problem.file == name


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    (folder,) = problems(tmp_path)
    (missing,) = problems(tmp_path / "no.csv")
    assert (folder.fault, missing.fault) == (TableFault.FOLDER, TableFault.MISSING)
    assert "--format native" in folder.message


def test_text_that_begins_like_a_signature_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("BMW,MM*\nBZ,II\n", encoding="utf-8")
    assert read(path) == [("BMW", "MM*"), ("BZ", "II")]
