"""Files that hold no table get a kind answer that says what to do."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.formats.tables.source import Fault
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
        ("a.csv", b"", Fault.EMPTY, "empty"),
        ("a.csv", b"\xef\xbb\xbf \r\n\r\n", Fault.EMPTY, "no text"),
        ("a.csv", b",,,\n,,,\n", Fault.EMPTY, "no text"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), Fault.OLD_EXCEL, "save it as XLSX"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), Fault.PROTECTED, "password"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), Fault.OTHER_DOCUMENT, "document"),
        ("a.ods", packed("mimetype", "content.xml"), Fault.OPEN_DOCUMENT, "OpenDocument"),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml"), Fault.OTHER_DOCUMENT, "doc"),
        ("a.xlsb", packed("[Content_Types].xml", "xl/workbook.bin"), Fault.OTHER_DOCUMENT, "XLSB"),
        ("a.numbers", packed("Index/Document.iwa"), Fault.OTHER_DOCUMENT, "Numbers"),
        ("a.zip", packed("table.csv"), Fault.ARCHIVE, "unpack"),
        ("a.xlsx", b"PK\x03\x04 and no more", Fault.DAMAGED, "damaged"),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), Fault.DAMAGED, "damaged"),
        ("a.pdf", b"%PDF-1.7\n", Fault.OTHER_DOCUMENT, "PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00", Fault.IMAGE, "picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0", Fault.IMAGE, "picture"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", Fault.IMAGE, "picture"),
        ("a.gz", b"\x1f\x8b\x08\x00", Fault.ARCHIVE, "archive"),
        ("a.xls", b"<html><table></table></html>", Fault.OTHER_DOCUMENT, "web page"),
        ("a.xml", b"<?xml version='1.0'?><Workbook/>", Fault.OTHER_DOCUMENT, "web page"),
        ("a.db", b"SQLite format 3\x00", Fault.OTHER_DOCUMENT, "database"),
        ("a.csv", b"a,b\n\x00\x01\x02\x80\xff", Fault.BINARY, "not a text file"),
        ("a.rtf", b"{\\rtf1 text}", Fault.OTHER_DOCUMENT, "document"),
    ],
)
def test_what_it_is_and_what_to_do(
    tmp_path: Path, name: str, data: bytes, fault: Fault, word: str
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
    assert (folder.fault, missing.fault) == (Fault.FOLDER, Fault.MISSING)
    assert "--format native" in folder.message


def test_text_that_begins_like_a_signature_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("BMW,MM*\nBZ,II\n", encoding="utf-8")
    assert read(path) == [("BMW", "MM*"), ("BZ", "II")]
