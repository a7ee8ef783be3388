"""The world of a story: its tables, what a stage says in them, and their numbers as cells."""

__all__: list[str] = []
