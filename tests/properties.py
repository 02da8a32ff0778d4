"""How many examples a property is tried with, and that they are the same in every run.

`make test` takes an eighth of what a test asks for, `make trials` all, and both the same examples
each time, so that a run tells of the code and not of luck. ``HYPOTHESIS_PROFILE=thorough`` takes
ten times as many, and others every time: for a look around before a release.

The same goes for tests that walk far with each of many values: `sampled`; and for those that try
so many random cases of each thing: `share`, in a test that is marked `sampled`.
"""

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_DEFAULT = 60
_FEWEST = 5
_STRIDE = 8
_SHARES = {"few": 1 / _STRIDE, "all": 1.0, "thorough": 10.0}
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or "few"


def examples(count: int, *, one_fixture: bool = False, **more: Any) -> settings:
    """Return the settings of a property that is worth `count` examples.

    `one_fixture` tells that all of them may share the fixtures of one test; `more` are hypothesis's
    own settings.
    """
    if one_fixture:
        more["suppress_health_check"] = [*_SLOW, HealthCheck.function_scoped_fixture]
    return settings(max_examples=_share(count, _PROFILE), **more)


def sampled(
    names: str, values: Sequence[Any], *, fewest: int = 1, ids: Sequence[str] | None = None
) -> pytest.MarkDecorator:
    """Try a test with every eighth value, from the first; `make trials` takes them all.

    `fewest` tells how many it takes at least. With several `names` each value is a tuple.
    """
    stride = min(_STRIDE, len(values) // fewest) if _PROFILE == "few" else 1
    several = "," in names
    params = [
        pytest.param(
            *(each if several else [each]), marks=pytest.mark.sampled, id=ids[at] if ids else None
        )
        for at, each in enumerate(values)
    ]
    return pytest.mark.parametrize(names, params[::stride])


def tries_all() -> bool:
    """Tell whether to try everything with everything, as `make trials` does.

    For a test marked `sampled`; else it tries each thing in one of its ways.
    """
    return _PROFILE != "few"


def share(count: int) -> int:
    """Return how many of so many cases of one thing to try: an eighth, in `make trials` all."""
    return max(1, round(count * _SHARES[_PROFILE]))


def _share(count: int, profile: str) -> int:
    return max(min(count, _FEWEST), round(count * _SHARES[profile]))


for _name in _SHARES:
    settings.register_profile(
        _name,
        max_examples=_share(_DEFAULT, _name),
        deadline=None,
        derandomize=_name != "thorough",
        # Explaining a failure takes minutes where the example is a whole catalogue.
        phases=[each for each in Phase if each is not Phase.explain],
        suppress_health_check=_SLOW,
    )
settings.load_profile(_PROFILE)

if _PROFILE == "few":
    # Else it reads the source of every loaded module for texts and numbers to try: seconds in each
    # process, and other examples wherever another module was loaded, or changed by a line.
    _none = Constants()
    providers._get_local_constants = lambda: _none
