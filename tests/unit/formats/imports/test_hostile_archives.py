"""Archives that somebody made to do harm are refused, or read without any."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from bot.formats.imports import uploaded
from bot.formats.imports.report import ImportResult
from bot.formats.imports.uploaded import import_uploaded
from tests.unit.formats.imports.importing import told

PAGE = "# {level} Engineer\n\n## Testing\n\n- {level} tests\n"


def archive(*parts: tuple[zipfile.ZipInfo | str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return target.getvalue()


def taken(folder: Path, content: bytes) -> ImportResult:
    file = folder / "ours.zip"
    file.write_bytes(content)
    return import_uploaded(file)


def link(name: str) -> zipfile.ZipInfo:
    """Return a part that is a symbolic link."""
    part = zipfile.ZipInfo(name)
    part.create_system = 3
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    return part


def test_a_folder_of_pages_comes_in_an_archive(tmp_path: Path) -> None:
    parts = [(f"Engineer/{each}.md", PAGE.format(level=each)) for each in ("Junior", "Senior")]
    result = taken(tmp_path, archive(*parts, ("Engineer/logo.png", b"x")))
    assert result.content is not None
    assert len(result.content.expectations) == 2


@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside.csv", "table.csv"])
def test_links_are_refused_and_never_made(tmp_path: Path, target: str) -> None:
    result = taken(tmp_path, archive((link("framework.csv"), target)))
    assert result.content is None
    assert "the archive holds a link, 'framework.csv'" in told(result)[0]
    assert not any(path.is_symlink() for path in tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "name",
    [
        "../page.md",
        "/var/page.md",
        "a/../../page.html",
        "..\\page.yml",
        "C:\\page.md",
        "a/./../../x.md",
    ],
)
def test_no_page_is_written_outside(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    taken(inner, archive((name, PAGE.format(level="Junior"))))
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and inner not in path.parents]
    assert outside == []
    unpacked = inner / "unpacked"
    files = [path for path in inner.rglob("*") if path.is_file() and path.name != "ours.zip"]
    assert all(unpacked in path.parents for path in files)
    assert not Path("/var/page.md").exists()


def test_a_bomb_is_refused_before_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploaded, "MOST_BYTES", 1 << 20)
    result = taken(tmp_path, archive(("page.md", b"# x\n" * (1 << 19))))
    assert result.content is None
    assert "unpacks to more than" in told(result)[0]
    assert not (tmp_path / "unpacked").exists()


def test_an_archive_in_an_archive_stays_packed(tmp_path: Path) -> None:
    inner = archive(("page.md", PAGE.format(level="Junior")))
    result = taken(tmp_path, archive(("inner.zip", inner)))
    assert result.content is None
    assert "holds no file that can be imported" in told(result)[0]


@pytest.mark.parametrize("pages", [1, 2])
def test_damaged_parts_are_told(tmp_path: Path, pages: int) -> None:
    whole = bytearray(
        archive(*((f"{at}.md", PAGE.format(level="Junior") * 9) for at in range(pages)))
    )
    whole[40] ^= 0xFF
    result = taken(tmp_path, bytes(whole))
    assert result.content is None
    assert "damaged" in told(result)[0]
