"""The Dockerfile keeps its promises. There may be no Docker engine here, so it is read instead."""

import asyncio
import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

import pytest
from starlette.applications import Starlette

from bot.cli.app import app as command_line
from bot.cli.serving import serving
from bot.config import Settings, default_database_file
from bot.services.clock import SystemClock
from bot.services.health import Health
from bot.services.lookup.held_catalogues import Catalogues
from bot.slack.http import health_routes
from bot.store.database import Database
from tests.docs.dockerfile import Stage, read_stages
from tests.docs.pages import ROOT
from tests.unit.samples import ALL_WORDS

STAGES = read_stages(ROOT / "Dockerfile")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IGNORED = [
    line
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture
def final() -> Stage:
    return STAGES[-1]


@pytest.fixture
def build() -> Stage:
    return STAGES[0]


def test_the_stages_have_one_pinned_base() -> None:
    assert [stage.name for stage in STAGES] == ["build", "fonts", "final"]
    for stage in STAGES:
        assert re.fullmatch(r"python:3\.11(\.\d+)?-slim-[a-z]+(@sha256:[0-9a-f]{64})?", stage.base)
    assert len({stage.base for stage in STAGES}) == 1, "a venv runs only beside its own Python"


def test_nothing_is_fetched_past_the_lock() -> None:
    for stage in STAGES:
        assert not stage.all("ADD"), "COPY says what it does"
        for line in re.findall(r"pip (?:--python \S+ )?(?:install|wheel)[^&\n]*", stage.shell):
            hashed = "--require-hashes --no-deps --requirement" in line
            assert hashed or "--no-deps" in line, f"not checked by hash: {line}"
        assert not re.search(r"\b(curl|wget|git clone)\b", stage.shell)


def test_only_a_font_comes_from_debian(final: Stage) -> None:
    (fonts,) = [each for each in STAGES if "apt-get" in each.shell]
    installed = re.search(r"apt-get install (.*?) *&&", fonts.shell)
    assert installed
    assert installed[1].split()[-1] == "fonts-wqy-microhei"
    assert installed[1].count(" ") == 2
    taken = [each for each in final.all("COPY") if each.flags["from"] == "fonts"]
    assert len(taken) == 2
    for each in taken:
        assert each.words[-1].rstrip("/") == "/usr/share/fonts/truetype/wqy"


def test_installs_as_make_setup_does(build: Stage) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    install = "-m pip install --quiet --require-hashes --no-deps --requirement"
    assert f"{install} requirements-dev.lock" in makefile
    assert f"{install} requirements-dev.lock" in build.shell
    into = install.replace("-m pip", "-m pip --python /opt/nextrung/bin/python")
    assert f'/opt/tools/bin/python {into} "${{LOCK}}"' in build.shell
    assert "LOCK=requirements.lock" in [each.text for each in build.all("ARG")]
    without_isolation = "--no-build-isolation --no-deps"
    assert without_isolation in makefile
    assert without_isolation in build.shell


def test_locks_are_installed_before_the_sources_arrive(build: Stage) -> None:
    names = [f"{each.name} {each.text}" for each in build.instructions]
    locked = max(at for at, each in enumerate(names) if "--require-hashes" in each)
    sources = min(at for at, each in enumerate(names) if each.startswith("COPY bot"))
    assert locked < sources, "every change of the code would install everything again"


def test_only_the_virtual_environment_leaves_the_build_stage(final: Stage) -> None:
    (copied,) = [each for each in final.all("COPY") if each.flags["from"] != "fonts"]
    assert copied.flags == {"from": "build"}
    assert copied.words[1:] == ["/opt/nextrung", "/opt/nextrung"]


def test_all_that_is_copied_may_enter_the_build_and_nothing_else(build: Stage) -> None:
    sources = {word for each in build.all("COPY") for word in each.words[:-1]}
    assert IGNORED[0] == "*"
    assert {line[1:] for line in IGNORED if line.startswith("!")} == sources
    for source in sources:
        assert (ROOT / source).exists()
    assert any(fnmatch("bot/__pycache__", line) for line in IGNORED[1:])


def test_the_wheel_gets_every_file_that_the_project_names(build: Stage) -> None:
    sources = {word for each in build.all("COPY") for word in each.words[:-1]}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = {PROJECT["readme"], *PROJECT["license-files"]}
    assert wanted | {*wheel["packages"], *wheel["force-include"]} <= sources


def test_nothing_that_builds_or_installs_is_left(build: Stage, final: Stage) -> None:
    assert "python -m venv --without-pip /opt/nextrung" in build.shell
    assert final.all("RUN")[0].text.endswith("pip uninstall --quiet --yes setuptools wheel pip")


def test_runs_as_an_ordinary_user_that_can_be_seen_to_be_one(final: Stage) -> None:
    user, _, group = final.last("USER").text.partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert f"--uid {user} " in final.shell
    assert f"--gid {group} " in final.shell
    after = final.instructions[final.instructions.index(final.last("USER")) :]
    assert {each.name for each in after} == {"USER", "ENTRYPOINT", "CMD"}


def test_starts_the_web_command_without_a_shell(final: Stage) -> None:
    assert final.last("ENTRYPOINT").exec_form == ["nextrung"]
    command = final.last("CMD").exec_form
    assert command == ["web"]
    assert "web" in {
        each.name or each.callback.__name__
        for each in command_line.registered_commands
        if each.callback
    }
    assert final.last("STOPSIGNAL").text == "SIGTERM"


def test_its_settings_are_real_ones_and_its_data_is_in_the_volume(
    final: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = dict(word.split("=", 1) for word in final.last("ENV").words)
    ours = {name: value for name, value in given.items() if name.lower() in Settings.model_fields}
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)
    (volume,) = final.last("VOLUME").exec_form or [""]
    assert settings.database == f"sqlite:///{volume}/nextrung.db"
    assert settings.nextrung_host == "0.0.0.0"  # noqa: S104 - a container's loopback is its own
    assert final.last("EXPOSE").text == str(settings.nextrung_port)
    assert final.last("WORKDIR").text == volume
    # Any user of group 0 may write there, and nobody else may look into it.
    assert f"--owner=nextrung --group=root --mode=0770 {volume}" in final.shell
    monkeypatch.setenv("XDG_DATA_HOME", given["XDG_DATA_HOME"])
    assert default_database_file().as_posix() == f"{volume}/nextrung.db"
    assert given["PATH"].startswith("/opt/nextrung/bin:")


def test_labels_say_what_the_project_says(final: Stage) -> None:
    arguments = dict(each.text.split("=", 1) for each in final.all("ARG"))
    assert arguments["VERSION"] == PROJECT["version"]
    text = final.last("LABEL").text.replace("${VERSION}", arguments["VERSION"])
    labels = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', text))
    assert labels["version"] == PROJECT["version"]
    assert labels["licenses"] == PROJECT["license"]
    assert labels["description"] == PROJECT["description"]
    assert labels["title"] == "Nextrung"


def _checked(final: Stage, port: int) -> int:
    """Run the image's own health check against a port of this machine."""
    check = final.last("HEALTHCHECK")
    assert check.flags.keys() == {"interval", "timeout", "start-period", "retries"}
    words = check.exec_form
    assert words is not None
    assert words[0] == "python"
    # A proxy in the environment must not be asked about the container's own port.
    environment = os.environ | {"NEXTRUNG_PORT": str(port), "http_proxy": "http://127.0.0.1:9"}
    ran = subprocess.run(
        [sys.executable, *words[1:]], env=environment, capture_output=True, timeout=20, check=False
    )
    return ran.returncode


async def test_the_health_check_is_content_with_a_living_process(
    final: Stage, sqlite_url: str
) -> None:
    database = Database(sqlite_url)
    catalogues = Catalogues(database.catalogues, ALL_WORDS)
    routes = health_routes(Health(database, catalogues, SystemClock()))
    async with serving(Starlette(routes=routes), host="127.0.0.1", port=0) as address:
        port = int(address.rsplit(":", 1)[1])
        assert await asyncio.to_thread(_checked, final, port) == 0
    await database.dispose()
    assert await asyncio.to_thread(_checked, final, port) != 0


async def test_the_health_check_is_not_content_with_anything_else(final: Stage) -> None:
    async with serving(Starlette(), host="127.0.0.1", port=0) as address:
        port = int(address.rsplit(":", 1)[1])
        assert await asyncio.to_thread(_checked, final, port) != 0
