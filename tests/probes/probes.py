"""The probes: each with its command, what is expected of it and why, and what is read off to see whether it holds.

What is expected stood here before a probe was first run. Where it does not hold, either a rule is mended or the page says
why the expectation was wrong; it is not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import frozen

from situation.ensemble.ensemble import Ensemble
from situation.ensemble.results import finite_answers

__all__ = ["PROBES", "BattleProbe", "Expected", "Probe", "StoryProbe"]

Battles = tuple[Mapping[str, Any], ...]
Stories = tuple[Ensemble, Ensemble]
LUCK = 0.03
"""How far a difference of shares of 200 pairs may lie on the wrong side of 0 by luck: a standard error or so."""


@frozen
class Expected:
    """One thing that is expected: in words, and as bounds of a figure that is read off."""

    words: str
    figure: Callable[[Any], float]
    low: float = -np.inf
    high: float = np.inf

    def holds(self, value: float) -> bool:
        """Whether a figure lies within the bounds."""
        return self.low <= value <= self.high


@frozen
class BattleProbe:
    """Engagements of `situation battle`, each by its options."""

    name: str
    title: str
    why: str
    engagements: tuple[str, ...]
    expected: tuple[Expected, ...]


@frozen
class StoryProbe:
    """A scenario of `scenarios/` beside this file, against the measure of its situation, on the same luck."""

    name: str
    title: str
    why: str
    expected: tuple[Expected, ...]
    measure: str = "probe-measure"


Probe = BattleProbe | StoryProbe


def _wins(which: int = 0) -> Callable[[Battles], float]:
    return lambda battles: float(battles[which]["attacker_wins"])


def _of_battle(key: str, part: str, which: int = 0) -> Callable[[Battles], float]:
    return lambda battles: float(battles[which][key][part])


def _more(figure: Callable[[int], Callable[[Battles], float]]) -> Callable[[Battles], float]:
    """By how much a figure of the second engagement is above that of the first."""
    return lambda battles: figure(1)(battles) - figure(0)(battles)


def _mean(question: str) -> Callable[[Stories], float]:
    return lambda stories: float(finite_answers(stories[1], question).mean())


def _median(question: str) -> Callable[[Stories], float]:
    return lambda stories: float(np.median(finite_answers(stories[1], question)))


def _change(*questions: str) -> Callable[[Stories], float]:
    """By how much the answers of the probe are above the measure's, in the mean over the pairs; of several, their sum."""
    return lambda stories: sum(
        float((finite_answers(stories[1], question) - finite_answers(stories[0], question)).mean())
        for question in questions
    )


def _sooner(question: str) -> Callable[[Stories], float]:
    """The share of pairs in which the probe has it sooner."""
    return lambda stories: float((finite_answers(stories[1], question) < finite_answers(stories[0], question)).mean())


def _after(later: str, earlier: str) -> Callable[[Stories], float]:
    return lambda stories: _mean(later)(stories) - _mean(earlier)(stories)


def _failed_or_lost(stories: Stories) -> float:
    """How many stories failed, or created or lost a man."""
    return float((~stories[1].ok).sum() + (stories[1].gaps[stories[1].ok] != 0).sum())


