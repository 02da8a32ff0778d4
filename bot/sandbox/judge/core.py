"""What the judge finds, and the small tools its rules are written with."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import field
from typing import Any

from bot.values import dataclass

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One broken rule: Slack's error code, a JSON pointer into the payload, and what is wrong."""

    code: str
    pointer: str
    message: str

    def as_json(self) -> Json:
        """Return the violation as JSON values."""
        return {"code": self.code, "pointer": self.pointer, "message": self.message}

    @property
    def slack_text(self) -> str:
        """The line as Slack words it in `response_metadata.messages`."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer or '/'}]"


@dataclass(slots=True)
class Verdict:
    """Everything the judge has to say about one payload."""

    violations: list[Violation] = field(default_factory=list)
    warnings: list[Violation] = field(default_factory=list)

    @property
    def code(self) -> str | None:
        """The error code Slack would answer with, or None."""
        return self.violations[0].code if self.violations else None

    @property
    def slack_messages(self) -> list[str]:
        """The lines of `response_metadata.messages`."""
        return [found.slack_text for found in self.violations]


@dataclass(slots=True)
class Sheet:
    """Where the rules write; `code` is the error code that a broken rule leads to."""

    code: str = "invalid_blocks"
    verdict: Verdict = field(default_factory=Verdict)

    def add(self, pointer: str, message: str, *, code: str | None = None) -> None:
        """Note a broken rule."""
        self.verdict.violations.append(
            Violation(code=code or self.code, pointer=pointer, message=message)
        )

    def warn(self, code: str, pointer: str, message: str) -> None:
        """Note something that Slack lets pass."""
        self.verdict.warnings.append(Violation(code=code, pointer=pointer, message=message))


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON object of the payload, with where it lies and where to complain."""

    value: Json
    pointer: str
    sheet: Sheet

    def fail(self, message: str, *, key: str | None = None, code: str | None = None) -> None:
        """Note a broken rule at this object, or at one of its fields."""
        self.sheet.add(self.at(key) if key else self.pointer, message, code=code)

    def at(self, key: str) -> str:
        """Return the pointer of a field."""
        return f"{self.pointer}/{key}"

    def get(self, key: str) -> Any:
        """Return a field's raw value, or None."""
        return self.value.get(key)

    @property
    def type(self) -> str:
        """The object's `type`, "" when it has none."""
        kind = self.value.get("type")
        return kind if isinstance(kind, str) else ""

    def missing(self, key: str, *, required: bool) -> bool:
        """Tell whether a field is absent, and complain when it is required."""
        if self.value.get(key) is not None:
            return False
        if required:
            self.fail(f"missing required field: {key}")
        return True

    def string(self, key: str, *, most: int, least: int = 1, required: bool = False) -> str | None:
        """Check a string's length in code points; returns it when it is one."""
        if self.missing(key, required=required):
            return None
        value = self.value[key]
        if not isinstance(value, str):
            self.fail("must be a string", key=key)
            return None
        check_length(self.sheet, self.at(key), value, least=least, most=most)
        return value

    def integer(self, key: str, *, least: int, most: int) -> int | None:
        """Check an optional whole number's range; returns it when it is one."""
        if self.missing(key, required=False):
            return None
        value = self.value[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail("must be an integer", key=key)
            return None
        if not least <= value <= most:
            self.fail(f"must be between {least} and {most}", key=key)
        return value

    def boolean(self, key: str) -> None:
        """Check that an optional field is true or false."""
        if self.value.get(key) is not None and not isinstance(self.value[key], bool):
            self.fail("must be a boolean", key=key)

    def one_of(self, key: str, allowed: Collection[str], *, required: bool = False) -> None:
        """Check that a field is one of a few words."""
        if not self.missing(key, required=required) and self.value[key] not in allowed:
            self.fail(f"must be one of: {', '.join(sorted(allowed))}", key=key)

    def child(self, key: str, *, required: bool = False) -> "Node | None":
        """Return a field that is an object, complaining when it is none."""
        if self.missing(key, required=required):
            return None
        return as_node(self.value[key], self.at(key), self.sheet)

    def items(
        self, key: str, *, most: int, least: int = 1, required: bool = False
    ) -> Iterator["Node"]:
        """Check a list's length and yield its items that are objects."""
        for index, item in enumerate(
            self.raw_items(key, least=least, most=most, required=required)
        ):
            node = as_node(item, f"{self.at(key)}/{index}", self.sheet)
            if node is not None:
                yield node

    def raw_items(
        self, key: str, *, most: int, least: int = 1, required: bool = False
    ) -> list[Any]:
        """Check a list's length and return it ([] when it is none)."""
        if self.missing(key, required=required):
            return []
        value = self.value[key]
        if not isinstance(value, list):
            self.fail("must be an array", key=key)
            return []
        if len(value) > most:
            self.fail(f"no more than {most} items allowed", key=key)
        if len(value) < least:
            self.fail(f"must contain at least {least} items", key=key)
        return value


Rule = Callable[[Node], None]


def as_node(value: Any, pointer: str, sheet: Sheet) -> Node | None:
    """Wrap a JSON object; complains and returns None for anything else."""
    if isinstance(value, dict):
        return Node(value, pointer, sheet)
    sheet.add(pointer, "must be an object")
    return None


def check_length(sheet: Sheet, pointer: str, value: str, *, least: int, most: int) -> None:
    """Check a string's length in Unicode code points."""
    if len(value) > most:
        sheet.add(pointer, f"must be less than {most + 1} characters")
    if len(value) < least:
        sheet.add(pointer, f"must be more than {least - 1} characters")
