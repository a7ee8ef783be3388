"""A record and a state in a notebook: HTML, data frames whose columns are documented, and figures of Plotly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from attrs import define, field

from situation.dates import Minute
from situation.errors import harmless
from situation.events import ActorId, PlaceId
from situation.log.entry import Entry, Log
from situation.log.fold import Change
from situation.log.notebook_table import documented_frame, notebook_html
from situation.log.state import State, holders_in
from situation.log.story_words import entry_in_words
from situation.log.value_words import count_in_words, list_in_words
from situation.record.disputes import Disputes
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

__all__ = ["LOG_COLUMNS", "PLACE_COLUMNS", "RecordInNotebook", "SituationState"]

LOG_COLUMNS = {
    "entry": "id of the entry",
    "earliest": "the first minute at which it may have happened, local time",
    "latest": "the last such minute, local time",
    "event": "kind of event, as docs/codebook.md has it",
    "lane": "control, fighting, movement or statements",
    "text": "the entry in a sentence",
    "claims": "ids of the claims that say so",
    "against": "ids of the claims that say otherwise",
}
"""The columns of a record's data frame, one row an entry of the log."""
PLACE_COLUMNS = {
    "place": "id of the place",
    "name": "its name at the time",
    "status": "held, contested, besieged, mixed, ungarrisoned or unknown",
    "holders": "ids of the root actors that hold it, with commas between; empty: nobody",
    "holder_names": "their names",
    "lat": "latitude, degrees north (WGS 84)",
    "lon": "longitude, degrees east (WGS 84)",
    "because": "ids of the claims behind the holder, with commas between",
}
"""The columns of a state's data frame, one row a place."""
_NOBODY = "#ADA99B"
_LAST, _FEW = 8, 4
"""Entries that a record shows of itself, and claims of each."""


@define(frozen=True, slots=False)
class SituationState(State):
    """A state of a record: all cells at one minute, with the map that names what they are of.

    Args:
        ground: the map, with the names of the time.
        at: the minute.
    """

    ground: Ground = field(kw_only=True, eq=False, repr=False)
    at: Minute = field(kw_only=True)

    def frame(self) -> pd.DataFrame:
        """A row a place of which anything is known; `frame().attrs["columns"]` says what each column holds."""
        return documented_frame(self._rows(), PLACE_COLUMNS)

    def figure(self) -> go.Figure:
        """The places on a plain map, coloured by who holds them, as a figure of Plotly."""
        import plotly.graph_objects as go

        figure = go.Figure(layout={"title": self._title, "xaxis": {"title": "°E"}, "yaxis": {"title": "°N"}})
        rows = self._rows()
        for holders in dict.fromkeys(row["holders"] for row in rows):
            held = [row for row in rows if row["holders"] == holders]
            figure.add_scatter(
                x=[row["lon"] for row in held],
                y=[row["lat"] for row in held],
                text=[f"{row['name']}: {row['status']}" for row in held],
                mode="markers",
                marker={"color": _colour(holders.partition(",")[0], self.ground), "size": 10, "line": {"width": 1}},
                name=held[0]["holder_names"] or "nobody",
            )
        return figure

    def __repr__(self) -> str:
        return harmless(f"<State of {self._title}: {count_in_words(len(self.places), 'place')}>")

    @property
    def _title(self) -> str:
        return f"{self.ground.title}, {self.ground.clock.text(self.at)}"

    def _rows(self) -> list[dict[str, Any]]:
        rows = []
        for name, state in self.places.items():
            place, entry = self.ground.places.get(PlaceId(name)), self.because.get(f"{name}.holder")
            if place is None:
                continue
            rows.append(
                {
                    "place": name,
                    "name": self.ground.name(name),
                    "status": state.status,
                    "holders": ",".join(state.holders),
                    "holder_names": list_in_words(map(self.ground.name, state.holders)),
                    "lat": place.at.lat,
                    "lon": place.at.lon,
                    "because": ",".join(entry.cause.claims) if entry else "",
                }
            )
        return rows

    def _repr_html_(self) -> str:
        heads = ("place", "status", "held by")
        rows = [(row["name"], row["status"], row["holder_names"] or "nobody") for row in self._rows()]
        return notebook_html(self._title, (), heads, rows)


