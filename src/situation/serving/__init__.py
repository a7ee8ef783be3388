"""The served edition: the run folders in a browser, a form that starts more of them, and their progress.

From a form to its run: `forms/requests` reads what was typed, `actions` makes a task of it, `jobs` runs that in a process of
its own, and `shelf` lists the run folder.
"""

__all__: list[str] = []
