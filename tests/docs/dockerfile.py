"""The Dockerfile, parsed as far as its tests need."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Instruction:
    """One instruction; `text` has its continued lines joined and its flags in place."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)

    @property
    def flags(self) -> dict[str, str]:
        """The leading ``--name=value`` flags."""
        found: dict[str, str] = {}
        for word in self.text.split():
            match = re.fullmatch(r"--([a-z-]+)=(\S*)", word)
            if not match:
                break
            found[match[1]] = match[2]
        return found

    @property
    def exec_form(self) -> list[str] | None:
        """The words of a JSON array, or None for the form that a shell would run."""
        start = self.text.find("[")
        try:
            words = json.loads(self.text[start:]) if start >= 0 else None
        except ValueError:
            return None
        return words if isinstance(words, list) else None


@dataclass(frozen=True)
class Stage:
    """What one FROM begins."""

    base: str
    name: str
    instructions: tuple[Instruction, ...]

    def all(self, name: str) -> list[Instruction]:
        return [each for each in self.instructions if each.name == name]

    def last(self, name: str) -> Instruction:
        """Return the instruction that counts.

        Raises:
            LookupError: the stage has none of this name.
        """
        found = self.all(name)
        if not found:
            raise LookupError(f"stage {self.name} has no {name}")
        return found[-1]

    @property
    def shell(self) -> str:
        """All commands that build the stage."""
        return "\n".join(each.text for each in self.all("RUN"))


def read_stages(path: Path) -> tuple[Stage, ...]:
    """Return the stages in order, their base images with the build arguments filled in."""
    instructions = _instructions(path.read_text(encoding="utf-8"))
    arguments: dict[str, str] = {}
    stages: list[tuple[str, str, list[Instruction]]] = []
    for each in instructions:
        if each.name == "FROM":
            base, *rest = each.text.split()
            filled = re.sub(r"\$\{(\w+)\}", lambda match: arguments[match[1]], base)
            stages.append((filled, rest[1] if len(rest) == 2 else "", []))
        elif not stages:
            name, _, value = each.text.partition("=")
            arguments[name] = value
        else:
            stages[-1][2].append(each)
    return tuple(Stage(base, name, tuple(found)) for base, name, found in stages)


def _instructions(text: str) -> list[Instruction]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    found = (line.split(maxsplit=1) for line in joined.splitlines())
    return [Instruction(name, rest) for name, rest in found]
