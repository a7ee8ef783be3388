"""The command line: a file a command, joined in `situation.commands.cli`."""

__all__: list[str] = []
