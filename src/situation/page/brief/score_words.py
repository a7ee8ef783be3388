"""How a run scored against what its record tells of the time after the branch, in a few sentences of a brief."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from situation.log.value_words import count_in_words, list_in_words

__all__ = ["score_words"]

_KINDS: Final = {
    "control": ("who holds a place", "report", "Brier score"),
    "captures": ("when places fall", "report", "days off, by CRPS"),
    "questions": ("the questions of yes or no", "answer", "Brier score"),
}
"""From a kind of observation to what it is on, what one is called, and the score; the first that was observed is told."""
_PLAIN: Final = "nothing changes"
_NAMES: Final = {
    "control": "who holds a place",
    "captures": "when places fall",
    "changes_of_hands": "how often places change hands",
    "order": "the order in which places fall",
    "clashes": "when partners clash",
    "killed": "how many are killed",
    "strengths": "strengths",
    "questions": "the questions of yes or no",
    "questions_of_time": "the questions of when",
}


def score_words(scores: Mapping[str, Any]) -> tuple[str, ...]:
    """What `situation score` answers of a run, in a few sentences; of a record that ends with the branch, that alone."""
    if not scores["days"]:
        return ("The record ends where the stories begin: nothing later is on record to score them by.",)
    units = {row["of"]: row["units"] for row in scores["skill"]}
    kind = next((it for it in _KINDS if it in units), None)
    days = count_in_words(scores["days"], "day")
    if kind is None:
        return (
            f"The record goes on for {days} after the branch and tells nothing by which the stories could be scored.",
        )
    about, one, measure = _KINDS[kind]
    score = "brier" if measure.startswith("Brier") else "crps"
    model, plain = (scores[kind][name][score] for name in ("model", _PLAIN))
    said = [
        f"Held against the {days} that the record goes on after the branch ({count_in_words(units[kind], one)} on {about}), the "
        f"stories score {model:.2f}, and the forecast that {_PLAIN} {plain:.2f} ({measure}; less is better)."
    ]
    shown = [row for row in scores["skill"] if row["says"] != "no difference shown"]
    if not shown:
        said.append("Beyond luck they are neither better nor worse on anything than forecasts that need no model.")
    for says in ("better", "worse"):
        kinds = dict.fromkeys(_NAMES[row["of"]] for row in shown if row["says"] == says)
        if kinds:
            said.append(
                f"Beyond luck they are {says} than some forecast that needs no model on {list_in_words(kinds)}."
            )
    if shown and not scores["foresight"]:
        said.append("None of this shows foresight: the run was not sealed before what it is held against was known.")
    return tuple(said)
