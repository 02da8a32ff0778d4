"""The compose file: what it names is there, and it runs the bot with no more than it needs."""

import ast
import re
import tomllib
from typing import Any

import pytest

from bot.config import Settings
from tests.docs.pages import ROOT
from tests.docs.shipping.manifests import DEPLOY, SETTINGS, documents, env_names, is_command

FOLDER = DEPLOY / "compose"
TEXT = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
(COMPOSE,) = documents(FOLDER / "compose.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: each for name, each in SERVICES.items() if name != "database"}
EXAMPLE = (FOLDER / ".env.example").read_text(encoding="utf-8")
INIT = (FOLDER / "database" / "nextrung.sh").read_text(encoding="utf-8")


def test_its_commands_are_the_bots() -> None:
    commands = {name: each["command"] for name, each in OURS.items()}
    assert commands == {"upgrade": ["db", "upgrade"], "web": ["web"], "worker": ["worker"]}
    assert all(is_command(each) for each in commands.values())


@pytest.mark.parametrize("name", OURS)
def test_its_settings_are_real_ones(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = OURS[name]["environment"]
    assert set(given) <= SETTINGS
    for setting, value in given.items():
        monkeypatch.setenv(setting, re.sub(r"\$\{\w+:\?[^}]*\}", "c0ffee", value))
    settings = Settings(_env_file=None)
    assert settings.database == "postgresql://nextrung:c0ffee@database:5432/nextrung"


def test_the_schema_is_upgraded_before_anything_serves() -> None:
    for name in ("web", "worker"):
        after = {each: how["condition"] for each, how in OURS[name]["depends_on"].items()}
        assert after == {
            "database": "service_healthy",
            "upgrade": "service_completed_successfully",
        }
        assert OURS[name]["restart"] == SERVICES["database"]["restart"] == "unless-stopped"
    assert OURS["upgrade"]["restart"] == "no"


@pytest.mark.parametrize("name", ["web", "worker"])
def test_health_is_asked_where_it_is_answered(name: str) -> None:
    kind, program, flag, code = OURS[name]["healthcheck"]["test"]
    assert (kind, program, flag) == ("CMD", "python", "-c")
    ast.parse(code)
    port = Settings.model_fields["nextrung_port"].default
    if name == "worker":
        port = int(OURS[name]["environment"]["NEXTRUNG_METRICS_PORT"])
    assert f"HTTPConnection('127.0.0.1', {port}," in code
    assert "'/readyz'" in code  # answered in tests/integration: the route is the code's
    if name == "web":
        assert OURS[name]["ports"] == [f"127.0.0.1:{port}:{port}"]


@pytest.mark.parametrize("name", OURS)
def test_it_may_do_no_more_than_it_needs(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert [each.partition(":")[0] for each in service["tmpfs"]] == ["/var/lib/nextrung"]
    assert not {"privileged", "user", "volumes", "cap_add"} & set(service)


def test_the_database_is_reached_by_nobody_but_the_bot() -> None:
    assert "ports" not in SERVICES["database"]
    assert SERVICES["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_bots_role_is_no_superuser_and_may_cross_workspaces() -> None:
    assert "CREATE ROLE nextrung LOGIN NOSUPERUSER" in INIT
    assert "GRANT nextrung_across TO nextrung WITH INHERIT FALSE, SET TRUE;" in INIT
    assert "--username=nextrung" in SERVICES["database"]["healthcheck"]["test"]


def test_every_secret_is_asked_for_and_none_is_written_down() -> None:
    asked = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert asked == {"DATABASE_PASSWORD", "DATABASE_ADMIN_PASSWORD"}
    assert env_names(EXAMPLE) == asked | {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"}
    assert env_names(EXAMPLE) - asked <= SETTINGS
    values = [line.partition("=")[2] for line in EXAMPLE.splitlines() if not line.startswith("#")]
    assert not any(values)


def test_its_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {each["image"] for each in OURS.values()} == {
        f"nextrung:${{NEXTRUNG_VERSION:-{project['version']}}}"
    }
    assert (FOLDER / OURS["web"]["build"]["context"] / "Dockerfile").resolve().exists()
