"""How all tables of the report look."""

from rich.table import Table


def verdict(target: str, *, reached: bool) -> str:
    """Say whether a line reaches what it should."""
    return f"[green]reaches {target}[/green]" if reached else f"[red]short of {target}[/red]"


def table(title: str, *columns: str, words: int) -> Table:
    """Start a table whose first `words` columns hold words, the others figures."""
    started = Table(title=title, title_justify="left", title_style="bold")
    for number, column in enumerate(columns):
        started.add_column(column, justify="left" if number < words else "right", no_wrap=True)
    return started
