"""Limits of a member and of a workspace: each by itself, and told once."""

from bot.domain.tenancy import Tenant
from bot.services.installs.limits import Held, Limits

ONE, TWO = Tenant("T1"), Tenant("T2")


class Seconds:
    """Counts on only where a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_member_waits_and_others_do_not() -> None:
    counted = Seconds()
    limits = Limits(member=2, workspace=0, counted=counted)
    assert [limits.take(ONE, "U1") for _ in range(2)] == [None, None]
    assert limits.take(ONE, "U1") == Held(seconds=30, shared=False, first=True)
    assert limits.take(ONE, "U2") is None
    assert limits.take(TWO, "U1") is None
    counted.now += 29
    assert limits.take(ONE, "U1") == Held(seconds=1, shared=False, first=False)
    counted.now += 1
    assert limits.take(ONE, "U1") is None


def test_it_is_told_anew_when_it_happens_anew() -> None:
    counted = Seconds()
    limits = Limits(member=1, workspace=0, counted=counted)
    told = []
    for _ in range(3):
        limits.take(ONE, "U1")
        told += [limits.take(ONE, "U1"), limits.take(ONE, "U1")]
        counted.now += 60
    assert [each.first for each in told if each] == [True, False] * 3


def test_a_workspace_waits_and_others_do_not() -> None:
    limits = Limits(member=2, workspace=3, counted=Seconds())
    assert [limits.take(ONE, each) for each in ("U1", "U2", "U3")] == [None] * 3
    assert limits.take(ONE, "U4") == Held(seconds=20, shared=True, first=True)
    assert limits.take(TWO, "U4") is None


def test_who_asks_too_much_alone_takes_nothing_from_the_workspace() -> None:
    limits = Limits(member=1, workspace=2, counted=Seconds())
    assert limits.take(ONE, "U1") is None
    assert all(limits.take(ONE, "U1") for _ in range(50))
    assert limits.take(ONE, "U2") is None
