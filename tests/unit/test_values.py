"""Data classes whose methods are written when needed are the standard library's in all they do."""

import copy
import dataclasses
import pickle
import threading
from collections.abc import Callable
from dataclasses import field
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from bot import values

T = TypeVar("T")


def made_with(decorate: Callable[..., Any]) -> dict[str, Any]:
    """Return the same classes, made with one of the two decorators, none of them used yet."""

    @decorate(frozen=True, slots=True)
    class Plain:
        """One place."""

        place: str
        count: int = 3
        parts: tuple[str, ...] = field(default_factory=tuple)
        seen: int = field(default=0, compare=False, repr=False)
        kind: ClassVar[str] = "plain"

    @decorate(frozen=True, slots=True)
    class Longer(Plain):
        more: str = "more"

        def __post_init__(self) -> None:
            object.__setattr__(self, "more", self.more.upper())

    @decorate(frozen=True, slots=True, kw_only=True)
    class Named:
        first: int = 1
        second: str

    @decorate(frozen=True, slots=True)
    class Own:  # noqa: PLW1641 - whose hash is written
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and self.name.lower() == other.name.lower()

        def __repr__(self) -> str:
            return "own"

    @decorate(frozen=True, slots=True)
    class Held(Generic[T]):
        held: T

    @decorate(frozen=True, slots=True)
    class Error(Exception):
        self: str

    class Handmade(Plain):
        def __init__(self, place: str) -> None:
            super().__init__(place + "!", count=9)  # type: ignore[call-arg]

    return {each.__name__: each for each in (Plain, Longer, Named, Own, Held, Error, Handmade)}


def outcome(act: Callable[[], object]) -> object:
    """Return what came of it, so that two of them can be compared: also how it failed."""
    try:
        return act()
    except (TypeError, AttributeError) as error:
        return type(error), str(error)


USES: dict[str, Callable[[dict[str, Any]], object]] = {
    "shown": lambda of: repr(of["Plain"]("a", parts=("b",), seen=4)),
    "shown, with more": lambda of: repr(of["Longer"]("a", 2)),
    "shown by itself": lambda of: repr(of["Own"]("a")),
    "equal": lambda of: of["Plain"]("a", seen=1) == of["Plain"]("a", seen=2),
    "different": lambda of: of["Plain"]("a") == of["Plain"]("a", 4),
    "of another class": lambda of: of["Plain"]("a") == of["Longer"]("a"),
    "equal by itself": lambda of: of["Own"]("a") == of["Own"]("A"),
    "hashed": lambda of: hash(of["Plain"]("a", seen=1)) == hash(("a", 3, ())),
    "hashed, equal by itself": lambda of: hash(of["Own"]("a")) == hash(("a",)),
    "one too few": lambda of: of["Plain"](),
    "one too many": lambda of: of["Held"](1, 2),
    "unknown": lambda of: of["Plain"]("a", colour="red"),
    "named alone": lambda of: repr(of["Named"](second="b")),
    "not by place": lambda of: of["Named"](1, "b"),
    "set": lambda of: setattr(of["Plain"]("a"), "place", "b"),
    "deleted": lambda of: delattr(of["Longer"]("a"), "more"),
    "copied": lambda of: repr(copy.deepcopy(of["Longer"]("a"))),
    "replaced": lambda of: repr(dataclasses.replace(of["Plain"]("a", seen=7), count=5)),
    "as a dictionary": lambda of: dataclasses.asdict(of["Longer"]("a")),
    "matched by place": lambda of: of["Plain"].__match_args__,
    "its fields": lambda of: [(each.name, each.type) for each in dataclasses.fields(of["Longer"])],
    "of the class": lambda of: (of["Plain"].kind, of["Plain"].__doc__, of["Plain"].__slots__),
    "a field named self": lambda of: of["Error"]("a").self,
    "made by a class of no fields": lambda of: repr(of["Handmade"]("a")),
    "without a dictionary": lambda of: vars(of["Plain"]("a")),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_the_first_use_does_what_the_standard_library_does(
    use: Callable[[dict[str, Any]], object],
) -> None:
    standard = outcome(lambda: use(made_with(dataclasses.dataclass)))
    ours = made_with(values.dataclass)
    assert outcome(lambda: use(ours)) == standard
    assert outcome(lambda: use(ours)) == standard, "the second time differs"


def test_nothing_is_set_that_is_no_field() -> None:
    # Python 3.11's own stumbles over its second class here, and over what typing sets.
    classes = made_with(values.dataclass)
    with pytest.raises(dataclasses.FrozenInstanceError, match="colour"):
        classes["Plain"]("a").colour = "red"
    assert classes["Held"][int](5).held == 5


@values.dataclass(frozen=True, slots=True)
class Kept:
    """A value that another process made: here nobody has called its class."""

    name: str


def test_what_was_pickled_is_compared_and_hashed_before_one_was_made() -> None:
    made = object.__new__(Kept)
    made.__setstate__(["a"])  # type: ignore[attr-defined]
    assert hash(made) == hash(("a",))
    assert pickle.loads(pickle.dumps(made)) == Kept("a")  # noqa: S301 - our own


def test_methods_are_written_at_the_first_call_and_then_are_its_own() -> None:
    classes = made_with(values.dataclass)
    plain, longer = classes["Plain"], classes["Longer"]
    unwritten = plain.__init__
    assert longer.__init__ is unwritten, "each class has first methods of its own"
    plain("a")
    written = plain.__init__
    assert written is not unwritten
    plain("b")
    assert plain.__init__ is written, "they are written anew at each call"
    assert longer.__init__ is unwritten


def test_a_class_is_first_used_by_many_threads_at_once() -> None:
    for _ in range(20):
        plain = made_with(values.dataclass)["Plain"]
        together = threading.Barrier(4)
        shown: list[str] = []

        def use(plain: Any = plain, together: Any = together, shown: Any = shown) -> None:
            together.wait()
            shown.append(repr(plain("a")))

        threads = [threading.Thread(target=use) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(shown) == 4
        assert len(set(shown)) == 1


@pytest.mark.parametrize(
    "options", [{"slots": True}, {"frozen": True, "slots": True, "order": True}, {"frozen": True}]
)
def test_any_other_data_class_is_the_standard_librarys_at_once(options: dict[str, bool]) -> None:
    class Other:
        name: str

    Other.__annotations__ = {"name": str}
    made = values.dataclass(**options)(Other)
    assert made.__init__.__qualname__.startswith("test_any_other_data_class")
