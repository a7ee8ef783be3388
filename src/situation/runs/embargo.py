"""What a release asks of runs that were made before: at it, nothing that went into them may be under embargo still."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve

from situation.errors import Fault
from situation.record.record import Record
from situation.testimony.dating.clock import Clock

__all__ = ["bearing_release", "check_release", "withheld_until"]

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)$")


def withheld_until(manifest: Mapping[str, Any], release: str) -> str:
    """Until when something is under embargo that went into a run; empty where at a release all of it may be shown.

    Of a run that was made with a release nothing else is known: it may be shown from then on.

    Args:
        manifest: that of the run.
        release: a date, read by the local time of the run.

    Raises:
        Fault: the release is no date.
    """
    handling = manifest.get("handling") or {}
    until = str(handling.get("embargo_until") or handling.get("release") or manifest.get("release") or "")
    offset = _OFFSET.search(until)
    ahead = 0 if offset is None else (int(offset[2]) * 60 + int(offset[3])) * (-1 if offset[1] == "-" else 1)
    clock = Clock(ahead)
    try:
        moment = clock.moment(release)
    except Fault as fault:
        raise Fault(fault.fact, fault.advice, argument="release") from None
    return until if until and clock.moment(until) > moment else ""


def check_release(name: object, manifest: Mapping[str, Any], release: str | None) -> None:
    """Refuse a release at which something that went into a run is under embargo still.

    Args:
        name: what the run is called.
        manifest: its manifest.
        release: when what is made of it is shown; None: no release is named.

    Raises:
        Fault: it is, or the release is no date.
    """
    until = "" if release is None else withheld_until(manifest, release)
    if until:
        fact = f"{name} holds what may be shown from {until} on."
        raise Fault(fact, "Name a later one, or make the run anew with this one.", argument="release")


def bearing_release(record: Record, release: str | None) -> Record:
    """The record of a run of which nothing is left out at a release, as what is made of it at that release bears it."""
    if release is None or record.release is not None:
        return record
    return evolve(record, release=record.minute(release))
