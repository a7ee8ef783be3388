"""A small payload for the page: a dozen places on the border in the autumn of 2017, told in few words.

It follows the contract of ``situation.page.contract`` and has one of everything the page can show: every status,
a change whose day is not known, a dispute of each kind, a mismatch, a claim that denies, an assumed opening.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

__all__ = ["at", "sample"]

OFFSET = 180  # minutes: local time is UTC+3


def at(day: str, clock: str = "00:00") -> int:
    """The minute of a local day and time."""
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC).timestamp() // 60) - OFFSET


FROM, TO = at("2017-07-01"), at("2017-11-05", "23:59")

ACTORS = [
    ("iraq", "Iraq", None, "#9154C5", "#998DEE", "square"),
    ("iraq-army", "Iraqi Army", "iraq", "#9154C5", "#998DEE", "square"),
    ("iraq-cts", "Counter Terrorism Service", "iraq", "#9154C5", "#998DEE", "square"),
    ("syria", "Syrian government", None, "#D6150E", "#D82208", "triangle-up"),
    ("sdf", "Syrian Democratic Forces", None, "#F5DF60", "#F7CC16", "diamond"),
    ("krg", "Kurdistan Region", None, "#E9981C", "#E58E55", "triangle-down"),
    ("islamic-state", "Islamic State", None, "#151C25", "#EEF3F6", "circle"),
]

PLACES = [
    ("al-qaim", "al-Qaim", ["Qaim", "Al Qa'im", "القائم"], "city", "IQ", 34.3925, 40.9895, "right", None, "major"),
    ("husaybah-crossing", "Husaybah crossing", ["حصيبة"], "crossing", "IQ", 34.407, 40.98, "right", None, "minor"),
    ("karabilah", "Karabilah", ["الكرابلة"], "town", "IQ", 34.3909, 41.0464, "right", None, "minor"),
    ("rumana", "Rumana", ["الرمانة"], "town", "IQ", 34.3949, 41.0767, "left", None, "minor"),
    ("rawa", "Rawa", ["Rawah", "راوة"], "town", "IQ", 34.4823, 41.919, "left", None, "minor"),
    ("anah", "Anah", ["عانة"], "town", "IQ", 34.3686, 41.9819, "right", None, "minor"),
    ("anbar-north-bank", "North bank in Anbar", [], "river-bank", "IQ", 34.6, 41.5, "left", None, "minor"),
    ("anbar-desert", "Anbar desert", [], "desert", "IQ", 33.9, 41.3, None, None, "minor"),
    ("albu-kamal", "Albu Kamal", ["Bukamal", "البوكمال"], "town", "SY", 34.4523, 40.9185, "right", None, "major"),
    ("mayadin", "Mayadin", ["الميادين"], "town", "SY", 35.0198, 40.4515, "right", None, "major"),
    ("deir-ez-zor", "Deir ez-Zor", ["دير الزور"], "city", "SY", 35.3359, 40.1408, "right", None, "major"),
    ("dez-hawiqa", "al-Hawiqa", ["الحويقة"], "quarter", "SY", 35.343, 40.139, "right", "deir-ez-zor", "minor"),
    ("dez-ardhi", "al-Ardhi", ["العرضي"], "quarter", "SY", 35.338, 40.144, "right", "deir-ez-zor", "minor"),
    ("dez-hamidiya", "al-Hamidiya", ["الحميدية"], "quarter", "SY", 35.333, 40.151, "right", "deir-ez-zor", "minor"),
    ("omar-oil-field", "al-Omar oil field", [], "oil-field", "SY", 35.0297, 40.713, "left", None, "minor"),
    ("kirkuk", "Kirkuk", ["كركوك"], "city", "IQ", 35.4681, 44.3922, None, None, "major"),
    ("baghdad", "Baghdad", ["بغداد"], "capital", "IQ", 33.3406, 44.4009, None, None, "major"),
]

LINKS = [
    ("al-qaim", "husaybah-crossing", "road", 2.0),
    ("husaybah-crossing", "albu-kamal", "crossing", 8.0),
    ("al-qaim", "karabilah", "road", 5.3),
    ("karabilah", "rumana", "bridge", 3.0),
    ("karabilah", "anah", "road", 87.0),
    ("anah", "rawa", "bridge", 14.0),
    ("albu-kamal", "mayadin", "road", 78.0),
    ("mayadin", "deir-ez-zor", "road", 46.0),
    ("mayadin", "omar-oil-field", "ford", 24.0),
    ("al-qaim", "anbar-desert", "desert-track", 60.0),
    ("anah", "baghdad", "road", 260.0),
]

RIVER = [
    [39.6, 35.75], [40.0, 35.45], [40.16, 35.33], [40.44, 35.13], [40.48, 35.0], [40.68, 34.8], [40.93, 34.53],
    [41.0, 34.42], [41.06, 34.4], [41.3, 34.43], [41.92, 34.47], [42.05, 34.35], [42.38, 34.15], [43.3, 33.43],
]  # fmt: skip
BORDER = [[38.8, 33.37], [40.3, 33.95], [41.0, 34.42], [41.2, 34.77], [41.23, 35.1], [41.38, 35.6], [41.4, 36.5]]

SOURCES = [
    ("wire", "Newswire", "Two towns change hands", "2017-11-03", "B", [], False),
    ("weekly", "The Weekly", "The border is free", "2017-11-04", "D", [{"for": "iraq"}, {"against": "sdf"}], False),
    ("atlas", "Atlas of the War", "A chronicle", "2017-11-05", "C", [], True),
]

CLAIMS = [
    ("C-01", "wire", 2, "joint-command", "2017-11-03", "2017-11-03", "Entered", "al-qaim.status", "contested",
     "Iraqi units entered al-Qaim on Friday morning.", 3, "asserts"),
    ("C-02", "wire", 3, "premier", "2017-11-03", "2017-11-03", "Captured", "al-qaim.holder", "iraq",
     "The whole of al-Qaim is in Iraqi hands, the premier said.", 2, "asserts"),
    ("C-03", "weekly", 1, None, "2017-11-03", "2017-11-03", "Captured", "al-qaim.taken_by", ["iraq-cts"],
     "The counter-terrorism troops took al-Qaim.", 3, "asserts"),
    ("C-04", "wire", 4, "joint-command", "2017-11-03", "2017-11-03", "Captured", "husaybah-crossing.holder", "iraq",
     "The crossing fell some hours after the town was entered.", 2, "asserts"),
    ("C-05", "weekly", 2, None, "2017-10-29", "2017-11-02", "Captured", "deir-ez-zor.holder", "syria",
     "The Syrian army declared Deir ez-Zor free earlier in the week.", 4, "asserts"),
    ("C-06", "wire", 6, "army", "2017-11-03", "2017-11-03", "Captured", "deir-ez-zor.holder", "syria",
     "The last quarter of Deir ez-Zor was won on Friday.", 2, "asserts"),
    ("C-07", "weekly", 4, None, "2017-11-03", "2017-11-04", "StateClaimed", None, None,
     "Islamic State has no town left in Iraq.", 5, "asserts"),
    ("C-08", "wire", 8, "officer", "2017-11-03", "2017-11-04", "StateClaimed", "anbar-north-bank.parts", None,
     "The militants still have most of the north bank, an officer said.", 3, "asserts"),
    ("C-09", "wire", 9, "officer", "2017-10-26", "2017-11-03", "StrengthAssessed", "islamic-state@al-qaim.strength",
     {"low": 1500, "best": None, "high": 2500, "unit": "fighters"}, "He put the fighters in town at 1,500 to 2,500.",
     6, "asserts"),
    ("C-10", "weekly", 5, "coalition", "2017-10-26", "2017-11-03", "StrengthAssessed",
     "islamic-state@al-qaim.strength", {"low": 1500, "best": 1500, "high": 1500, "unit": "fighters"},
     "About 1,500 stand in the vicinity.", 2, "asserts"),
    ("C-11", "atlas", 1, None, "2017-10-14", "2017-10-14", "Captured", "mayadin.holder", "syria",
     "Syrian troops took Mayadin.", 2, "asserts"),
    ("C-12", "atlas", 2, None, "2017-10-16", "2017-10-16", "Captured", "kirkuk.holder", "iraq",
     "Iraqi troops moved into Kirkuk.", 1, "asserts"),
    ("C-13", "atlas", 3, None, "2017-10-22", "2017-10-22", "Captured", "omar-oil-field.holder", "sdf",
     "The SDF took the Omar field.", 2, "asserts"),
    ("C-14", "weekly", 6, "syrian-office", "2017-10-22", "2017-10-22", "Captured", "omar-oil-field.holder", "sdf",
     "An office in Damascus denies that the field was taken in a fight.", 4, "denies"),
    ("C-15", "weekly", 7, None, "2017-10-26", "2017-11-04", "StateClaimed", None, None,
     "Over 90 percent of the lost land has been regained.", 6, "asserts"),
    ("C-16", "atlas", 4, None, "2017-09-19", "2017-09-21", "Captured", "anah.holder", "iraq",
     "Anah fell after three days.", 2, "asserts"),
    ("C-17", "weekly", 3, "colonel", "2017-10-26", "2017-11-03", "Fled", "islamic-state.posture", None,
     "Large numbers fled from al-Qaim, the colonel says.", 3, "asserts"),
]  # fmt: skip

ENTRIES = [
    ("e-anah", ["C-16"], [], "control", "Captured", "anah", ["iraq"], "Iraq takes Anah", False, "12:00"),
    ("e-mayadin", ["C-11"], [], "control", "Captured", "mayadin", ["syria"], "Syria takes Mayadin", False, "12:00"),
    ("e-kirkuk", ["C-12"], [], "control", "Captured", "kirkuk", ["iraq"], "Iraq takes Kirkuk", False, "12:00"),
    ("e-omar", ["C-13"], ["C-14"], "control", "Captured", "omar-oil-field", ["sdf"], "SDF take al-Omar", True, "12:00"),
    ("e-fled", ["C-17"], [], "movement", "Fled", "al-qaim", ["islamic-state"], "Fighters leave al-Qaim", False, None),
    ("e-strength", ["C-09"], ["C-10"], "statements", "StrengthAssessed", "al-qaim", ["islamic-state"],
     "1,500 to 2,500 fighters in al-Qaim", True, None),
    ("e-dez", ["C-06"], ["C-05"], "control", "Captured", "deir-ez-zor", ["syria"], "Deir ez-Zor falls", True, "13:00"),
    ("e-entry", ["C-01"], [], "control", "Entered", "al-qaim", ["iraq"], "Iraqi units enter al-Qaim", False, "08:00"),
    ("e-qaim", ["C-02", "C-03"], [], "control", "Captured", "al-qaim", ["iraq"], "Iraq takes al-Qaim", True, "15:00"),
    ("e-crossing", ["C-04"], [], "control", "Captured", "husaybah-crossing", ["iraq"], "It falls", False, "14:00"),
    ("e-bank", ["C-08"], [], "statements", "StateClaimed", "anbar-north-bank", ["islamic-state"],
     "Most of the north bank is still held", False, None),
]  # fmt: skip

OPENING = {
    "al-qaim": ("islamic-state", "held"), "husaybah-crossing": ("islamic-state", "held"),
    "karabilah": ("islamic-state", "held"), "rumana": ("islamic-state", "held"), "rawa": ("islamic-state", "held"),
    "anah": ("islamic-state", "held"), "anbar-north-bank": ("islamic-state", "mixed"),
    "anbar-desert": ("islamic-state", "ungarrisoned"), "albu-kamal": ("islamic-state", "held"),
    "mayadin": ("islamic-state", "held"), "deir-ez-zor": ("syria", "besieged"), "dez-hawiqa": ("islamic-state", "held"),
    "dez-ardhi": ("islamic-state", "contested"), "dez-hamidiya": ("islamic-state", "held"),
    "omar-oil-field": ("islamic-state", "held"), "kirkuk": ("krg", "held"), "baghdad": ("iraq", "held"),
}  # fmt: skip


def _claims() -> list[dict[str, Any]]:
    published = {row[0]: at(row[3], "20:00") for row in SOURCES}
    grades = {row[0]: row[4] for row in SOURCES}
    claims = []
    for n, row in enumerate(CLAIMS):
        ident, source, paragraph, speaker, first, last, event, cell, answer, says, worth, stance = row
        # What the chronicle of the background tells was public a day after it happened.
        known = at(last, "23:59") + 1000 if source == "atlas" else published[source]
        claims.append({
            "id": ident, "source": source, "paragraph": paragraph, "said_by": speaker, "origin": speaker or source,
            "reliability": grades[source], "credibility": worth, "stance": stance, "event": event, "cell": cell,
            "answer": answer, "says": says, "earliest": at(first), "latest": at(last, "23:59"), "precision": "day",
            "words": "on Friday" if first == "2017-11-03" else None, "said": None, "published": known, "known": known,
            "episode": None, "file": "record.yaml", "line": 10 + 12 * n, "note": None, "background": source == "atlas",
        })  # fmt: skip
    return claims


def _entries(claims: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    entries = [
        {"id": f"opening-{place}", "time": FROM, "earliest": FROM, "latest": FROM, "lane": "control",
         "event": "OpeningAssumed", "place": place, "actors": [holder], "text": f"{place} when the window begins",
         "claims": [], "against": [], "disputed": False, "mark": "opening", "assumed": "No source describes July."}
        for place, (holder, _) in OPENING.items()
    ]  # fmt: skip
    for ident, told, against, lane, event, place, actors, text, disputed, clock in ENTRIES:
        first = claims[told[0]]
        day = datetime.fromtimestamp((first["latest"] + OFFSET) * 60, UTC).date().isoformat()
        entries.append({
            "id": ident, "time": at(day, clock) if clock else (first["earliest"] + first["latest"]) // 2,
            "earliest": min(claims[c]["earliest"] for c in told), "latest": max(claims[c]["latest"] for c in told),
            "lane": lane, "event": event, "place": place, "actors": actors, "text": text, "claims": told,
            "against": against, "disputed": disputed, "mark": "event",
        })  # fmt: skip
    return entries


CHANGES = [
    ("anah.holder", "iraq", "e-anah", True), ("mayadin.holder", "syria", "e-mayadin", False),
    ("kirkuk.holder", "iraq", "e-kirkuk", False), ("omar-oil-field.holder", "sdf", "e-omar", False),
    ("deir-ez-zor.status", "held", "e-dez", True), ("dez-hawiqa.holder", "syria", "e-dez", True),
    ("dez-ardhi.holder", "syria", "e-dez", True), ("dez-ardhi.status", "held", "e-dez", True),
    ("dez-hamidiya.holder", "syria", "e-dez", True), ("al-qaim.status", "contested", "e-entry", False),
    ("al-qaim.holder", "iraq", "e-qaim", False), ("al-qaim.status", "held", "e-qaim", False),
    ("al-qaim.declared_by", "iraq", "e-qaim", False), ("al-qaim.taken_by", ["iraq-army", "iraq-cts"], "e-qaim", False),
    ("husaybah-crossing.holder", "iraq", "e-crossing", False),
    ("islamic-state@al-qaim.strength",
     {"low": 1500, "best": None, "high": 2500, "unit": "fighters", "scope": "in the town",
      "beside": [{"claim": "C-10", "low": 1500, "best": 1500, "high": 1500, "scope": "in the vicinity"}]},
     "e-strength", True),
]  # fmt: skip


def _history(entries: list[dict[str, Any]], known: dict[str, int] | None) -> list[list[Any]]:
    """The rows of a reading; with `known`, no change shows before the first claim of its entry was known."""
    where = {entry["id"]: n for n, entry in enumerate(entries)}
    cells: dict[str, list[list[Any]]] = {}
    for place, (holder, status) in OPENING.items():
        n = where[f"opening-{place}"]
        cells[f"{place}.holder"] = [[holder, FROM, n, None, None]]
        cells[f"{place}.status"] = [[status, FROM, n, None, None]]
    parts = [{"actor": "islamic-state", "part": "most"}, {"actor": "iraq", "part": "the rest"}]
    cells["anbar-north-bank.parts"] = [[parts, FROM, where["opening-anbar-north-bank"], None, None]]
    cells["deir-ez-zor.besieger"] = [["islamic-state", FROM, where["opening-deir-ez-zor"], None, None]]
    for cell, value, ident, unsure in CHANGES:
        entry = entries[where[ident]]
        since = entry["time"] if known is None else max(entry["time"], min(known[c] for c in entry["claims"]))
        span = [entry["earliest"], entry["latest"]] if unsure else [None, None]
        cells.setdefault(cell, []).append([value, since, where[ident], *span])
    rows = []
    for cell in sorted(cells):
        spans = sorted(cells[cell], key=lambda row: int(row[1]))
        for n, (value, since, entry_index, earliest, latest) in enumerate(spans):
            until = spans[n + 1][1] if n + 1 < len(spans) else None
            rows.append([cell, value, since, until, entry_index, earliest, latest])
    return rows


def _blurred(history: list[list[Any]]) -> list[list[Any]]:
    """When a reader of the day held that a change fell into an interval: from when it was known to the interval's end."""
    return [
        [cell, since, latest + 1, earliest, latest]
        for cell, _, since, _, _, earliest, latest in history
        if earliest is not None and since <= latest
    ]


