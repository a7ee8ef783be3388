"""Ensembles: many stories of one scenario, simulated in chunks by any number of workers and kept as columns."""

__all__: list[str] = []
