"""The record as the page's payload: every reading as spans of cells, with the entries, claims and disputes behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from situation.dates import DAY, Minute
from situation.events import TOGETHER, Event
from situation.log.state import SIDE_ENDINGS
from situation.log.tables import history_csv
from situation.page.assumptions import assumptions
from situation.page.evidence import claim_ranks, event_courses, speaks_to
from situation.page.judgements import record_judgements
from situation.page.method import method_report
from situation.page.readings import page_readings, reading_payload, view_readings
from situation.page.tour import tour_rows
from situation.record.answers.state import Lens
from situation.record.beliefs.weights import weigh
from situation.record.evidence.retracted import taken_back
from situation.record.joining.topic import span_of, speaks
from situation.record.record import Record
from situation.testimony.claims import Claim, Dated, Source
from situation.testimony.codec import plain
from situation.testimony.ground import Ground

__all__ = ["replay_payload", "those_together"]

_PALETTE = (
    {"light": "#0072B2", "dark": "#56B4E9"},
    {"light": "#B4530A", "dark": "#E69F00"},
    {"light": "#00795A", "dark": "#2EC9A0"},
    {"light": "#A8487F", "dark": "#E79CC6"},
    {"light": "#8A7A00", "dark": "#F0E442"},
    {"light": "#5B4BB5", "dark": "#A79BF0"},
)
"""For actors without a colour, by their order: after Okabe and Ito (2008), distinct in all kinds of colour vision."""
_SHAPES = ("circle", "square", "triangle-up", "diamond", "pentagon", "triangle-down", "star", "hexagon")


def replay_payload(
    record: Record,
    until: Minute,
    lens: Lens,
    identity: Mapping[str, Any],
    readings: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Everything that the page of a replay shows, as plain values.

    Args:
        record: the record.
        until: nothing later is shown.
        lens: the reading on which the page opens; the standard ones are offered beside it.
        identity: the run's digests, versions and parts.
        readings: the readings to show; None: those of a replay.
    """
    ground = record.ground
    if readings is None:
        readings = [reading_payload(record, until, lens, *row) for row in page_readings(lens, record)]
        readings += [] if lens.view else view_readings(record, until)
    window = [ground.window.earliest, min(ground.window.latest, until)]
    reading = record.reading(**lens.keys)
    back = {
        one.claim.id: {"at": one.at, "by": one.by.id} for one in taken_back(reading, record.testimony, lens.carried)
    }
    ranks = claim_ranks(record, lens)
    claims = [
        {**_claim(claim, record, lens), "rank": ranks[claim.id], "retracted": back.get(claim.id)}
        for claim in record.testimony.claims.values()
    ]
    return {
        "kind": "replay",
        "title": ground.title,
        "about": ground.about,
        "judgements": record_judgements(readings, claims, window, ground, reading),
        "window": window,
        "utc_offset_min": ground.clock.zone.ahead(ground.window.earliest),
        "clock": _clock_shape(ground),
        "handling": record.marked(None, lens.carried),
        "actors": [*(actors := _actors(ground)), *those_together(readings, (), actors, ground)],
        "places": _places(ground),
        "regions": [
            {"id": it.id, "name": it.name, "places": list(ground.members(it.id))} for it in ground.regions.values()
        ],
        "links": [
            {
                "id": it.id,
                "ends": list(it.ends),
                "kind": it.kind,
                "km": it.km,
                "line": ground.link_kinds[it.kind].line,
            }
            for it in ground.links.values()
        ],
        "geo": dict(record.geography.lines),
        "sources": _sources(record),
        "speakers": [
            {"id": it.id, "name": it.name, "reliability": it.reliability.grade, "reason": it.reliability.reason}
            for it in record.testimony.speakers.values()
        ],
        "origins": _origins(record),
        "claims": claims,
        "courses": event_courses(record, reading),
        "readings": readings,
        "identity": {
            "digest": identity["digest"],
            "versions": dict(sorted(identity["versions"].items())),
            "belief": lens.belief,
            "background": _with_background(record),
            "licences": list(record.geography.notice),
            "made_by": f"situation {identity['versions']['situation']}",
        },
        "assumptions": assumptions(record),
        "method": method_report(),
        **tour_rows(ground.tour, record, window),
        "downloads": [
            {
                "name": "history.csv",
                "type": "text/csv",
                "text": history_csv(record.history(**lens.keys), record.ground.clock).decode(),
            }
        ],
    }