DISPUTES: list[dict[str, Any]] = [
    {"question": "Who took al-Qaim", "relation": "tension", "cell": "al-qaim.taken_by", "place": "al-qaim",
     "answers": [{"value": ["iraq-army", "iraq-cts"], "weight": 0.6, "claims": ["C-02"]},
                 {"value": ["iraq-cts"], "weight": 0.3, "claims": ["C-03"]}], "from": at("2017-11-04", "20:00"),
     "stands": []},
    {"question": "When Deir ez-Zor fell", "relation": "contradicts", "cell": "deir-ez-zor.holder",
     "place": "deir-ez-zor", "answers": [{"value": "earlier in the week", "weight": 0.2, "claims": ["C-05"]},
                                         {"value": "on Friday", "weight": 0.8, "claims": ["C-06"]}],
     "from": at("2017-11-04", "20:00"), "stands": [[at("2017-10-29"), None]]},
]  # fmt: skip
MISMATCHES = [
    {"claim": "C-07", "says": "Islamic State holds nothing in all of Iraq.", "state": "Rawa is held by Islamic State",
     "because": ["C-08"], "place": "rawa", "from": at("2017-11-04", "20:00")},
]  # fmt: skip


def _disputes(on_the_day: bool) -> list[dict[str, Any]]:
    """The disputes of a reading; in that of the day none stands before it came up."""
    rows = copy.deepcopy(DISPUTES)
    for row in rows if on_the_day else ():
        row["stands"] = [[max(since, row["from"]), until] for since, until in row["stands"]]
    return rows


