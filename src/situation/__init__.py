"""situation: an event-sourced simulator of conflict situations.

>>> import situation as sit
>>> record = sit.load("scenarios/al-qaim-2017")
>>> then = record.state(at="2017-11-03")
>>> then.places["al-qaim"].holder
'iraq'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from situation.ensemble.notebook import Comparison, compare
    from situation.ensemble.run import run
    from situation.errors import Fault, InputError, Problem, SituationError
    from situation.record.loading import load
    from situation.record.record import Record
    from situation.runs.pages import dashboard
    from situation.scenario import load_scenario

__all__ = [
    "Comparison",
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

_HOMES = {
    "Comparison": "ensemble.notebook",
    "Fault": "errors",
    "InputError": "errors",
    "Problem": "errors",
    "Record": "record.record",
    "SituationError": "errors",
    "compare": "ensemble.notebook",
    "dashboard": "runs.pages",
    "load": "record.loading",
    "load_scenario": "scenario",
    "run": "ensemble.run",
}
"""Where each public name lies. It is loaded at its first use: the command's help needs none of them."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'situation' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(f"situation.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