def _origins(record: Record) -> list[dict[str, str]]:
    """Everybody whose words a claim may relay: outlets, speakers and named origins."""
    testimony = record.testimony
    named = {source.id: source.outlet for source in testimony.sources.values()}
    named |= {speaker.id: speaker.name for speaker in testimony.speakers.values()}
    named |= {origin.id: origin.name for origin in testimony.origins.values()}
    return [{"id": name, "name": label} for name, label in named.items()]


def _with_background(record: Record) -> bool | None:
    """Whether claims of the background are in force; None where there are none that could be."""
    return True if "background" in record.parts else False if "background" in record.left_out else None


def _actors(ground: Ground) -> list[dict[str, Any]]:
    rows = []
    bare = [actor.id for actor in ground.actors.values() if actor.parent is None and not (actor.colour and actor.shape)]
    for actor in ground.actors.values():
        top = ground.actors[ground.root(actor.id)]
        plainly = bare.index(top.id) if top.id in bare else 0
        shades = plain(top.colour) if top.colour else _PALETTE[plainly % len(_PALETTE)]
        rows.append(
            {
                "id": actor.id,
                "name": actor.name,
                "parent": actor.parent,
                "root": top.id,
                "colour": shades,
                "shape": top.shape or _SHAPES[plainly % len(_SHAPES)],
                "aliases": [alias.name for alias in (*actor.names, *actor.aliases)],
                **_names_borne(actor.id, ground),
            }
        )
    return rows


def those_together(
    readings: Iterable[Mapping[str, Any]],
    ensembles: Iterable[Mapping[str, Any]],
    actors: Iterable[Mapping[str, Any]],
    ground: Ground,
) -> Iterator[dict[str, Any]]:
    """Those who hold a place together in some reading or some story, as one actor more, in the mean of their colours."""
    known = {row["id"]: row for row in actors}
    histories = (reading.get("history", ()) for reading in readings)
    words = {str(row[1]) for history in histories for row in history if row[0].endswith(SIDE_ENDINGS)}
    shares = (course for ensemble in ensembles for course in ensemble["shares"].values())
    words |= {str(holder) for course in shares for holder in course["holders"]}
    for word in sorted(word for word in words if TOGETHER in word):
        shades = [known[part]["colour"] for part in word.split(TOGETHER)]
        colour = {side: _mean_colour([shade[side] for shade in shades]) for side in ("light", "dark")}
        row = {"id": word, "name": f"{ground.name(word)} together", "parent": None, "root": word}
        yield {**row, "colour": colour, "shape": "cross", "aliases": [], "together": word.split(TOGETHER)}


def _mean_colour(colours: list[str]) -> str:
    """The mean of some colours, channel by channel, as `#rrggbb`."""
    channels = zip(*(bytes.fromhex(colour[1:]) for colour in colours), strict=True)
    return f"#{bytes(round(sum(channel) / len(colours)) for channel in channels).hex()}"


def _names_borne(thing: str, ground: Ground) -> dict[str, list[list[Any]]]:
    """The names of an actor or a place in order of time, each from a minute on; nothing where it always bore one."""
    rows: list[list[Any]] = []
    start = ground.window.earliest
    for minute in (start, *(turn for turn in ground.turns if turn > start)):
        name = ground.at(minute).name(thing)
        if not rows or rows[-1][1] != name:
            rows.append([minute, name])
    return {"names": rows} if len(rows) > 1 else {}


