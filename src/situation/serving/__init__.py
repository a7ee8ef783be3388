"""The served edition: the run folders in a browser, a form that starts more, and how far they are."""

__all__: list[str] = []
