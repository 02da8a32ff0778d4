"""What the parts of the walk share."""

from collections.abc import Awaitable, Callable

Settle = Callable[[], Awaitable[None]]
"""Ends what the last press led to."""

PROFILE = "ML Experiment Tracking"
LEAD = "/promote-gap llm-engineer lead"
