"""Calls every kernel with many arguments and prints what each gives, to the last bit.

`python -m tests.oracles.kernel_values COUNT [ROOM...]`. Run twice, as Python and compiled (`SITUATION_KERNELS=each`), it must
print the same. A kernel whose name begins with `_` is held through those that call it.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from situation.chance.philox import MASK, as_word
from situation.chance.words import Words
from situation.kernel import KERNELS

Arguments = Mapping[str, Any]
ROOMS = ("chance", "rules")


def _u(r: random.Random) -> float:
    return r.choice([r.random(), r.random() ** 9, 1.0 - r.random() ** 9]) or 0.5


def _men(r: random.Random) -> float:
    return float(r.choice([0, 1, r.randrange(100), r.randrange(50_000)]))


def _some(r: random.Random) -> float:
    return float(r.choice([1, r.randrange(1, 100), r.randrange(1, 50_000)]))


def _share(r: random.Random) -> float:
    return r.choice([0.0, 1.0, r.random(), r.random()])


def _near(r: random.Random) -> float:
    return r.random() * 3.0 + 0.01


def _word(r: random.Random) -> int:
    return as_word(r.getrandbits(64))


def _words(r: random.Random) -> Words:
    return np.array([r.getrandbits(64)], dtype=np.uint64)


def _key(r: random.Random) -> tuple[int, int]:
    return _word(r), as_word(r.choice([0, 1, MASK, r.getrandbits(64)]))


def _rising(r: random.Random) -> Arguments:
    low = r.choice([0.0, r.random() * 5])
    best = low + r.random() * 3 + 0.1
    return {"low": low, "best": best, "high": best + r.random() * 4}


def _days(r: random.Random) -> Arguments:
    first = r.random() * 40
    return {"from_day": first, "to_day": first + r.random() * 5}


def _letters(r: random.Random) -> Arguments:
    letters = np.frombuffer(r.randbytes(400), dtype=np.uint8)
    first = r.randrange(100)
    return {
        "letters": letters,
        "first": first,
        "end": first + r.choice([0, 1, 127, 128, 129, r.randrange(300)]),
        "work": np.zeros(40, np.uint64),
    }


def _parts(r: random.Random) -> Arguments:
    shares = np.array([_men(r) for _ in range(5)] + [1.0])
    return {"total": r.randrange(500), "shares": shares, "weight": sum(shares), "counts": np.zeros(6, int), "length": 6}


def _address(r: random.Random) -> Arguments:
    return {"key": _key(r), "question": _word(r), "subject": _word(r), "when": r.randrange(-(10**6), 10**9)}


CALLS: Mapping[str, Callable[[random.Random], Arguments]] = {
    "chance.portable.log": lambda r: {"x": r.choice([_near(r), 5e-324, 1.7e308, r.random() * 1e-300, _some(r)])},
    "chance.portable.log1p": lambda r: {"x": r.choice([_u(r), -_u(r) * 0.999999, 1e-18, _some(r)])},
    "chance.portable.exp": lambda r: {"x": r.uniform(-750, 709)},
    "chance.portable.expm1": lambda r: {"x": r.choice([r.uniform(-1, 1), r.uniform(-300, 300)])},
    "chance.portable.power": lambda r: {"x": r.choice([0.0, 1.0, _near(r)]), "y": r.choice([0.0, 1.0, _near(r) * 9])},
    "chance.portable.hyperbolic_arctangent": lambda r: {"x": r.uniform(-1, 1) * 0.9999999},
    "chance.portable.arctangent": lambda r: {"x": r.uniform(-1, 1) * r.choice([1, 50])},
    "chance.portable.log_gamma": lambda r: {"x": r.choice([_near(r), _some(r)])},
    "chance.portable.normal_quantile": lambda r: {"u": _u(r)},
    "chance.luck.mixed_pair": lambda r: {"first": _word(r), "second": _word(r)},
    "chance.philox.philox": lambda r: {"counter": (_word(r), _word(r), _word(r), _word(r)), "key": _key(r)},
    "chance.blake.word_of_bytes": _letters,
    "chance.philox.number_word": lambda r: {"number": r.randrange(-(10**6), 10**9)},
    "chance.philox.unit": lambda r: {"word": _word(r)},
    "chance.philox.uniform_at": _address,
    "chance.philox.uniforms_at": _address,
    "chance.words.philox_rounds": lambda r: {name: _words(r) for name in ("c0", "c1", "c2", "c3", "k0", "k1")},
    "chance.quantiles.lognormal_quantile": lambda r: {"u": _u(r), "median": _some(r), "sigma": r.random() * 3},
    "chance.quantiles.lognormal_between": lambda r: {"u": _u(r), **_rising(r)},
    "chance.quantiles.beta_probability": lambda r: {"x": _share(r), "a": _near(r) * 20, "b": _near(r) * 20},
    "chance.quantiles.beta_on_side": lambda r: {
        "u": _u(r),
        "best": r.random(),
        "point": r.random(),
        **r.choice(({"a": 0.0, "b": 0.0}, {"a": -1.0, "b": -1.0}, {"a": _near(r) * 20, "b": _near(r) * 20})),
    },
    "chance.quantiles.beta_quantile": lambda r: {"u": _u(r), "a": _near(r) * 20, "b": _near(r) * 20},
    "chance.quantiles.binomial_quantile": lambda r: {"u": _u(r), "n": int(_men(r)), "p": _share(r)},
    "chance.quantiles.wilson_at": lambda r: {"share": _share(r), "worth": _some(r)},
    "rules.bounds.finite": lambda r: {"parameter": "number", "value": r.uniform(-9, 9)},
    "rules.bounds.refuse": lambda r: {"parameter": "number", "value": 1.0, "fact": "is refused."},
    "rules.bounds.within": lambda r: {"parameter": "number", "value": r.random(), "least": 0.2, "most": 0.9},
    "rules.bounds.positive": lambda r: {"parameter": "number", "value": r.uniform(-1, 9)},
    "rules.bounds.at_least_zero": lambda r: {"parameter": "number", "value": r.uniform(-1, 9)},
    "rules.bounds.share": lambda r: {"parameter": "number", "value": r.uniform(-0.2, 1.2)},
    "rules.bounds.probability": lambda r: {"parameter": "number", "value": r.uniform(-0.2, 1.2)},
    "rules.bounds.whole": lambda r: {"parameter": "number", "value": r.randrange(-3, 99)},
    "rules.attrition.attrition": lambda r: {
        "attackers_engaged": _men(r),
        "defenders": _men(r),
        "ratio": r.choice([0.0, _near(r), _some(r)]),
        "defenders_at_start": _some(r),
        "rate": r.random() * 0.1,
        "defender_rate": r.random() * 0.1,
        "exponent": r.random() * 2,
        "aimed": _share(r),
    },
    "rules.attrition.battle_rate": lambda r: {"u_shared": _u(r), "u_own": _u(r)},
    "rules.attrition.day_residual": lambda r: {"u": _u(r), "before": r.choice([None, r.uniform(-4, 4)])},
    "rules.attrition.day_scatter": lambda r: {"residual": r.uniform(-5, 5), "variation": r.random()},
    "rules.attrition.fought_over": lambda r: {"attackers": _men(r), "area_left_km2": r.choice([0.0, _near(r)])},
    "rules.attrition.killed_and_wounded": lambda r: {"u": _u(r), "casualties": int(_men(r)), "killed": _share(r)},
    "rules.attrition.wounded_return": lambda r: {"u": _u(r)},
    "rules.attrition.whole_loss": lambda r: {
        "u": _u(r),
        "expected": r.random() * 50,
        "unit": r.choice([1, 10]),
        "present": _men(r),
    },
    "rules.breaking.break_point": lambda r: {"u": _u(r), "last_stand": _share(r)},
    "rules.breaking.median_at_odds": lambda r: {
        "ratio": r.choice([_near(r), _some(r)]),
        "median": _share(r),
        "per_odds": r.random(),
    },
    "rules.breaking.other_sides_odds": lambda r: {"ratio": r.choice([0.0, _near(r), _some(r)])},
    "rules.breaking.loss_after_rest": lambda r: {
        "lost": _men(r),
        "days": r.choice([0.0, _near(r)]),
        "restored": _share(r),
    },
    "chance.digits.to_twelve_digits": lambda r: {
        "value": r.choice([_near(r), r.random() * 10.0 ** r.randrange(-8, 15)])
    },
    "rules.priors.lognormal_value": lambda r: {"u": _u(r), **_rising(r)},
    "rules.breaking.weighted_break_point": lambda r: {"weighted": _men(r) * _share(r), "total": _men(r)},
    "rules.retreat.broken_off": lambda r: {**_parts(r), "uniforms": np.array([_u(r) for _ in range(5)])},
    "rules.retreat.open_shares": lambda r: {"flee": _share(r), "melt": _share(r), "surrender": _share(r)},
    "rules.retreat.largest_remainders": _parts,
    "rules.breaking.last_stand_share": lambda r: {"share_in_general": _share(r), "encircled": r.random() < 0.5},
    "rules.breaking.has_broken": lambda r: {
        "lost": r.random() * 9,
        "at_start": 10.0 * _near(r),
        "point": r.random() + 1e-9,
    },
    "rules.breaking.attack_has_hope": lambda r: {"ratio": _near(r)},
    "rules.breaking.goes_over_to_defence": lambda r: {"men": _men(r), "at_start": _men(r)},
    "rules.breaking.leaves_before_contact": lambda r: {"ratio": r.choice([_near(r), _some(r)]), "chance": _share(r)},
    "rules.breaking.leaving_rate": lambda r: {"ratio": r.choice([_near(r), _some(r)])},
    "rules.ratio.engaged": lambda r: {"attackers": _men(r), "frontage_km": r.choice([None, _near(r)])},
    "rules.ratio.effective_ratio": lambda r: {
        "attackers": _men(r),
        "defenders": _some(r),
        "attacker_quality": _near(r),
        "air": _near(r),
        "terrain": _near(r),
        "defender_supply": _near(r),
        "frontage_km": r.choice([None, _near(r)]),
        "fortune": r.uniform(-2, 2),
    },
    "rules.movement.advance_time": lambda r: {"km": _men(r), "speed": _near(r), "mobility": _near(r)},
    "rules.movement.opposed_time": lambda r: {
        "km": _men(r),
        "contact": _near(r) * 9,
        "approach_speed": _near(r),
        "contact_speed": _near(r),
    },
    "rules.movement.passage_time": lambda r: {"area_km2": _men(r), "speed": _near(r)},
    "rules.movement.cleared": lambda r: {
        "area_left_km2": _men(r),
        "assault_troops": _men(r),
        "days": 1.0,
        "rate": _near(r),
    },
    "rules.movement.must_pause": lambda r: {"km_from_hub": _men(r), "strength_share": _share(r)},
    "rules.supply.supply_effect": lambda r: {"days_without": r.choice([0.0, _near(r) * 20])},
    "rules.hazards.chance_over": lambda r: {"rate": _near(r), "days": _near(r)},
    "rules.hazards.happens": lambda r: {"u": _u(r), "rate": r.random()},
    "rules.recapture.counterattack_chance": lambda r: {
        **_days(r),
        "hidden": _men(r),
        "garrison": _men(r),
        "nearby": _men(r),
    },
    "rules.recapture.share_sent": lambda r: {
        **{name: _men(r) for name in ("nearby", "garrison", "hidden")},
        "share_at_most": _share(r),
        "most": _near(r),
    },
    "rules.recapture.raid_losses": lambda r: {
        "u": _u(r),
        "hidden": int(_men(r)),
        "days": _near(r),
        "rate": r.random() / 50,
    },
    "rules.retreat.route_safety": lambda r: {"own": _men(r), "enemy": _men(r)},
    "rules.retreat.yields_as_a_whole": lambda r: {
        "ratio": _near(r) * 5,
        "supplied": r.random() < 0.5,
        "relief": r.random() < 0.5,
    },
    "rules.retreat.lost_on_the_way": lambda r: {"u": _u(r), "fled": int(_men(r))},
    "rules.control.stood_in": lambda r: {"status": r.randrange(7)},
    "rules.control.entered": lambda r: {
        "status": r.randrange(7),
        **{name: r.random() < 0.5 for name in ("anyone_inside", "of_the_holders", "named", "holder_named")},
    },
    "rules.control.ring_opened": lambda r: {
        name: r.random() < 0.5 for name in ("others_ring", "holder_known", "others_inside")
    },
    "rules.control.left_behind": lambda r: {
        "status": r.randrange(7),
        "inside": r.randrange(4),
        **{name: r.random() < 0.5 for name in ("ringed", "only_holders", "hidden")},
    },
    "rules.clash.steady_intensity": lambda r: {
        "exposure": _share(r),
        "line_in_force": r.random() < 0.5,
        "rate": r.random(),
        "lapsed": 0.9 + _near(r),
    },
    "rules.clash.echo_now": lambda r: {"days": _men(r) / 9.0, "echo": _share(r), "fade": _near(r)},
    "rules.clash.next_rung": lambda r: {"u": _u(r), "rung": r.randrange(-1, 6), "up": 0.1, "down": 0.2},
    "rules.clash.concedes": lambda r: {"u": _u(r), "rung": r.randrange(-1, 6)},
    "rules.clash.fire_losses": lambda r: {"u": _u(r), "rung": r.randrange(-1, 6), "men": int(_men(r))},
    "rules.conduct.reverts_to_insurgency": lambda r: {"share_lost": r.random() * 1.1, "threshold": _share(r)},
    "rules.conduct.tempo": lambda r: {"u": _u(r)},
    "rules.conduct.second_column": lambda r: {
        "men": int(_men(r)),
        "needs": _men(r),
        "second_needs": _some(r),
        "room": r.choice([None, _men(r)]),
    },
    "rules.conduct.ferry_time": lambda r: {"persons": int(_men(r))},
    "rules.conduct.river_passage": lambda r: {"bridge": r.random() < 0.5},
    "rules.conduct.garrison": lambda r: {"force": int(_men(r))},
    "rules.conduct.men_to_hold": lambda r: {
        "holding": _some(r),
        "town": r.random() < 0.5,
        "post": r.uniform(-0.2, 1.2),
    },
    "rules.conduct.evacuation_deal": lambda r: {"u": _u(r), "encircled": r.random() < 0.5},
}
"""The arguments of each kernel, drawn from a seed; some lie out of range, and must be refused alike."""


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_written, value))
    if isinstance(value, np.ndarray):
        return " ".join(map(str, value.tolist()))
    return float(value).hex() if isinstance(value, float) else str(int(value)) if value is not None else "none"


def _outcome(function: Callable[..., Any], arguments: Arguments) -> str:
    try:
        return _written(function(**arguments))
    except (ValueError, ArithmeticError) as error:
        return type(error).__name__


def lines(count: int, rooms: Sequence[str] = ROOMS) -> Iterator[str]:
    """The name of each public kernel in some rooms, and a digest of what it gives for so many arguments."""
    for room in rooms:  # so that every kernel of a room is there, whatever else has been imported
        package = importlib.import_module(f"situation.{room}")
        for module in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
            importlib.import_module(module.name)
    for name in sorted(KERNELS):
        room, _, function = name.removeprefix("situation.").rpartition(".")
        if function.startswith("_") or not room.startswith(tuple(rooms)):
            continue
        draw, seeded = CALLS[f"{room}.{function}"], random.Random(function)
        kernel = getattr(importlib.import_module(f"situation.{room}"), function)
        outcomes = [_outcome(kernel, draw(seeded)) for _ in range(count)]
        yield f"{room}.{function} {hashlib.sha256(' | '.join(outcomes).encode()).hexdigest()[:16]}"


if __name__ == "__main__":
    print("\n".join(lines(int(sys.argv[1]), sys.argv[2:] or ROOMS)))
