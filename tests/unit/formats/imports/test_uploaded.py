"""What is uploaded: archives are unpacked within limits, whatever somebody put into them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.formats.imports import uploaded
from bot.formats.imports.report import ImportResult
from bot.formats.imports.uploaded import import_uploaded

TABLE = "role,level,skill,text\nBaker,Junior,Dough,Kneads.\n"


def packed(files: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def taken(folder: Path, content: bytes, name: str = "ours.zip") -> ImportResult:
    file = folder / name
    file.write_bytes(content)
    return import_uploaded(file)


def test_tables_come_in_an_archive(tmp_path: Path) -> None:
    result = taken(tmp_path, packed({"deep/table.csv": TABLE, "readme.pdf": b"%PDF"}))
    assert result.content is not None
    assert [role.key for role in result.content.roles] == ["baker"]


@pytest.mark.parametrize(
    "name", ["../outside.csv", "/etc/outside.csv", "a/../../outside.csv", "..\\outside.csv"]
)
def test_nothing_is_written_outside(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    taken(inner, packed({name: TABLE}))
    assert not list(tmp_path.glob("outside*"))
    assert not Path("/etc/outside.csv").exists()
    assert not list(inner.glob("outside*"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (b"", "damaged"),
        (packed({}), "holds no file"),
        (packed({"a.csv": TABLE, "a.csv/b.csv": TABLE}), "cannot be unpacked"),
        (packed({f"{'long' * 80}.csv": TABLE}), "cannot be unpacked"),
        (packed({"a.csv": TABLE, "A.csv": TABLE}), "'A.csv' twice"),
        (packed({"picture.png": b"x", ".hidden.csv": TABLE}), "holds no file"),
    ],
)
def test_an_archive_that_cannot_be_used(tmp_path: Path, content: bytes, said: str) -> None:
    result = taken(tmp_path, content)
    assert result.content is None
    (problem,) = result.problems
    assert said in problem.message


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_with_any_byte_changed_ends_in_words(tmp_path: Path, method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("a.csv", TABLE)
    whole = target.getvalue()
    for at in range(len(whole)):
        for byte in (0x00, 0xFF):
            changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
            for name in ("ours.zip", "ours.xlsx", "ours.ods"):
                result = taken(tmp_path, changed, name)
                assert result.content is not None or result.problems, (at, byte, name)


def test_an_archive_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploaded, "MOST_BYTES", 10)
    (problem,) = taken(tmp_path, packed({"table.csv": TABLE})).problems
    assert "leave out" in problem.message


def test_an_archive_of_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploaded, "MOST_PARTS", 1)
    (problem,) = taken(tmp_path, packed({"a.csv": TABLE, "b.csv": TABLE})).problems
    assert "leave out" in problem.message


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    content = bytearray(packed({"table.csv": TABLE}))
    # The flag of encryption, in the local and in the central header.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (problem,) = taken(tmp_path, bytes(content)).problems
    assert "password" in problem.message