PROBES: tuple[Probe, ...] = (
    BattleProbe(
        "odds-1-50",
        "One against fifty",
        "Two hundred do not take a prepared town from ten thousand, and hardly hurt them.",
        ("--attacker 200 --defender 10000 --position prepared --terrain urban",),
        (
            Expected("the attacker wins in at most 1 %", _wins(), high=0.01),
            Expected(
                "the defender loses at most 3 % in the mean", _of_battle("defender_loss_fraction", "mean"), high=0.03
            ),
        ),
    ),
    BattleProbe(
        "odds-50-1",
        "Fifty against one",
        "A few men in a hasty position are swept aside, soon and cheaply.",
        ("--attacker 10000 --defender 200 --position hasty --terrain rolling",),
        (
            Expected("the attacker wins in at least 97 %", _wins(), low=0.97),
            Expected("he loses at most 3 % in the mean", _of_battle("attacker_loss_fraction", "mean"), high=0.03),
            Expected("half are over within 3 days", _of_battle("days", "p50"), high=3.0),
        ),
    ),
    BattleProbe(
        "even-fortified",
        "Even numbers against a fortified city",
        "Nobody storms a fortified city at one to one without air support.",
        ("--attacker 3000 --defender 3000 --position fortified --terrain urban",),
        (Expected("the attacker wins in at most 30 %", _wins(), high=0.30),),
    ),
    BattleProbe(
        "three-to-one",
        "Three to one against a hasty defence",
        "The staff rule: at three to one an attack on a hasty defence succeeds more often than not, and not always.",
        ("--attacker 3000 --defender 1000 --position hasty --terrain rolling",),
        (Expected("the attacker wins in 60 to 95 %", _wins(), low=0.60, high=0.95),),
    ),
    BattleProbe(
        "air",
        "The same assault without and with air support",
        "Air support of its own makes an assault on a town likelier to succeed, and no dearer.",
        (
            "--attacker 3000 --defender 1500 --position prepared --terrain urban --air none",
            "--attacker 3000 --defender 1500 --position prepared --terrain urban --air dedicated",
        ),
        (
            Expected("it succeeds more often by at least 10 points", _more(_wins), low=0.10),
            Expected(
                "the attacker's mean loss is no higher",
                _more(lambda which: _of_battle("attacker_loss_fraction", "mean", which)),
                high=0.0,
            ),
        ),
    ),
    BattleProbe(
        "posture",
        "The same assault on men in the open and in a fortress",
        "A fortified defender loses fewer battles than one in no position at all.",
        (
            "--attacker 2000 --defender 1000 --position none --terrain rolling",
            "--attacker 2000 --defender 1000 --position fortified --terrain rolling",
        ),
        (Expected("it succeeds less often by at least 10 points", _more(_wins), high=-0.10),),
    ),
    StoryProbe(
        "probe-no-air",
        "No air support for anybody",
        "Without aircraft the advances are slower and take no more.",
        (
            Expected("Albu Kamal is taken no more often", _change("taken"), high=LUCK),
            Expected("and later, by two days or more in the mean", _change("taken-when"), low=2.0),
            Expected("the bank to Hajin is taken no more often", _change("hajin"), high=LUCK),
        ),
    ),
    StoryProbe(
        "probe-roads-shut",
        "All ways out of Albu Kamal are shut",
        "Who cannot leave is killed or gives himself up; a garrison without a way out does not fall sooner.",
        (
            Expected("more are killed or give themselves up", _change("state-killed", "state-gave-up"), low=0.0),
            Expected("the town falls no sooner than by a day", _change("taken-when"), low=-1.0),
        ),
    ),
    StoryProbe(
        "probe-people",
        "Ten times the people in the towns",
        "Strikes held back and houses full of people make towns no easier to take, and no quicker.",
        (
            Expected("Albu Kamal is taken no more often", _change("taken"), high=LUCK),
            Expected("and no sooner", _change("taken-when"), low=-0.5),
        ),
    ),
    StoryProbe(
        "probe-year",
        "A year of it",
        "A beaten movement goes on raiding, and takes no capital.",
        (
            Expected("no story fails, and none creates or loses a man", _failed_or_lost, high=0.0),
            Expected("Islamic State takes Damascus in at most 1 %", _mean("damascus"), high=0.01),
            Expected("and Mosul in at most 1 %", _mean("mosul"), high=0.01),
            Expected(
                "after four months men of Syria are still killed",
                _after("syria-killed", "syria-killed-spring"),
                low=1.0,
            ),
        ),
    ),
    StoryProbe(
        "probe-no-plans",
        "Nobody has a plan",
        "Where nobody has orders to advance, fronts stand.",
        (
            Expected("Albu Kamal is taken in at most 3 %", _mean("taken"), high=0.03),
            Expected("Rawa in at most 3 %", _mean("rawa"), high=0.03),
            Expected("the bank to Hajin in at most 3 %", _mean("hajin"), high=0.03),
            Expected("fewer of Syria's men are killed", _change("syria-killed"), high=0.0),
        ),
    ),
    StoryProbe(
        "probe-quarrel",
        "The SDF and Syria are at war from the first day",
        "Allies who turn on each other bleed, and the third party is the better for it.",
        (
            Expected("they come to a confrontation in at least 95 %", _mean("clash"), low=0.95),
            Expected("more of Syria's men are killed", _change("syria-killed"), low=0.0),
            Expected("more of the SDF's fighters are killed", _change("sdf-killed"), low=0.0),
            Expected("the bank to Hajin is taken no more often", _change("hajin"), high=LUCK),
        ),
    ),
    StoryProbe(
        "probe-to-the-last",
        "Islamic State holds to the last",
        "A garrison that will not leave holds longer, and costs both sides more.",
        (
            Expected("more of its men are killed", _change("state-killed"), low=0.0),
            Expected("Albu Kamal falls later", _change("taken-when"), low=0.0),
            Expected("more of Syria's men are killed", _change("syria-killed"), low=0.0),
        ),
    ),
    StoryProbe(
        "probe-trusted",
        "Islamic State trusts its captors",
        "Who expects to live through captivity gives himself up sooner.",
        (
            Expected("more give themselves up", _change("state-gave-up"), low=1.0),
            Expected("no more are killed", _change("state-killed"), high=5.0),
        ),
    ),
    StoryProbe(
        "probe-ten-times",
        "Ten times the defenders",
        "Five thousand do not take a town from twenty-five thousand, and do not bleed themselves white in trying.",
        (
            Expected("Albu Kamal is taken in at most 5 %", _mean("taken"), high=0.05),
            Expected(
                "at most 500 of Syria's men are killed there in the mean", _mean("syria-killed-there"), high=500.0
            ),
        ),
    ),
    StoryProbe(
        "probe-handful",
        "A handful of defenders",
        "A town with twenty defenders falls to an army when it arrives, at next to no cost.",
        (
            Expected("Albu Kamal is taken in at least 97 %", _mean("taken"), low=0.97),
            Expected("sooner than with a garrison", _change("taken-when"), high=0.0),
            Expected(
                "in half of the stories at most 20 of Syria's men are killed there",
                _median("syria-killed-there"),
                high=20.0,
            ),
        ),
    ),
    StoryProbe(
        "probe-double",
        "Twice the column",
        "More men take a town no less often, and no later.",
        (
            Expected("Albu Kamal is taken no less often", _change("taken"), low=-LUCK),
            Expected("and no later", _change("taken-when"), high=0.5),
        ),
    ),
    StoryProbe(
        "probe-one-battalion",
        "One battalion against the town",
        "Three hundred do not take a town from two thousand, and do not die in heaps before it.",
        (
            Expected("Albu Kamal is taken in at most 5 %", _mean("taken"), high=0.05),
            Expected("at most 60 of Syria's men are killed there in the mean", _mean("syria-killed-there"), high=60.0),
        ),
    ),
    StoryProbe(
        "probe-starved",
        "Nothing laid in",
        "A garrison without stores, cut off, holds no longer than one with stores for months.",
        (
            Expected("Albu Kamal is taken no less often", _change("taken"), low=-LUCK),
            Expected("and no later", _change("taken-when"), high=0.5),
        ),
    ),
    StoryProbe(
        "probe-halts",
        "Operations halt for reasons outside the war",
        "Orders that stop everything for weeks make everything later.",
        (
            Expected("Albu Kamal is taken later", _change("taken-when"), low=0.0),
            Expected("Rawa later by five days or more in the mean", _change("rawa-when"), low=5.0),
            Expected("Rawa sooner in at most 15 % of the pairs", _sooner("rawa-when"), high=0.15),
        ),
    ),
    StoryProbe(
        "probe-island",
        "Five times the garrison of the other island",
        "Men without ships do not cross a sound.",
        (
            Expected(
                "no more than 50 men more or less are in Stanley", lambda it: abs(_change("stanley-men")(it)), high=50.0
            ),
            Expected("Port Howard is held in at least 95 %", _mean("port-howard"), low=0.95),
        ),
        "probe-island-measure",
    ),
    StoryProbe(
        "probe-siege",
        "A siege without stores",
        "A garrison that is cut off and has nothing laid in holds no longer than one that is fed.",
        (
            Expected("Stanley is taken no less often", _change("stanley"), low=-LUCK),
            Expected("and no later", _change("stanley-when"), high=0.5),
            Expected("no fewer give themselves up", _change("argentine-prisoners"), low=-50.0),
        ),
        "probe-island-measure",
    ),
)
"""All probes, in the order of the page."""
