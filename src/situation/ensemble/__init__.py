"""Ensembles: many stories of one scenario, told in chunks by any number of workers, and folded to columns."""

__all__: list[str] = []