def sample() -> dict[str, Any]:
    """The payload, new at every call."""
    claims = _claims()
    by_id = {claim["id"]: claim for claim in claims}
    known = {claim["id"]: claim["known"] for claim in claims}
    readings = []
    for ident, label, hint, late in (
        ("best", "Best knowledge", "Everything in the record, weighed.", None),
        ("day", "As known on the day", "Only what had been said by then.", known),
        ("first-report", "First report", "Whoever spoke first counts.", None),
    ):
        entries = _entries(by_id)
        history = _history(entries, late)
        readings.append({
            "id": ident, "label": label, "hint": hint, "entries": entries, "history": history,
            "disputes": _disputes(late is not None), "mismatches": copy.deepcopy(MISMATCHES), "untestable": ["C-15"],
            "blurred": [] if late is None else _blurred(history),
        })  # fmt: skip
    speakers = sorted({claim["said_by"] for claim in claims} - {None})
    return {
        "kind": "replay", "title": "The border, autumn 2017", "about": "A small record for trying the page.",
        "window": [FROM, TO], "utc_offset_min": OFFSET,
        "actors": [{"id": i, "name": n, "parent": p, "root": p or i, "colour": {"light": li, "dark": d,
                    **({"line": "#B08F00"} if i == "sdf" else {})}, "shape": s, "aliases": []}
                   for i, n, p, li, d, s in ACTORS],
        "places": [{"id": i, "name": n, "aliases": a, "kind": k, "area": k in ("desert", "river-bank"),
                    "country": c, "lat": la, "lon": lo, "bank": b,
                    "within": w, "size": s, "precision_km": 1, "source": "gazetteer"}
                   for i, n, a, k, c, la, lo, b, w, s in PLACES],
        "regions": [{"id": "anbar", "name": "Anbar", "places": ["al-qaim", "rawa", "anah"]}],
        "links": [{"id": f"{a}--{b}", "ends": [a, b], "kind": k, "km": km,
                   "line": {"road": "road", "desert-track": "track"}.get(k, "crossing")} for a, b, k, km in LINKS],
        "geo": {"borders": [BORDER], "rivers": [{"name": "Euphrates", "lines": [RIVER]}],
                "lakes": [{"name": "Qadisiyah", "rings": [[[42.2, 34.2], [42.4, 34.2], [42.3, 34.35], [42.2, 34.2]]]}],
                "countries": [{"name": "IRAQ", "lat": 33.6, "lon": 42.6}, {"name": "SYRIA", "lat": 34.9, "lon": 39.6}],
                "attribution": "Lines drawn by hand for this sample."},
        "sources": [{"id": i, "outlet": o, "title": t, "published": {"earliest": at(d), "latest": at(d, "23:59"),
                     "precision": "day", "how": "stated in the piece"}, "reliability": r, "reason": "Judged by hand.",
                     "lean": le, "background": b} for i, o, t, d, r, le, b in SOURCES],
        "speakers": [{"id": s, "name": s.replace("-", " "), "reliability": "C", "reason": "A party."}
                     for s in speakers],
        "origins": [{"id": s, "name": s.replace("-", " ")} for s in [*speakers, *(row[0] for row in SOURCES)]],
        "claims": claims, "readings": readings,
        "identity": {"digest": "0123abcd", "versions": {"python": "3.11"}, "belief": "graded", "background": True,
                     "licences": ["Sample text: our own"], "made_by": "situation 0.0.0"},
        "downloads": [{"name": "history.csv", "type": "text/csv", "text": "cell,value\nal-qaim.holder,iraq\n"}],
        "start": at("2017-11-03", "23:59"),
        "assumptions": [{"what": "swiftly", "value": "0 to 4 days", "reason": "A word, not a date."}],
    }  # fmt: skip
