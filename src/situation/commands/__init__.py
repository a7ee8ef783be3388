"""The commands, one room a theme; `situation.cli` is the door."""

__all__: list[str] = []
