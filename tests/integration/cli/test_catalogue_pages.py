"""`nextrung catalogue site` and `diff --html`: folders and files for people with a browser."""

from pathlib import Path

import pytest

from bot.cli.catalogue.pages.folder import LIST
from tests.integration.cli.catalogues import done, folder, refused


@pytest.fixture(autouse=True)
def no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that must not be opened."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'unopened' / 'nextrung.db'}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return folder(tmp_path / "workshop")


def files(site: Path) -> dict[str, bytes]:
    return {
        each.relative_to(site).as_posix(): each.read_bytes()
        for each in site.rglob("*")
        if each.is_file()
    }


def test_a_site_is_written_and_only_what_differs_is_written_again(
    path: Path, tmp_path: Path
) -> None:
    site = tmp_path / "public"
    assert "all of them new" in done("site", path, site)
    first = files(site)
    assert set(first[LIST].decode().split()) | {LIST} == set(first)
    assert "0 of them new or changed" in done("site", path, site)
    assert files(site) == first


def test_pages_of_what_has_gone_go_and_the_rest_stays(path: Path, tmp_path: Path) -> None:
    site = tmp_path / "public"
    done("site", path, site)
    (site / "CNAME").write_text("careers.example.com")
    (path / "skills" / "unused.yaml").unlink()
    (site / LIST).write_text((site / LIST).read_text() + "../workshop/catalogue.yaml\n")
    done("site", path, site)
    assert not (site / "skills" / "unused.html").exists()
    assert (site / "CNAME").exists()
    assert (path / "catalogue.yaml").exists()


def test_a_site_writes_over_nothing_of_others(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("mine")
    assert "is not empty" in refused("site", path, other)
    assert (other / "index.html").read_text() == "mine"
    assert "is a file" in refused("site", path, other / "index.html")
    assert "make it first" in refused("site", path, other / "a" / "b")
    done("site", path, other, "--force")
    assert (other / "index.html").read_text() != "mine"


def test_both_texts_side_by_side_in_a_file(path: Path, tmp_path: Path) -> None:
    page, other = tmp_path / "diff.html", folder(tmp_path / "other")
    skill = other / "skills" / "sawing.yaml"
    skill.write_text(skill.read_text("utf-8").replace("Does it", "Does it twice", 1), "utf-8")
    told = done("diff", path, other, "--html", page)
    assert "expectations: 1 reworded" in told
    assert f"side by side: {page}" in told
    assert "Does it<ins> twice</ins>" in page.read_text("utf-8")
    assert "is there already" in refused("diff", path, other, "--html", page)
    done("diff", path, other, "--html", page, "--force", "--language", "zh")
    assert '<html lang="zh">' in page.read_text("utf-8")
    assert "none of en, zh" in refused(
        "diff", path, other, "--html", tmp_path / "x.html", "--language", "de"
    )
    assert "make it first" in refused("diff", path, other, "--html", tmp_path / "a" / "b.html")
    assert "is a folder" in refused("diff", path, other, "--html", tmp_path, "--force")
