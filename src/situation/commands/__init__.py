"""The commands, one room a theme; `situation.commands.cli` is the door."""

__all__: list[str] = []
