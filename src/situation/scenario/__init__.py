"""Scenarios: a branch from the record, what is given, who does what by which doctrine, and the questions asked."""

from situation.scenario.file import load_scenario
from situation.scenario.parts import Branch, Condition, Conduct, Force, Given, Number, Plan, Scenario, Switch, Total
from situation.scenario.question import Question, unit_of
from situation.scenario.story_numbers import NUMBERS

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
    "unit_of",
]
