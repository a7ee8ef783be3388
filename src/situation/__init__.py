"""situation: an event-sourced simulator of conflict situations.

>>> import situation as sit
>>> record = sit.load("scenarios/al-qaim-2017")
>>> then = record.state(at="2017-11-03T23:59Z")
>>> then.places["al-qaim"].holder
'iraq'
"""

from situation.ensemble.run import run
from situation.ensemble.twins import compare
from situation.errors import Fault, InputError, Problem, SituationError
from situation.record.loading import load
from situation.record.record import Record
from situation.runs.pages import dashboard
from situation.scenario import load_scenario

__all__ = [
    "Fault",
    "InputError",
    "Problem",
    "Record",
    "SituationError",
    "compare",
    "dashboard",
    "load",
    "load_scenario",
    "run",
]
