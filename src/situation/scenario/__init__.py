"""Scenarios: a branch from the record, what is given, who does what by which doctrine, and the questions asked."""

from situation.scenario.file import load_scenario
from situation.scenario.numbers import NUMBERS
from situation.scenario.parts import (
    Branch,
    Condition,
    Conduct,
    Force,
    Given,
    Number,
    Plan,
    Question,
    Scenario,
    Switch,
    Total,
)
from situation.scenario.schema import scenario_schema

__all__ = [
    "NUMBERS",
    "Branch",
    "Condition",
    "Conduct",
    "Force",
    "Given",
    "Number",
    "Plan",
    "Question",
    "Scenario",
    "Switch",
    "Total",
    "load_scenario",
    "scenario_schema",
]
