"""An ensemble and a comparison in a notebook: HTML, data frames whose columns are documented, and figures of Plotly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from attrs import define, frozen

from situation.ensemble.answer_words import (
    DIFFERENCE_COLUMNS,
    answer_row,
    by_difference,
    difference_row,
    no_difference_in_words,
)
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.results import results
from situation.ensemble.twins import differences
from situation.errors import Fault, near_miss, of_kind
from situation.log.notebook_table import documented_frame, notebook_html
from situation.log.value_words import count_in_words

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

__all__ = ["ANSWER_COLUMNS", "COMPARISON_COLUMNS", "AnsweredEnsemble", "Comparison", "answered", "compare"]

ANSWER_COLUMNS = {
    "question": "its name in the scenario",
    "ask": "its form, as docs/writing-a-scenario.md has it",
    "text": "the question in words",
    "unit": "days, men or places; empty of a share",
    "answer": "the share of stories, 0 to 1, or the median in the unit; infinite: never",
    "low": "lower end of its counting error, 95 %",
    "high": "upper end of its counting error, 95 %; infinite: never",
    "outer_low": "lower end of the outer band over record and numbers, 90 %",
    "outer_high": "upper end of the outer band, 90 %; infinite: never",
    "words": "of a share, the words of ICD 203 for its outer band",
    "confidence": "of a share: high, moderate or low",
    "mean": "the mean, in the unit, of a count; NaN of a share and of a time, which may never come",
    "comes": "of a time, in what share of the stories it comes, 0 to 1",
    "runs": "stories that came to their end",
}
"""The columns of an ensemble's data frame, one row a question."""
COMPARISON_COLUMNS = {
    "question": "its name in the scenario",
    "ask": "its form",
    "text": "the question in words",
    "unit": "days, men or places; empty of a share",
    "first": "the first's share of stories, 0 to 1, or median in the unit; infinite: never",
    "second": "the second's",
    "difference": "second less first; of a time, never counts as the horizon",
    "low": "lower end of its interval, 95 %; NaN: too few stories",
    "high": "upper end of its interval, 95 %",
    "less": "in what part of the pairs of stories the second has less, 0 to 1",
    "equal": "in what part both have the same",
    "more": "in what part the second has more",
    "first_mean": "the first's mean, of a count; else NaN",
    "second_mean": "the second's mean, of a count; else NaN",
}
"""The columns of a comparison's data frame, one row a question, the largest difference first."""


@define(frozen=True, slots=False)
class AnsweredEnsemble(Ensemble):
    """An ensemble that answers its questions in a notebook."""

    @cached_property
    def results(self) -> Mapping[str, Any]:
        """Everything that it answers, as `questions.json` of a run folder has it (docs/json.md)."""
        return results(self)

    def frame(self) -> pd.DataFrame:
        """A row a question; `frame().attrs["columns"]` says what each column holds, and in which unit."""
        return documented_frame((_answer(row) for row in self.results["questions"]), ANSWER_COLUMNS)

    def figure(self, question: str | None = None) -> go.Figure:
        """The shares of all questions of yes or no with their outer bands, or one question's stories, as a figure of Plotly.

        Args:
            question: its name; of a time the share of stories in which it has come by each day, of a number how many
                stories have it; None: all that are answered with yes or no.

        Raises:
            Fault: there is no such question; with the near miss.
        """
        import plotly.graph_objects as go

        if question is None:
            rows = [row for row in self.results["questions"] if row.get("share") is not None][::-1]
            figure = go.Figure(
                layout={"title": self.about.title, "xaxis": {"title": "share of stories, %", "range": [0, 100]}}
            )
            return figure.add_scatter(
                x=[100.0 * row["share"] for row in rows],
                y=[row["text"] or row["question"] for row in rows],
                mode="markers",
                error_x={
                    "array": [100.0 * (row["outer"][1] - row["share"]) for row in rows],
                    "arrayminus": [100.0 * (row["share"] - row["outer"][0]) for row in rows],
                },
                name="share, with its outer band",
            )
        every = f"Name one of: {', '.join(self.about.questions)}."
        if of_kind(question, str, "question", every) not in self.about.questions:
            hint = near_miss(question, self.about.questions) or every
            raise Fault(f"There is no question '{question}'.", hint, argument="question")
        form, values = self.form(question), self.answers[question][self.ok]
        title = self.about.questions[question].get("text") or question
        if form.waits:
            days = np.sort(values[np.isfinite(values)])
            figure = go.Figure(
                layout={"title": title, "xaxis": {"title": "days"}, "yaxis": {"title": "share of stories, %"}}
            )
            share = 100.0 * np.arange(1, len(days) + 1) / max(1, len(values))
            return figure.add_scatter(x=days, y=share, line={"shape": "hv"}, name="has come")
        figure = go.Figure(
            layout={"title": title, "xaxis": {"title": form.unit or "no, yes"}, "yaxis": {"title": "stories"}}
        )
        return figure.add_histogram(x=values, name="stories")

    def __repr__(self) -> str:
        return (
            f"<Ensemble of {self.about.scenario}: {count_in_words(self.about.runs, 'story')}, seed {self.about.seed}>"
        )

    def _repr_html_(self) -> str:
        answers = self.results
        line = f"{count_in_words(self.about.runs, 'story')}, seed {self.about.seed}."
        rows = [(row["text"] or row["question"], *answer_row(row)) for row in answers["questions"]]
        heads = ("question", "answer", "outer band", "error or spread", "in this model")
        return notebook_html(self.about.title, (self.about.assumes, line), heads, rows)


