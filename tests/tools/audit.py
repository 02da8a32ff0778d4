"""`make audit`: known vulnerabilities of what the locks pin, where anybody can be asked.

A vulnerability is a failure. That nobody answers is none, and is never taken for "none known".
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Audited:
    """What one lock's packages are known for: `found` are lines to read, `asked` a count."""

    found: tuple[str, ...]
    asked: int
    unasked: int

    @property
    def failed(self) -> bool:
        return bool(self.found)

    def said(self, lock: str) -> str:
        """Return it in words, on one line for each vulnerability and one for the whole."""
        if not self.asked:
            return f"{lock}: not audited; no data about vulnerabilities could be reached from here"
        rest = f"; {self.unasked} more could not be looked up" if self.unasked else ""
        known = "\n".join(f"{lock}: {each}" for each in self.found)
        end = f"{lock}: {len(self.found)} known vulnerabilities in {self.asked} packages{rest}"
        return f"{known}\n{end}" if known else end


def read(report: str) -> Audited:
    """Return what pip-audit's JSON says; text that is none means that nobody could be asked."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audited((), 0, 0)
    asked = [each for each in packages if "skip_reason" not in each]
    found = tuple(
        f"{package['name']} {package['version']}: {each['id']}, fixed in "
        f"{', '.join(each['fix_versions']) or 'no version yet'}"
        for package in asked
        for each in package["vulns"]
    )
    return Audited(found, len(asked), len(packages) - len(asked))


def audit(lock: str) -> Audited:
    """Ask about each package of a lock."""
    options = ["--requirement", lock, "--disable-pip", "--require-hashes", "--format", "json"]
    options += ["--progress-spinner", "off", "--timeout", "10"]
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "pip_audit", *options],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Audited((), 0, 0)
    return read(ran.stdout)


def main(locks: Sequence[str]) -> int:
    """Print what is known of each lock; 1 where a vulnerability is."""
    results = {lock: audit(lock) for lock in locks}
    for lock, result in results.items():
        print(result.said(lock))
    return int(any(each.failed for each in results.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
