"""`python -m situation`."""

from situation.commands.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main(prog_name="situation")
