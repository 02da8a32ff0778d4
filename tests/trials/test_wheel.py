"""The wheel: complete, and working outside the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def run(*words: str | Path, folder: Path, **more: str) -> str:
    """Run a command and return its standard output; fail with all it said where it fails."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **more}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the checkout, offline, with the backend that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    # As pip does without isolation: the backend's own entry point, in the project's folder.
    build = f"from hatchling.build import build_wheel; build_wheel({str(folder)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=CHECKOUT, check=True, capture_output=True)
    (built,) = folder.glob("nextrung-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; its dependencies are those of the running one."""
    folder = tmp_path_factory.mktemp("installed")
    environment = folder / "venv"
    venv.create(environment, with_pip=False, symlinks=True)
    scheme = sysconfig.get_path("purelib", vars={"base": str(environment)})
    site = Path(scheme)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # Found after the wheel's own files. A plain path line, not addsitedir: the checkout's own
    # editable hook must not come along.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin" / "python"


def test_wheel_holds_data_migrations_and_translations(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    for folder, pattern in (("data", "**/*.yaml"), ("data", "**/*.json"), ("migrations", "**/*")):
        files = [each for each in (CHECKOUT / folder).glob(pattern) if each.is_file()]
        kept = [each for each in files if "__pycache__" not in each.parts]
        assert kept
        for path in kept:
            assert f"bot/_bundled/{path.relative_to(CHECKOUT).as_posix()}" in names
    patterns = (
        "text/locales/*.po",
        "text/typed/*.yaml",
        "sandbox/words/*.toml",
        "sandbox/page/**/*.*",
    )
    for pattern in patterns:
        found = [each for each in (CHECKOUT / "bot").glob(pattern) if each.suffix != ".pyc"]
        assert found
        for path in found:
            assert path.relative_to(CHECKOUT).as_posix() in names
    assert not [each for each in names if each.startswith("tests/")]
    assert any(each.endswith("licenses/LICENSE") for each in names)


def test_wheel_declares_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith("entry_points.txt")]
        assert "nextrung = bot.__main__:main" in archive.read(name).decode()


def test_installed_wheel_answers_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed, "-c", "import bot; print(bot.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parents[1])

    data = tmp_path / "data"
    printed = run(
        *(installed, "-m", "bot", "preview", "/skill mlops senior", "--json"),
        folder=tmp_path,
        XDG_DATA_HOME=str(data),
    )

    body = json.loads(printed)
    assert set(body) == {"text", "blocks"}
    assert body["blocks"][0]["text"]["text"] == "MLOps"
    assert list(data.rglob("*.db"))


def test_installed_wheel_migrates_a_database(installed: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nextrung.sqlite"

    printed = run(installed, "-m", "bot", "db", "upgrade", folder=tmp_path, DATABASE_URL=url)

    assert "revision" in printed
