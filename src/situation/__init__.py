"""situation: an event-sourced simulator of conflict situations.

>>> import situation as sit
>>> record = sit.load("scenarios/al-qaim-2017")
>>> then = record.state(at="2017-11-03T23:59Z")
>>> then.places["al-qaim"].holder
'iraq'
"""

from situation.comparison import compare
from situation.ensemble.telling import run
from situation.errors import Fault, InputError, Problem, SituationError
from situation.loading import load
from situation.pages.door import dashboard
from situation.record import Record
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