def _places(ground: Ground) -> list[dict[str, Any]]:
    return [
        {
            "id": place.id,
            "name": place.name,
            "aliases": [alias.name for alias in (*place.names, *place.aliases)],
            "kind": place.kind,
            "area": ground.kind_of(place.id).area,
            "country": place.country,
            "lat": place.at.lat,
            "lon": place.at.lon,
            "bank": place.bank if place.bank != "none" else None,
            "within": place.within,
            "size": place.size,
            "precision_km": place.at.precision_km,
            "source": place.at.source,
            **_names_borne(place.id, ground),
        }
        for place in ground.places.values()
    ]


def _sources(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "id": source.id,
            "outlet": source.outlet,
            "title": source.title,
            "published": _dated(source.published),
            "reliability": source.reliability.grade,
            "reason": source.reliability.reason,
            "lean": [{"for" if lean > 0 else "against": actor} for actor, lean in source.lean.items() if lean],
            "background": source.part == "background",
            **({"copy": copy} if (copy := _copy_in_words(source)) else {}),
        }
        for source in record.testimony.sources.values()
    ]


def _copy_in_words(source: Source) -> str:
    """Which copy of a piece was read: edition, language, translator, and where it is kept; empty where nothing is said."""
    labels = (("edition", source.edition), ("language", source.language), ("translated by", source.translator))
    return ", ".join(f"{label} {word}" for label, word in (*labels, ("kept as", source.archive)) if word)


def _dated(dated: Dated) -> dict[str, Any]:
    return {
        "earliest": dated.span.earliest,
        "latest": dated.span.latest,
        "precision": dated.precision,
        "how": dated.how or dated.words,
    }


def _claim(claim: Claim, record: Record, lens: Lens) -> dict[str, Any]:
    ground, testimony = record.ground, record.testimony
    source, speaker = testimony.sources[claim.source], testimony.speakers.get(claim.said_by)
    judged = claim.credibility_at(record.known(lens.known_at))
    cell, answer = next(iter(speaks(claim, ground).items()), (None, None))
    span = span_of(claim, ground)
    return {
        "id": claim.id,
        "source": claim.source,
        "paragraph": claim.paragraph,
        "said_by": speaker.id if speaker else None,
        "origin": claim.origin,
        "reliability": speaker.reliability.grade if speaker else source.reliability.grade,
        "credibility": judged.grade if judged else 6,
        "weight": round(weigh(claim, testimony, ground, record.known(lens.known_at)).value, 4),
        "stance": claim.mode,
        "event": type(claim.content).__name__ if isinstance(claim.content, Event) else claim.kind,
        "cell": cell,
        "answer": plain(answer),
        **speaks_to(claim, ground),
        "says": claim.says,
        "earliest": span.earliest,
        "latest": span.latest,
        "precision": claim.happened.precision if claim.happened else "vague",
        "words": (claim.happened.words or None) if claim.happened else None,
        "said": claim.said.span.latest if claim.said else None,
        "published": source.published.span.latest,
        "known": testimony.known_from(claim),
        "episode": claim.episode or None,
        "file": Path(claim.at.file).name,
        "line": claim.at.line,
        "note": claim.note or claim.damaged or None,
        "background": claim.part == "background",
    }


def _clock_shape(ground: Ground) -> dict[str, Any]:
    """The zone by name, the changes of its offset near the window, and the calendar."""
    near = range(ground.window.earliest - _NEAR, ground.window.latest + _NEAR)
    clock = ground.clock
    changes = [list(change) for change in clock.zone.changes() if change[0] in near]
    if changes:
        changes.insert(0, [near.start, clock.zone.ahead(near.start)])
    return {"zone": clock.zone.name, "calendar": clock.calendar, "changes": changes}


_NEAR = 3653 * DAY
"""How long before and after the window dates may stand on the page, minutes: ten years."""
