"""Runs that are killed: nothing of theirs is left, no server and no folder."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.fakes.left_over import ended_with_us

_SETPRIV = pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv here")
_PATIENCE_S = 60.0
_SERVER = """
import signal, subprocess, time
from tests.fakes.left_over import ended_with_us
from tests.fakes.postgresql import running_server
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job heeds none
with running_server() as server:
    beside = subprocess.Popen(ended_with_us("sleep", "600"))
    process = (server.folder / "postmaster.pid").read_text().split()[0]
    print(server.folder, process, beside.pid, flush=True)
    time.sleep(600)
"""


@_SETPRIV
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_whatever_ends_a_run_its_server_ends_too(how: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", _SERVER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    folder, *ids = run.stdout.readline().split()
    processes = [psutil.Process(int(each)) for each in ids]
    assert len(processes) == 2

    run.send_signal(how)
    run.communicate(timeout=_PATIENCE_S)

    _, alive = psutil.wait_procs(processes, timeout=_PATIENCE_S)
    assert alive == []
    ends = time.monotonic() + _PATIENCE_S
    while Path(folder).exists() and time.monotonic() < ends:
        time.sleep(0.05)
    assert not Path(folder).exists()


@_SETPRIV
def test_what_a_run_was_about_to_start_when_it_ended_does_not_start() -> None:
    ours = ended_with_us("echo", "started")
    assert subprocess.check_output(ours, text=True) == "started\n"
    as_if_orphaned = ("sh", "-c", '"$@"; true', "sh", *ours)  # its parent is another than ours
    assert subprocess.check_output(as_if_orphaned, text=True) == ""