def _answer(row: Mapping[str, Any]) -> dict[str, Any]:
    never = math.inf if "comes" in row else math.nan
    (low, high), (outer_low, outer_high) = (row.get(name) or (math.nan, math.nan) for name in ("interval", "outer"))
    answer = row["share"] if "share" in row else row.get("p50")
    return {
        **row,
        "unit": row.get("unit") or "",
        "answer": never if answer is None else answer,
        "low": never if low is None else low,
        "high": never if high is None else high,
        "outer_low": never if outer_low is None else outer_low,
        "outer_high": never if outer_high is None else outer_high,
        "mean": math.nan if "comes" in row else row.get("mean"),
    }


def answered(ensemble: Ensemble) -> AnsweredEnsemble:
    """An ensemble, as one that answers its questions in a notebook."""
    return AnsweredEnsemble(**{name.name: getattr(ensemble, name.name) for name in attrs.fields(Ensemble)})


@frozen(eq=False)
class Comparison:
    """Two ensembles on the same luck: what changes from the first to the second.

    Args:
        first, second: the ensembles.
        rows: of each question that both answer, what `situation compare --json` has of it (docs/json.md).
    """

    first: Ensemble
    second: Ensemble
    rows: tuple[Mapping[str, Any], ...]

    def frame(self) -> pd.DataFrame:
        """A row a question, the largest difference first; `frame().attrs["columns"]` says what each column holds."""
        return documented_frame(map(_pair, self._ordered), COMPARISON_COLUMNS).set_index("question")

    def figure(self) -> go.Figure:
        """The differences of all shares with their intervals, the largest at the top, as a figure of Plotly."""
        import plotly.graph_objects as go

        rows = [row for row in self._ordered if row["unit"] is None][::-1]
        ends = [row["interval"] or (row["difference"], row["difference"]) for row in rows]
        figure = go.Figure(layout={"title": self._title, "xaxis": {"title": "difference of shares, points"}})
        return figure.add_scatter(
            x=[100.0 * row["difference"] for row in rows],
            y=[row["text"] or row["question"] for row in rows],
            mode="markers",
            error_x={
                "array": [100.0 * (high - row["difference"]) for (_, high), row in zip(ends, rows, strict=True)],
                "arrayminus": [100.0 * (row["difference"] - low) for (low, _), row in zip(ends, rows, strict=True)],
            },
            name="difference, with its 95 % interval",
        )

    @property
    def _title(self) -> str:
        return f"{self.first.about.title} against {self.second.about.title}"

    @property
    def _ordered(self) -> list[Mapping[str, Any]]:
        differing, same = by_difference({"questions": self.rows})
        return [*differing, *same]

    def __repr__(self) -> str:
        first, second = self.first.about, self.second.about
        pairs = count_in_words(first.runs, "pair")
        return f"<Comparison of {first.scenario} with {second.scenario}: {pairs}, seed {first.seed}>"

    def _repr_html_(self) -> str:
        pairs = f"{count_in_words(self.first.about.runs, 'pair of stories')} on the same luck, seed {self.first.about.seed}."
        answer = {"questions": self.rows}
        rows = [difference_row(row) for row in by_difference(answer)[0]]
        return notebook_html(self._title, (pairs, no_difference_in_words(answer)), DIFFERENCE_COLUMNS, rows)


def _pair(row: Mapping[str, Any]) -> dict[str, Any]:
    never = math.inf if row["unit"] == "days" else math.nan
    low, high = row["interval"] or (math.nan, math.nan)
    first_mean, second_mean = row["means"] or (math.nan, math.nan)
    return {
        **row,
        "unit": row["unit"] or "",
        **{side: never if row[side] is None else row[side] for side in ("first", "second")},
        "low": low,
        "high": high,
        "first_mean": first_mean,
        "second_mean": second_mean,
    }


def compare(first: Ensemble, second: Ensemble) -> Comparison:
    """What changes from one ensemble to another on the same luck, question by question.

    Raises:
        SituationError: they share no luck: another seed, number of runs, branch or end.
    """
    for argument, value in (("first", first), ("second", second)):
        of_kind(value, Ensemble, argument, "Give two ensembles: what run(SCENARIO) returns.")
    return Comparison(first, second, tuple(differences(first, second)))
