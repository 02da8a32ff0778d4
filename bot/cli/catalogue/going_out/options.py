"""The options that say what becomes of what goes, shared by `publish` and `import`."""

from typing import Annotated

import typer

MapRole = Annotated[
    list[str] | None,
    typer.Option(help="OLD=NEW: a role that goes leads to another; repeatable."),
]
MapLevel = Annotated[
    list[str] | None,
    typer.Option(help="OLD=NEW: a level that goes leads to another of its ladder; repeatable."),
]
MapSkill = Annotated[
    list[str] | None,
    typer.Option(help="OLD=NEW: a skill that goes leads to another; repeatable."),
]
Ends = Annotated[list[str] | None, typer.Option(help="A role that goes, and ends; repeatable.")]
Confirm = Annotated[str, typer.Option(help="The catalogue's name, where a role goes.")]
