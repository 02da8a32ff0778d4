"""`nextrung`, also as `python -m bot`."""

from bot.cli.app import app


def main() -> None:
    """Run the command line."""
    app(prog_name="nextrung")


if __name__ == "__main__":
    main()
