"""`nextrung catalogue sync`: a folder or a checkout as the source, run again and again."""

import os
import subprocess
from pathlib import Path

import pytest

from bot.cli.catalogue.syncing.commit import newest_commit
from tests.integration.cli.catalogues import catalogue, data, done, folder

PUBLISH = "--publish-if-clean"


@pytest.fixture(autouse=True)
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return folder(tmp_path / "framework")


def git(at: Path, *words: str) -> None:
    """Run git as a sample owner, whatever the machine's own settings are."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=Sample Owner", "-c", "user.email=owner@example.com"]
    subprocess.run(
        ["git", *who, "-C", str(at), *words], check=True, capture_output=True, env=os.environ | own
    )


def committed(at: Path, *message: str) -> None:
    git(at, "add", "-A")
    git(at, "commit", "-q", *(word for line in message for word in ("-m", line)))


def edited(at: Path) -> None:
    skill = at / "skills" / "sawing.yaml"
    skill.write_text(skill.read_text("utf-8").replace("Does it", "Does it well", 1), "utf-8")


def without_turner(at: Path) -> None:
    """Take a role out, with all that is expected of it."""
    (at / "roles" / "turner.yaml").unlink()
    for skill in (at / "skills").iterdir():
        kept, skipping = [], False
        for line in skill.read_text("utf-8").splitlines():
            if not line.startswith("   "):
                skipping = line == "  turner:"
            if not skipping:
                kept.append(line)
        skill.write_text("\n".join(kept) + "\n", "utf-8")


def revisions() -> list[dict[str, object]]:
    listed: list[dict[str, object]] = data("list", "company", "--json")
    return listed


def test_what_changed_is_published_once(source: Path) -> None:
    assert "Published company@1" in done("sync", source, PUBLISH)
    assert "nothing was published" in done("sync", source, PUBLISH)
    edited(source)
    tried = done("sync", source, "--dry-run", PUBLISH)
    assert "expectations: 1 reworded" in tried
    assert "leave out --dry-run" in tried
    assert "--publish-if-clean" not in tried
    assert "add --publish-if-clean" in done("sync", source)
    assert data("sync", source, "--json")["outcome"] == "would-publish"
    assert len(revisions()) == 1
    published = data("sync", source, PUBLISH, "--json", "--author", "Ada", "--note", "By hand")
    assert (published["outcome"], published["published"]["number"]) == ("published", 2)
    newest = revisions()[0]
    assert (newest["author"], newest["note"]) == ("Ada", "By hand")


def test_a_commit_says_who_and_why(source: Path) -> None:
    assert newest_commit(source) is None
    git(source, "init", "-q")
    committed(source, "Write the first framework")
    done("sync", source, PUBLISH)
    edited(source)
    done("sync", source, PUBLISH)
    newest, first = revisions()
    assert first["author"] == "Sample Owner"
    assert str(first["note"]).startswith("Write the first framework (")
    assert str(newest["note"]).endswith("), with changes that are not committed")


@pytest.mark.parametrize("how", ["option", "message"])
def test_a_role_goes_only_where_somebody_says_so(source: Path, how: str) -> None:
    git(source, "init", "-q")
    committed(source, "Write it")
    done("sync", source, PUBLISH)
    without_turner(source)
    committed(source, "Let turners go")
    result = catalogue("sync", source, PUBLISH)
    assert result.exit_code == 4, result.output
    assert "--role-goes turner" in result.stdout
    assert catalogue("sync", source, "--dry-run").exit_code == 4
    assert len(revisions()) == 1
    if how == "option":
        done("sync", source, PUBLISH, "--role-goes", "turner")
    else:
        git(source, "commit", "-q", "--amend", "-m", "Let turners go", "-m", "Role-Goes: turner")
        done("sync", source, PUBLISH)
    assert len(revisions()) == 2


def test_what_takes_over_from_a_role_is_where_its_page_leads(source: Path, tmp_path: Path) -> None:
    done("sync", source, PUBLISH)
    without_turner(source)
    result = catalogue("sync", source, PUBLISH, "--role-goes", "turner=nobody")
    assert result.exit_code == 1, result.output
    assert "no role “nobody”" in result.stderr
    done("sync", source, PUBLISH, "--role-goes", "turner=joiner", "--role-goes", "baker")
    site = tmp_path / "public"
    done("site", "company", site)
    assert "url=../roles/joiner.html" in (site / "roles" / "turner.html").read_text("utf-8")


def test_what_is_not_clean_is_not_published(source: Path) -> None:
    done("sync", source, PUBLISH)
    edited(source)
    (source / "lint.yaml").write_text("severities:\n  missing-cell: error\n")
    result = catalogue("sync", source, PUBLISH)
    assert result.exit_code == 3, result.output
    assert "lint found errors" in result.stdout
    (source / "lint.yaml").unlink()
    assert catalogue("sync", source, PUBLISH, "--strict").exit_code == 3
    (source / "skills" / "sawing.yaml").write_text("key: [")
    assert catalogue("sync", source, PUBLISH).exit_code == 1
    assert len(revisions()) == 1


def test_what_was_rolled_back_is_not_published_by_the_next_run(source: Path) -> None:
    done("sync", source, PUBLISH)
    edited(source)
    done("sync", source, PUBLISH)
    done("rollback", "company", "1", "--note", "Another week")
    result = catalogue("sync", source, PUBLISH)
    assert result.exit_code == 5, result.output
    assert "published as company@2" in result.stdout
    assert len(revisions()) == 3
    done("sync", source, PUBLISH, "--again")
    assert len(revisions()) == 4


def test_what_a_checkouts_settings_name_is_not_run(source: Path, tmp_path: Path) -> None:
    git(source, "init", "-q")
    committed(source, "Write it")
    trap = tmp_path / "ran"
    git(source, "config", "core.fsmonitor", f"touch {trap}; false")
    git(source, "config", "log.showSignature", "true")
    git(source, "config", "gpg.program", f"touch {trap}; false")
    commit = newest_commit(source)
    assert commit is not None
    assert commit.subject == "Write it"
    assert not trap.exists()
