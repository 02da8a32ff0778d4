"""The data classes of this house: the standard library's, with their methods written when needed.

For each frozen class the standard library writes and compiles six functions as soon as it is
imported. A start imports some 360 of them and calls a method of some twenty, so that what no one
had called yet was a fifth of its time. Here a class has its fields and slots at once, and the very
methods that the standard library writes from the first call of any of them on.
"""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_LATER = "__methods_written_later__"
_TOLD = ("__doc__", "__module__", "__qualname__", "__post_init__")
"""What a class says of itself, for messages and signatures, and whether it has a last step."""


def _dataclass(**options: bool) -> Callable[[type], type]:
    """Make data classes as `dataclasses.dataclass` does; those with frozen slots are not written.

    A class keeps the methods that it brings itself. It has no `InitVar`, and until its methods are
    written `inspect.signature` does not know what it is made of.
    """
    if options.keys() - {"kw_only"} != {"frozen", "slots"} or not all(options.values()):
        return dataclasses.dataclass(**options)
    bare = dataclasses.dataclass(
        init=False, repr=False, eq=False, slots=True, kw_only=options.get("kw_only", False)
    )

    def make(described: type) -> type:
        # A class with an __eq__ of its own and no hash says None, and is to have one all the same.
        own = {name for name, value in vars(described).items() if value is not None}
        later = {name: first for name, first in _FIRST.items() if name not in own}
        # Or else its signature is worked out to describe it, which it has not got yet.
        described.__doc__ = described.__doc__ or described.__name__
        cls: type = bare(described)
        for name, method in {**_FROZEN, **later, _LATER: tuple(later)}.items():
            setattr(cls, name, method)
        return cls

    return make


def _first(name: str) -> Callable[..., Any]:
    """Return the method that all classes have under this name until theirs is written."""

    def method(self: object, /, *args: object, **named: object) -> Any:
        # The class that is to have it, which may be one that the value's own class builds upon.
        owner = next(each for each in type(self).__mro__ if name in vars(each).get(_LATER, ()))
        _write(owner)
        return getattr(owner, name)(self, *args, **named)

    method.__name__ = name
    return method


def _write(cls: type) -> None:
    """Put the standard library's methods in the place of the first ones; twice does no harm."""
    # Of the same fields, so that defaults, factories and what is compared are theirs.
    written = dataclasses.make_dataclass(
        cls.__name__,
        [(field.name, field.type, field) for field in dataclasses.fields(cls)],
        namespace={name: getattr(cls, name) for name in _TOLD if hasattr(cls, name)},
        frozen=True,
    )
    for name in getattr(cls, _LATER):
        setattr(cls, name, getattr(written, name))


def _no_setting(_: object, name: str, __: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deleting(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _values(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_values(self: Any, values: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), values, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN = {
    "__setattr__": _no_setting,
    "__delattr__": _no_deleting,
    "__getstate__": _values,
    "__setstate__": _set_values,
}
"""What holds for all of them: nothing changes, and copies and pickles know their slots."""

_FIRST = {name: _first(name) for name in ("__init__", "__repr__", "__eq__", "__hash__")}

if TYPE_CHECKING:
    # So that they are to a type checker what they are: data classes.
    from dataclasses import dataclass
else:
    dataclass = _dataclass
