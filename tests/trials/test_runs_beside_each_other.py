"""Two runs of the suite at once on one machine, as two checkouts make them."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

CHECKOUT = Path(__file__).resolve().parents[2]
# On both databases, with templates and servers of its own, and with listening bots.
SLICE = (
    "tests/integration/store/members/test_store_members.py",
    "tests/scenario/door/test_refused_requests.py",
)
RUN = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", *SLICE)


def test_two_runs_at_once_both_pass_and_leave_nothing() -> None:
    with tempfile.TemporaryDirectory(prefix="nextrung-two-") as folder:
        runs = [
            subprocess.Popen(
                [*RUN, "--basetemp", f"{folder}/pytest{number}"],
                cwd=CHECKOUT,
                env=os.environ | {"TMPDIR": folder},
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(2)
        ]
        said = [run.communicate(timeout=300)[0] for run in runs]
        assert [run.returncode for run in runs] == [0, 0], "\n".join(said)
        assert all(" passed" in each and "skipped" not in each for each in said), said
        assert list(Path(folder).glob("nextrung-*")) == []
        assert [
            each.info["cmdline"]
            for each in psutil.process_iter(("cmdline",))
            if folder in " ".join(each.info["cmdline"] or ())
        ] == []
