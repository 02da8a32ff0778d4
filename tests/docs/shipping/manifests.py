"""What `deploy/` holds, read as far as its tests need."""

from pathlib import Path
from typing import Any

import typer
import yaml
from typer.core import TyperGroup

from bot.cli.app import app
from bot.config import Settings
from tests.docs.pages import ROOT

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
SETTINGS = {name.upper() for name in Settings.model_fields}


def documents(path: Path) -> list[dict[str, Any]]:
    """Return the objects of one file."""
    return [each for each in yaml.safe_load_all(path.read_text(encoding="utf-8")) if each]


def manifests() -> list[dict[str, Any]]:
    """Return every object of Kubernetes, kustomizations left out."""
    files = sorted(KUBERNETES.rglob("*.yaml"))
    return [each for path in files if path.name != "kustomization.yaml" for each in documents(path)]


def of_kind(kind: str) -> list[dict[str, Any]]:
    """Return the objects of one kind, in the order of their files."""
    return [each for each in manifests() if each["kind"] == kind]


def is_command(words: list[str]) -> bool:
    """Tell whether these words name a command of the command line, whole."""
    found: object = typer.main.get_command(app)
    for word in words:
        if not isinstance(found, TyperGroup) or word not in found.commands:
            return False
        found = found.commands[word]
    return not isinstance(found, TyperGroup)


def env_names(text: str) -> set[str]:
    """Return the names that a file of `NAME=value` lines sets."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {line.partition("=")[0] for line in lines}
