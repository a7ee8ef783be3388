"""The rows of a story: what happens, as numbers, one layout an event type."""

__all__: list[str] = []
