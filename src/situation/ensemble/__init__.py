"""Ensembles: many stories of one scenario, simulated in chunks by any number of workers and kept as columns.

`record_draws` and `workers` simulate them, `summary` and `chunks` keep what each comes to, `ensemble` holds all of them,
and `answers` and `results` say what they come to; `twins` compares two. `leave_one_out` leaves out each source, `sweep`
moves the numbers, and `statistics` has the intervals. `score` holds an ensemble against a later record, `verify` the
program against what is known exactly.
"""

__all__: list[str] = []
