"""The record's page made the usual way: plotly objects, a figure a reading with a frame a day for its slider, written as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["page_of_plotly_objects"]

DAY = 1440
UNKNOWN = "#ADA99B"


def page_of_plotly_objects(payload: Mapping[str, Any]) -> str:
    """Map, strips, events, strengths and reports of every reading, one trace a kind of mark; the map has a frame a day."""
    import plotly.graph_objects as go
    import plotly.io as pio

    colours = {actor["id"]: actor["colour"]["light"] for actor in payload["actors"]}
    parts = []
    for number, reading in enumerate(payload["readings"]):
        figure = go.Figure(
            data=[_map(go, payload, reading, payload["window"][1], colours), *_charts(go, payload, reading, colours)],
            frames=[
                go.Frame(data=[_map(go, payload, reading, day, colours)], name=str(day))
                for day in range(payload["window"][0], payload["window"][1], DAY)
            ],
            layout=go.Layout(title=reading["label"], showlegend=False),
        )
        parts.append(pio.to_html(figure, include_plotlyjs=number == 0, full_html=False))
    return "".join(parts)


def _map(go: Any, payload: Mapping[str, Any], reading: Mapping[str, Any], day: int, colours: Mapping[str, str]) -> Any:
    held = {
        cell.removesuffix(".holder"): value
        for cell, value, since, until, *_ in reading["history"]
        if cell.endswith(".holder") and since <= day and (until is None or day < until)
    }
    return go.Scatter(
        x=[place["lon"] for place in payload["places"]],
        y=[place["lat"] for place in payload["places"]],
        text=[place["name"] for place in payload["places"]],
        mode="markers+text",
        marker=go.scatter.Marker(
            color=[colours.get(held.get(place["id"]) or "", UNKNOWN) for place in payload["places"]], size=10
        ),
    )


def _charts(go: Any, payload: Mapping[str, Any], reading: Mapping[str, Any], colours: Mapping[str, str]) -> list[Any]:
    end = payload["window"][1]
    spans = [row for row in reading["history"] if row[0].endswith(".holder")]
    events = [entry for entry in reading["entries"] if entry["mark"] == "event"]
    strengths = [row for row in reading["history"] if row[0].endswith(".strength") and row[1]]
    claims = payload["claims"]
    return [
        go.Bar(
            base=[since for _, _, since, *_ in spans],
            x=[(until or end) - since for _, _, since, until, *_ in spans],
            y=[cell for cell, *_ in spans],
            orientation="h",
            marker=go.bar.Marker(color=[colours.get(value or "", UNKNOWN) for _, value, *_ in spans]),
        ),
        go.Scatter(
            x=[entry["time"] for entry in events],
            y=[entry["lane"] for entry in events],
            text=[entry["text"] for entry in events],
            mode="markers",
            marker=go.scatter.Marker(color=[colours.get((entry["actors"] or [""])[0], UNKNOWN) for entry in events]),
        ),
        *(go.Scatter(x=[value["low"], value["high"]], y=[cell, cell], mode="lines") for cell, value, *_ in strengths),
        go.Scatter(
            x=[claim["known"] for claim in claims],
            y=[claim["source"] for claim in claims],
            text=[claim["says"] for claim in claims],
            mode="markers",
        ),
    ]
