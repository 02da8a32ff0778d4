"""`nextrung catalogue map`: proposes a mapping for a table that nobody has described."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.failing import readable_errors


def map_file(
    path: Annotated[
        Path, typer.Argument(help="A file (CSV, XLSX, Markdown, JSON) or a folder.", exists=True)
    ],
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer", help="Answers a question about the file, as it names it: columns=roles."
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of text files, such as utf-16; found out if not.")
    ] = None,
) -> None:
    """Look at a file and print a mapping for it, to be checked and given to import --map.

    The mapping goes to standard output, remarks about it go to standard error. Exit code 0: there
    is a mapping. 1: the file cannot be understood. 2: the command is wrong.
    """
    from bot.cli.asking import answers_of
    from bot.cli.catalogue.mapping import print_mapping

    with readable_errors():
        code = print_mapping(path, encoding=encoding, answers=answers_of(answer))
    raise typer.Exit(code)
