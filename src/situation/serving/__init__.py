"""The served edition: the run folders in a browser, a form that starts more of them, and their progress."""

__all__: list[str] = []
