"""Fixtures for the rendering tests."""

import pytest

from bot.sandbox.rendering import Viewer
from tests.unit.rendering.sample_viewers import CHINESE, ENGINEER


@pytest.fixture
def viewer() -> Viewer:
    return ENGINEER


@pytest.fixture
def chinese() -> Viewer:
    return CHINESE
