"""The files around the code: licence, change log, commands of make, decision records."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Page, all_pages

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
LONGEST = 30


def test_the_licence_is_the_standard_text() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_the_change_log_has_this_version() -> None:
    headings = Page("CHANGELOG.md").headings
    assert headings[:2] == ("Changelog", "[Unreleased]")
    versions = [each for each in headings if re.match(r"\[\d", each)]
    assert versions[0].startswith(f"[{PROJECT['version']}] - ")
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(headings) <= {*headings[:2], *versions, *kinds}


def _targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))


def test_every_make_command_is_documented() -> None:
    named = {
        code.removeprefix("make ")
        for code in Page("CONTRIBUTING.md").code
        if code.startswith("make ")
    }
    assert named == _targets()


def test_no_document_names_a_make_command_that_is_not_there() -> None:
    for page in all_pages():
        text = "\n".join((*page.code, *page.fences("console")))
        named = re.findall(r"^(?:\$ )?make ([a-z]+)", text, re.MULTILINE)
        assert set(named) <= _targets(), page.name


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_is_short_and_has_its_parts(record: Path) -> None:
    page = Page(f"docs/decisions/{record.name}")
    title, *parts = page.headings
    assert title.startswith(f"{record.name[:4]}: ")
    assert parts == ["Context", "Decision", "Consequences"]
    lines = page.path.read_text(encoding="utf-8").splitlines()
    assert lines[2].startswith("Status: ")
    assert len(lines) <= LONGEST


def test_decision_records_are_numbered_without_holes_and_listed() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    index = Page("docs/decisions/README.md")
    assert list(index.links) == [path.name for path in RECORDS]
    listed = [title for _, title in index.rows("Decisions")]
    titles = [Page(f"docs/decisions/{path.name}").headings[0] for path in RECORDS]
    assert listed == [title.partition(": ")[2] for title in titles]


def test_the_floors_in_the_documents_are_those_that_are_enforced() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (floors,) = (each["layers"] for each in contracts if each["type"] == "layers")
    assert Page("docs/architecture.md").fences("text")[0].splitlines() == floors
