"""The image's steps without an engine: a wheel in a read-only system, as a user that nobody knows.

Only the data folder can be written, and no privilege is left. What a mount namespace cannot show
(the base image itself, seccomp, the network policy) stays with the cluster.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import pytest

from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import EVENTS_PATH, build_manifest
from tests.docs.dockerfile import read_stages
from tests.docs.pages import ROOT
from tests.integration.cli.processes import STOP_SECONDS, until_ready

USER = 12345
# Mounts "$1", the data folder, over itself so that it stays what it is, and all else read-only.
_JAIL = f"""
set -eu
mount --make-rprivate /
mount --bind "$1" "$1"
for point in $(cut -d' ' -f5 /proc/self/mountinfo | sort -u); do
  [ "$point" = "$1" ] || mount -o remount,bind,ro "$point" 2>/dev/null || true
done
cd "$1"
shift
exec setpriv --reuid={USER} --regid={USER} --clear-groups --no-new-privs \
  --inh-caps=-all --bounding-set=-all -- "$@"
"""


def _jailed(folder: Path, *words: str) -> list[str]:
    return ["unshare", "--mount", "sh", "-c", _JAIL, "sh", str(folder), *words]


def _cannot() -> str | None:
    """Say why this machine cannot rehearse it, if it cannot."""
    if sys.platform != "linux" or not (shutil.which("unshare") and shutil.which("setpriv")):
        return "needs Linux with unshare and setpriv"
    if os.getuid() != 0:
        return "needs root, to become another user in a mount namespace"
    ran = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return f"no mount namespace here: {ran.stderr.decode().strip()}" if ran.returncode else None


pytestmark = pytest.mark.skipif(_cannot() is not None, reason=_cannot() or "")


@pytest.fixture
def outside() -> Iterator[Path]:
    """Yield a folder that any user may walk into; pytest's own are for their owner alone."""
    with TemporaryDirectory(prefix="nextrung-image-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def data(outside: Path) -> Path:
    folder = outside / "lib" / "nextrung"
    folder.mkdir(parents=True)
    os.chown(folder, USER, USER)
    folder.chmod(0o700)
    return folder


@pytest.fixture
def installed(outside: Path) -> Path:
    """Return where the wheel is unpacked, made as the Dockerfile makes it."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheels, site = outside / "wheels", outside / "site"
    made = ["wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", str(wheels), str(ROOT)]
    subprocess.run([*pip, *made], check=True)
    (wheel,) = wheels.glob("nextrung-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    return site


def _environment(site: Path, data: Path) -> dict[str, str]:
    """Return the image's own settings, its folder being ours, and no home."""
    given = dict(
        word.split("=", 1) for word in read_stages(ROOT / "Dockerfile")[-1].last("ENV").words
    )
    image = {name: text.replace("/var/lib", str(data.parent)) for name, text in given.items()}
    return image | {"PATH": os.environ["PATH"], "PYTHONPATH": str(site), "HOME": "/"}


async def test_the_images_steps_write_nowhere_but_into_the_data_folder(
    installed: Path, data: Path
) -> None:
    environment = _environment(installed, data)

    def run(*words: str) -> str:
        command = _jailed(data, sys.executable, *words)
        ran = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    probe = (
        "import os, bot\n"
        "for folder in ('/', '/tmp', '/var/tmp', '/dev/shm', os.path.dirname(bot.__file__)):\n"
        "    assert not os.access(folder, os.W_OK), folder\n"
        "print(os.getuid(), os.getgid(), os.path.dirname(bot.__file__))"
    )
    assert run("-c", probe).split() == [str(USER), str(USER), str(installed / "bot")]
    assert "Traceback" not in run("-m", "bot", "db", "upgrade")
    async with LocalSlack(manifest=build_manifest(), mode="http") as slack:
        environment |= {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "NEXTRUNG_HOST": "127.0.0.1",
            "NEXTRUNG_PORT": "0",
            "NEXTRUNG_DRAIN_SECONDS": "0",
        }
        await _serves(_jailed(data, sys.executable, "-m", "bot", "web"), environment)
    owners = _owners(data)
    assert owners["nextrung.db"] == USER
    assert set(owners.values()) == {USER}


def _owners(folder: Path) -> dict[str, int]:
    """Return whose each file below the folder is."""
    return {path.name: path.stat().st_uid for path in folder.rglob("*")}


async def _serves(command: list[str], environment: dict[str, str]) -> None:
    """Start it, find it ready over HTTP, and end it in order."""
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=PIPE, stderr=PIPE
    )
    try:
        ready = await until_ready(process, [])
        address = ready["address"].removesuffix(EVENTS_PATH)
        async with aiohttp.ClientSession() as http, http.get(f"{address}/readyz") as answer:
            assert answer.status == 200
        process.terminate()
        _, log = await asyncio.wait_for(process.communicate(), STOP_SECONDS)
        assert process.returncode == 0
        assert b"Traceback" not in log
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
