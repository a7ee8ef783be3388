"""Countries: from the numbers and names that event files use to the two letters that a map uses.

Source: ISO 3166-1 for letters and numbers; Gleditsch and Ward 1999, "A revised list of independent states since the Congress
of Vienna", International Interactions 25, for the numbers that UCDP uses.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from situation.testimony.spelling import spelling_key

__all__ = ["NOWHERE", "country_of"]

NOWHERE: Final = "XX"
"""What stands for a country that is not known: ISO 3166 leaves these letters to users."""


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """By Gleditsch and Ward's number, by ISO's number, and by spelling: alpha-2, alpha-3 and name."""
    by_gw: dict[str, str] = {}
    by_number: dict[str, str] = {}
    by_name: dict[str, str] = {}
    text = files("situation.edges").joinpath("countries.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        code = row["alpha2"]
        for number in row["gleditsch_ward"].split():
            by_gw[number] = code
        if row["numeric"]:
            by_number[row["numeric"]] = code
        for spelling in (code, row["alpha3"], row["name"], *row["also"].split(";")):
            if spelling:
                by_name.setdefault(spelling_key(spelling), code)
    return by_gw, by_number, by_name


def country_of(name: str = "", gleditsch_ward: str = "", iso_number: str = "") -> str:
    """The two letters of a country by whatever a file gives of it; XX where none of it is known.

    Args:
        name: its name, two letters or three.
        gleditsch_ward: its number in Gleditsch and Ward's list.
        iso_number: its number in ISO 3166.
    """
    by_gw, by_number, by_name = _tables()
    return (
        by_gw.get(gleditsch_ward.removesuffix(".0"))
        or by_number.get(iso_number.removesuffix(".0").lstrip("0"))
        or by_name.get(spelling_key(name), NOWHERE)
    )
