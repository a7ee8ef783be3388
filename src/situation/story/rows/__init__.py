"""What happens in a story as rows of numbers, one layout an event type, for `apply`; no story is told on them yet."""

__all__: list[str] = []