class _Readable(Protocol):
    """What is asked of a record here."""

    @property
    def ground(self) -> Ground: ...
    @property
    def testimony(self) -> Testimony: ...
    def log(self) -> Log: ...
    def history(self) -> tuple[Change, ...]: ...
    def disputes(self) -> Disputes: ...


class RecordInNotebook:
    """What a record shows of itself in a notebook, by the usual belief and all that is known now."""

    def frame(self: _Readable) -> pd.DataFrame:
        """What is held to have happened, a row an entry; `frame().attrs["columns"]` says what each column holds."""
        return documented_frame((_log_row(entry, self.ground) for entry in self.log()), LOG_COLUMNS)

    def figure(self: _Readable) -> go.Figure:
        """Who held each place over the window, as a figure of Plotly."""
        return _control_figure(self.history(), self.ground)

    def __repr__(self: _Readable) -> str:
        claims, sources = len(self.testimony.claims), len(self.testimony.sources)
        sizes = f"{count_in_words(claims, 'claim')} of {count_in_words(sources, 'source')}"
        return harmless(f"<Record of {self.ground.title}: {sizes}>")

    def _repr_html_(self: _Readable) -> str:
        ground, testimony = self.ground, self.testimony
        sizes = (
            (len(testimony.claims), "claim"),
            (len(testimony.sources), "source"),
            (len(self.disputes().disputes), "dispute"),
        )
        last = [
            (ground.clock.spoken(entry.span), entry_in_words(entry, ground), ", ".join(entry.cause.claims[:_FEW]))
            for entry in self.log()
            if entry.event.lane in ("control", "fighting")
        ][-_LAST:]
        counts = ", ".join(count_in_words(*size) for size in sizes)
        return notebook_html(ground.title, (ground.about, f"{counts}."), ("when", "what came last", "claims"), last)


def _log_row(entry: Entry, ground: Ground) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "earliest": ground.clock.text(entry.span.earliest),
        "latest": ground.clock.text(entry.span.latest),
        "event": type(entry.event).__name__,
        "lane": entry.event.lane,
        "text": entry_in_words(entry, ground),
        "claims": ",".join(entry.cause.claims),
        "against": ",".join(entry.cause.against),
    }


def _control_figure(changes: tuple[Change, ...], ground: Ground) -> go.Figure:
    """Who held each place, day by day, as bars of a figure of Plotly."""
    import plotly.graph_objects as go

    figure = go.Figure(layout={"title": ground.title, "barmode": "stack", "xaxis": {"type": "date"}})
    window = ground.window
    shown: set[str] = set()
    for change in changes:
        place, _, attribute = change.cell.rpartition(".")
        until = window.latest if change.until is None else change.until
        if attribute != "holder" or place not in ground.places or until <= window.earliest:
            continue
        holders = holders_in(change.value)
        name = list_in_words(map(ground.name, holders)) or "nobody"
        since = max(change.since, window.earliest)
        figure.add_bar(
            x=[60_000 * (until - since)],  # Plotly counts the length of a bar of time in milliseconds
            base=[ground.clock.text(since)[:16]],
            y=[ground.name(place)],
            orientation="h",
            marker={"color": _colour(holders[0] if holders else "", ground)},
            name=name,
            legendgroup=name,
            showlegend=name not in shown,
            hovertext=f"{ground.name(place)}: {name}, from {ground.clock.day(since)}",
        )
        shown.add(name)
    return figure


def _colour(actor: str, ground: Ground) -> str:
    """An actor's colour on light ground; grey for nobody, and where the map gives none."""
    side = ground.actors.get(ActorId(actor))
    return _NOBODY if side is None or side.colour is None else side.colour.light
