"""Errors on the command line: one clear line and exit code 1, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.domain.errors import NextrungError
from bot.formats.problems import CatalogueFileErrors


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn what an operator can mend into words and exit code 1."""
    from pydantic import ValidationError

    try:
        yield
    except CatalogueFileErrors as error:
        _fail(str(error))
    except ValidationError as error:
        lines = (f"{_name(each['loc'])}: {each['msg']}" for each in error.errors())
        _fail("The settings are not right:\n  " + "\n  ".join(lines))
    except NextrungError as error:
        remedy = error.params.get("remedy") or error.params.get("reason") or ""
        _fail(f"{error.code.replace('_', ' ').capitalize()}. {remedy}".strip())
    except OSError as error:
        _fail(f"{error.strerror or error}" + (f": {error.filename}" if error.filename else ""))


def _name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location).upper()


def _fail(text: str) -> None:
    typer.secho(text, err=True, fg=typer.colors.RED)
    raise typer.Exit(1)
