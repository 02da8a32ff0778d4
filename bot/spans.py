"""What takes how long within a request or a nudge, for whoever traces them.

Where nobody does, each step costs the look whether somebody does. Names and facts are codes of
ours: no id of a person or a workspace, nothing that was typed.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from contextvars import Context, ContextVar, copy_context
from time import perf_counter
from types import TracebackType
from typing import Protocol

Facts = dict[str, str]


class Span(Protocol):
    """Something under way; its moments are of `perf_counter`."""

    @property
    def trace(self) -> str:
        """What its trace is found by, in hexadecimal digits."""
        ...

    def add(self, name: str, began: float, ended: float, facts: Facts, *, faulty: bool) -> None:
        """Add a part of it that is over."""
        ...

    def end(self, name: str, facts: Facts, *, faulty: bool) -> None:
        """Say that it is over, and what it was."""
        ...


class Tracer(Protocol):
    """Traces what begins. It neither waits nor raises."""

    def begin(self, name: str) -> Span | None:
        """Return what begins now; None where this one is not traced."""
        ...


_current: ContextVar[Span | None] = ContextVar("span", default=None)


def under_way() -> Span | None:
    """Return what the running task works for; None where that is not traced."""
    return _current.get()


def apart() -> Context:
    """Return the present context for work that is many's: of no one's trace."""
    context = copy_context()
    context.run(_current.set, None)
    return context


def within(span: Span | None) -> AbstractContextManager[object]:
    """Let parts of the enclosed work be parts of the span."""
    return _NOTHING if span is None else _Within(span)


def part(name: str, **facts: str) -> AbstractContextManager[Facts]:
    """Trace the enclosed work as a part of what is under way; yields facts to add to.

    An error is told by its code, or by the name of its kind: never by its words.
    """
    span = _current.get()
    return _NOTHING if span is None else _Part(span, name, facts)


class _Nothing:
    """Where nobody traces: every transaction passes here."""

    def __enter__(self) -> Facts:
        return {}

    def __exit__(self, *raised: object) -> None:
        pass


_NOTHING = _Nothing()


class _Within:
    __slots__ = ("_span", "_token")

    def __init__(self, span: Span) -> None:
        self._span = span

    def __enter__(self) -> None:
        self._token = _current.set(self._span)

    def __exit__(self, *raised: object) -> None:
        _current.reset(self._token)


class _Part:
    __slots__ = ("_began", "_facts", "_name", "_span")

    def __init__(self, span: Span, name: str, facts: Facts) -> None:
        self._span, self._name, self._facts = span, name, facts

    def __enter__(self) -> Facts:
        self._began = perf_counter()
        return self._facts

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if kind is not None:
            code = getattr(kind, "code", None)
            self._facts.setdefault("code", code if isinstance(code, str) else kind.__name__)
        faulty = kind is not None
        self._span.add(self._name, self._began, perf_counter(), self._facts, faulty=faulty)


def add_in_turn(span: Span, parts: Sequence[tuple[str, float]], began: float) -> None:
    """Add parts that followed each other: each with when it ended, 0 where it was not reached."""
    for name, ended in parts:
        if ended:
            span.add(name, began, ended, {}, faulty=False)
            began = ended
