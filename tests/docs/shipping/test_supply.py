"""What watches over the supply of code: bandit's rules, the audit, the lints of `deploy/`."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.docs.shipping.manifests import DEPLOY, KUBERNETES
from tests.tools.audit import read

SOUND = {"name": "yarl", "version": "1.25.1", "vulns": []}
UNKNOWN = {"name": "tzdata", "skip_reason": "Dependency not found"}
VULNERABLE = {
    "name": "pillow",
    "version": "12.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["12.1"], "aliases": []}],
}


def _report(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_bandits_rules_hold_for_all_that_is_shipped() -> None:
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert "S" in ruff["lint"]["select"]
    let_off = [code for code in ruff["lint"]["ignore"] if re.match(r"S\d", code)]
    for path, codes in ruff["lint"]["per-file-ignores"].items():
        if not path.startswith("tests/"):
            let_off += [code for code in codes if re.match(r"S\d", code)]
    assert not let_off


def test_a_vulnerability_is_a_failure() -> None:
    found = read(_report(SOUND, VULNERABLE))
    assert found.failed
    assert "pillow 12.0: PYSEC-2026-1, fixed in 12.1" in found.said("a.lock")
    assert "1 known vulnerabilities in 2 packages" in found.said("a.lock")


@pytest.mark.parametrize("report", ["", "Traceback", "[]", _report(UNKNOWN)])
def test_that_nobody_can_be_asked_is_none_and_is_said(report: str) -> None:
    found = read(report)
    assert not found.failed
    assert "not audited" in found.said("a.lock")
    assert "0 known" not in found.said("a.lock")


def test_what_could_not_be_looked_up_is_counted() -> None:
    assert read(_report(SOUND, UNKNOWN)).said("a.lock").endswith("; 1 more could not be looked up")


def _linted(*command: str) -> int:
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run(
        [program, *command[1:]], capture_output=True, timeout=60, check=False
    ).returncode


def test_the_lint_of_manifests_notices_a_misspelt_field(tmp_path: Path) -> None:
    text = (KUBERNETES / "upgrade" / "job.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "job.yaml"
    wrong.write_text(text.replace("readOnlyRootFilesystem", "readOnlyRoot"), encoding="utf-8")
    assert _linted("kubernetes-validate", "--strict", str(wrong)) != 0


def test_the_lint_of_the_compose_file_notices_a_misspelt_field(tmp_path: Path) -> None:
    text = (DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(text.replace("read_only:", "readonly:"), encoding="utf-8")
    schema = ("--builtin-schema", "vendor.compose-spec")
    assert _linted("check-jsonschema", *schema, str(wrong)) != 0


def test_check_lints_them() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    for each in ("hadolint Dockerfile", "compose-spec deploy/compose/compose.yaml", "$(MANIFESTS)"):
        assert each in check


def test_the_locks_agree_on_each_version() -> None:
    pins = {
        name: set(
            re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        )
        for name in ("requirements.lock", "requirements-extras.lock", "requirements-dev.lock")
    }
    assert pins["requirements.lock"] < pins["requirements-extras.lock"]
    assert pins["requirements-extras.lock"] < pins["requirements-dev.lock"]
