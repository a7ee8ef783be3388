"""What happens in a story as rows of numbers, one layout an event type, and the entries of the log that are made of them."""

__all__: list[str] = []
