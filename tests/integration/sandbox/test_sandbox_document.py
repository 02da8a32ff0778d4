"""docs/sandbox.md says what is so: its example runs; its endpoints, faults and tests exist."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.control import HANDLERS
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Json
from tests.integration.sandbox.bots import Serve
from tests.integration.sandbox.test_event_delivery import Recorder

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "sandbox.md").read_text("utf-8")
EXAMPLE = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
NAMED_TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def _section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_example_runs(tmp_path: Path) -> None:
    (example,) = EXAMPLE
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "ML Experiment Tracking" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "[]"


def test_every_endpoint_is_documented_and_no_other() -> None:
    written = re.findall(
        r"^\| `(\w+) /_local/([^`]+)` \|", _section("From other tools"), re.MULTILINE
    )
    assert sorted(written) == sorted(HANDLERS)


def test_every_rule_names_a_page_of_slacks_and_a_test() -> None:
    rows = _section("What is imitated").strip().splitlines()[2:]
    rules = [row for row in rows if row.startswith("| ") and not row.startswith("| rule")]
    assert len(rules) > 30
    for rule in rules:
        cells = [cell.strip() for cell in rule.strip("|").split(" | ")]
        assert len(cells) == 3, rule
        assert re.fullmatch(r"`[a-z][\w/.-]+`", cells[1]), rule
        assert re.fullmatch(r"`tests/[\w/]+\.py::\w+`", cells[2].rstrip(" |")), rule


@pytest.mark.parametrize(("file", "name"), NAMED_TESTS)
def test_every_named_test_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert name in {node.name for node in tree.body if isinstance(node, kinds)}


def _faults() -> list[tuple[str, Json]]:
    return [
        ("clock" if "/_local/clock" in row else "faults", json.loads(written))
        for row in _section("Faults").splitlines()
        for written in re.findall(r"`(\{.*?\})`", row.rpartition(" | ")[2])
    ]


async def test_every_documented_fault_is_taken(slack: LocalSlack, serve: Serve) -> None:
    await serve(Recorder(0).answer)
    await slack.event({"type": "user_change"})
    documented = _faults()
    assert len(documented) == 14
    async with aiohttp.ClientSession() as session:
        for path, body in documented:
            async with session.post(f"{slack.url}/_local/{path}", json=body) as answer:
                assert answer.status == 200, body


async def test_what_is_documented_of_installing_is_done() -> None:
    rows = _section("Installing and organisations").splitlines()
    wishes = [json.loads(each) for row in rows for each in re.findall(r"`(\{\"do\".*?\})`", row)]
    assert len(wishes) == 13
    async with LocalSlack(organisation=True) as slack, aiohttp.ClientSession() as session:
        slack.installs.install("E0SAMPLE", "W0OWNER")
        await slack.event({"type": "user_change"})
        # The organisation loses its app last.
        for wish in sorted(wishes, key=lambda wish: wish.get("do") == "remove"):
            async with session.post(f"{slack.url}/_local/installs", json=wish) as answer:
                assert answer.status == 200, (wish, await answer.text())
        async with session.get(f"{slack.url}/_local/installs") as answer:
            told = await answer.json()
    assert told["rotates"] is True
    standing = {each["id"]: each["has_app"] for each in told["places"]}
    assert (standing["E0SAMPLE"], standing["TSAMPLE"]) == (False, True)


async def test_every_documented_call_is_there(slack: LocalSlack) -> None:
    written = (
        _section("Faults") + _section("From Python") + _section("Installing and organisations")
    )
    calls = re.findall(r"\bslack\.(\w+(?:\.\w+)?)", written)
    assert len(set(calls)) > 15
    for call in set(calls):
        target: object = slack
        for name in call.split("."):
            if name in ("installs", "manifest"):  # `bot.slack.installs.manifest` is a module
                break
            assert hasattr(target, name), call
            target = getattr(target, name)
