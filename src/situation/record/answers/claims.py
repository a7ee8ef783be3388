"""Claims as plain values: a row a claim, as `situation claims --json` prints it; keys are documented in `docs/json.md`."""

from __future__ import annotations

from typing import Any

from situation.dates import Minute
from situation.record.answers.state import Lens
from situation.record.joining.topic import speaks
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.testimony.claims import Claim
from situation.testimony.codec import plain, stated
from situation.testimony.release import handling_of

__all__ = ["claims_answer"]


def claims_answer(record: Record, lens: Lens, source: str | None = None) -> list[dict[str, Any]]:
    """A row a claim, in the order of the files, graded as of the knowledge time."""
    known = record.known(lens.known_at)
    reading = record.reading(**lens.keys)
    rows = []
    for claim in record.testimony.claims.values():
        if record.testimony.known_from(claim, lens.carried) > known:
            continue
        if source is None or claim.source == source:
            rows.append(_claim_row(record, claim, known, reading))
    return rows


def _claim_row(record: Record, claim: Claim, known: Minute, reading: Reading) -> dict[str, Any]:
    ground, testimony = record.ground, record.testimony
    source = testimony.sources[claim.source]
    speaker = testimony.speakers.get(claim.said_by)
    judged = claim.credibility_at(known)
    answers = dict(speaks(claim, ground))
    cell, answer = next(iter(answers.items()), (None, None))
    span = claim.happened.span if claim.happened else None
    return {
        "id": claim.id,
        "source": claim.source,
        "paragraph": claim.paragraph,
        "said_by": claim.said_by,
        "origin": claim.origin,
        "reliability": source.reliability.grade + (speaker.reliability.grade if speaker else ""),
        "credibility": judged.grade if judged else 6,
        "stance": claim.mode,
        "kind": claim.kind,
        "event": type(claim.content).__name__ if claim.content else None,
        "place": getattr(claim.content, "place", None) or getattr(claim.content, "area", None),
        "fields": stated(claim.content) if claim.content else None,
        "cell": cell,
        "answer": plain(answer),
        "earliest": ground.clock.text(span.earliest) if span else None,
        "latest": ground.clock.text(span.latest) if span else None,
        "said": ground.clock.text(claim.said.span.latest) if claim.said else None,
        "published": ground.clock.text(source.published.span.latest),
        "says": claim.says,
        "file": claim.at.file,
        "line": claim.at.line,
        "happening": reading.joins.happening.get(claim.id),
        "joined": reading.joins.why.get(claim.id),
        "revised": [
            {"cell": cell, "by": by} for cell in answers if (by := reading.revised.get((claim.id, cell))) is not None
        ],
        "retracted_by": taker.id if (taker := reading.taken_back.get(claim.id)) else None,
        "doubtful": bool(claim.happened and claim.happened.doubtful),
        **{name: getattr(source, name) or None for name in ("edition", "language", "translator", "archive")},
        **_handling(claim, record),
    }


def _handling(claim: Claim, record: Record) -> dict[str, str | None]:
    row = handling_of(claim, record.testimony).row(record.ground.clock)
    return {"tlp": row["tlp"], "embargo_until": row["embargo_until"]}
