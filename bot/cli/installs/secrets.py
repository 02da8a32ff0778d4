"""`nextrung secrets`: the keys that tokens are encrypted with."""

import asyncio

import typer

from bot.cli.failing import readable_errors

app = typer.Typer(help="The keys that tokens are encrypted with.", no_args_is_help=True)


@app.command("new-key")
def new_key() -> None:
    """Print a new key, for NEXTRUNG_TOKEN_KEYS; nothing is kept."""
    from bot.store.tokens.keys import new_token_key

    typer.echo(new_token_key())


@app.command()
def rotate() -> None:
    """Encrypt every token with the newest key, while the bot runs; exits with 1 if any is left."""
    from bot.cli.installs.rotating import rotate_keys

    with readable_errors():
        code = asyncio.run(rotate_keys())
    raise typer.Exit(code)
