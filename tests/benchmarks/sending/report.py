"""The tables about sending."""

from collections.abc import Iterator

from rich.table import Table

from tests.benchmarks.sending.results import (
    ANSWER_MS,
    GROWTH_MB,
    LIMITED,
    PACE,
    TO_FLOOR,
    WORKER_MS,
    Sending,
)
from tests.benchmarks.tables import table, verdict


def tables(sending: Sending) -> Iterator[Table]:
    """Yield what there is to show."""
    yield _paces(sending)
    yield _memories(sending)
    yield _answers(sending)


def _paces(sending: Sending) -> Table:
    shown = table(
        "Sending beside the local Slack with its limits on: messages per second, all workspaces",
        "workspaces", "a minute each", "workers", "allowed", "per s", "ratio", "to one worker",
        "bare loop", "to bare loop", "429s", "other", "worker cpu ms", "Slack cpu ms", "pace",
        "cost",
        words=0,
    )  # fmt: skip
    for each in sending.paces:
        shown.add_row(
            str(each.workspaces),
            str(each.per_minute),
            str(each.processes),
            f"{each.allowed:,.0f}",
            f"{each.rate:,.1f}",
            f"{each.ratio:.3f}",
            "" if (to_one := sending.to_one(each)) is None else f"{to_one:.2f}",
            f"{each.floor:,.1f}",
            f"{each.to_floor:.2f}",
            f"{each.limited:.2%}",
            str(each.other),
            f"{each.worker_ms:.2f}",
            f"{each.slack_ms:.2f}",
            verdict(f"{PACE:g}, 429s in {LIMITED:.0%}", reached=each.reached),
            verdict(f"{TO_FLOOR:g}, {WORKER_MS:g} ms", reached=each.is_cheap),
        )
    return shown


def _memories(sending: Sending) -> Table:
    shown = table(
        "One worker that sends many nudges (memory: resident, MB)",
        "nudges", "seconds", "per s", "cpu ms", "first", "last", "peak", "growth", "verdict",
        words=0,
    )  # fmt: skip
    for each in sending.memories:
        shown.add_row(
            f"{each.nudges:,}",
            f"{each.seconds:.0f}",
            f"{each.nudges / each.seconds:,.0f}",
            f"{each.cpu_ms:.2f}",
            f"{each.resident_mb[0]:.1f}",
            f"{each.resident_mb[-1]:.1f}",
            f"{max(each.resident_mb):.1f}",
            f"{each.growth_mb:+.1f}",
            verdict(f"{GROWTH_MB:g} MB", reached=each.reached),
        )
    return shown


def _answers(sending: Sending) -> Table:
    shown = table(
        "Commands answered by one process on SQLite while it plans and sends",
        "meanwhile", "members", "a minute", "seconds", "nudges", "answers", "p50 ms", "p99 ms",
        "slowest ms", "verdict",
        words=1,
    )  # fmt: skip
    for each in sending.answers:
        shown.add_row(
            each.phase,
            f"{each.members:,}",
            f"{each.per_minute:,}",
            f"{each.seconds:.1f}",
            f"{each.nudges:,}",
            f"{each.answers:,}",
            f"{each.p50_ms:.1f}",
            f"{each.p99_ms:.1f}",
            f"{each.slowest_ms:.1f}",
            verdict(f"{ANSWER_MS:g} ms", reached=each.reached),
        )
    return shown
