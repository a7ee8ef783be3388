"""An opening with a planted fault: what held at the window's start, told wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.small import MAP, Small

AS_TOLD = ', assumed: "as the story goes"'
DELL = f"    dell: {{holder: rebels, status: held{AS_TOLD}}}"

LAST = f"    - {{from: north, to: south, stance: tolerated{AS_TOLD}}}\n"


def agreed(what: str) -> str:
    """The last relation, and an agreement after it: it stands on line 50."""
    return f"{LAST}  agreements:\n    - {{{what}{AS_TOLD}}}\n"


CASES: dict[str, tuple[str, str, list[str]]] = {
    "an opening without a place": (
        f"{DELL}\n",
        "",
        ["34:3: The opening says nothing of 'dell'. Say how it stood; 'unknown' is an answer."],
    ),
    "an opening without an actor": (
        f"    south: {{posture: holds{AS_TOLD}}}\n",
        "",
        ["42:3: The opening says nothing of 'south'. Give its posture."],
    ),
    "an opening without a reason": (
        DELL,
        "    dell: {holder: rebels, status: held}",
        ["40:5: An opening value has no reason. Name claims under 'because', or say why under 'assumed'."],
    ),
    "an opening by an unknown claim": (
        "because: [T1-02]",
        "because: [T1-20]",
        ["35:5: There is no claim 'T1-20'. Name claims of the record."],
    ),
    "an opening of an unknown place": (
        "    dunes: {status",
        "    dune: {status",
        ["41:5: There is no place 'dune'. Did you mean 'dunes'?"],
    ),
    "a unit as a holder": (
        DELL,
        DELL.replace("rebels", "north-guard"),
        ["40:5: 'north-guard' is a unit, not a holder. Did you mean 'north'?"],
    ),
    "an unknown holder": (
        DELL,
        DELL.replace("rebels", "rebel"),
        ["40:12: There is no actor 'rebel'. Did you mean 'rebels'?"],
    ),
    "a siege without a besieger": (
        "besieger: rebels, ",
        "",
        ["37:5: A besieged place names no besieger or no holder. Name who rings it and who is ringed."],
    ),
    "a siege of one's own": (
        "besieger: rebels, ",
        "besieger: south, ",
        ["37:46: 'south' besieges itself. Name who rings the place under 'besieger', who is ringed under 'holder'."],
    ),
    "a ring of several that names one": (
        "besieger: rebels, ",
        "besiegers: [rebels], ",
        ["37:46: 'besiegers' names several that ring a place. For one alone, write 'besieger'."],
    ),
    "a siege of one's own with another": (
        "besieger: rebels, ",
        "besiegers: [north, south], ",
        ["37:46: 'south' besieges itself. Name who rings the place under 'besiegers', who is ringed under 'holder'."],
    ),
    "a mixed place of one": (
        DELL,
        DELL.replace("held", "mixed"),
        ["40:5: A mixed place names fewer than two parts. Name the part of each, the majority first."],
    ),
    "a held place of nobody": (
        DELL,
        DELL.replace("holder: rebels, ", ""),
        ["40:5: A place that is held names no holder. Name the holder."],
    ),
    "a status with a slip": (
        DELL,
        DELL.replace("held", "helt"),
        ["40:28: 'helt' is not allowed here. Did you mean 'held'?"],
    ),
    "a status that only an announcement has": (
        DELL,
        DELL.replace("held", "declared"),
        [
            "40:28: 'declared' is not allowed here. "
            "Write one of: held, contested, besieged, mixed, ungarrisoned, unknown."
        ],
    ),
    "an opening on another day": (
        "  at: 2020-03-01",
        "  at: 2020-03-02",
        ["33:3: The opening is not at the window's start. Use the window's 'from'."],
    ),
    "an opening at a word": (
        "  at: 2020-03-01",
        "  at: soon",
        ["33:3: 'soon' is no date. Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM, with Z for UTC."],
    ),
    "a relation to nobody known": (
        "{from: north, to: south,",
        "{from: north, to: soth,",
        ["48:21: There is no actor 'soth'. Did you mean 'south'?"],
    ),
    "a relation with a slip": (
        "{from: north, to: south,",
        "{form: north, to: south,",
        [
            "48:7: The key 'from' is missing. A relation needs it.",
            "48:8: A relation has no key 'form'. Did you mean 'from'?",
        ],
    ),
    "a relation twice": (
        "{from: north, to: south,",
        "{from: north, to: rebels,",
        ["48:7: The relation from 'north' to 'rebels' stands here a second time. Keep one."],
    ),
    "a relation to oneself": (
        "{from: north, to: south,",
        "{from: north, to: north,",
        ["48:7: 'north' stands to itself. Name two actors."],
    ),
    "a relation of a unit": (
        "{from: north, to: south,",
        "{from: north-guard, to: south,",
        [
            "48:8: 'north-guard' is a unit; relations are between whole sides. Name the actor at the top; of a unit that left "
            "its side, say until when under its 'parents'."
        ],
    ),
    "an agreement of one": (
        LAST,
        agreed("kind: peace, between: [north]"),
        ["50:21: An agreement is between two or more. Name all who made it."],
    ),
    "an agreement of one side with itself": (
        LAST,
        agreed("kind: peace, between: [north-guard, north-scouts]"),
        ["50:21: Two parties of the agreement are of one side, 'north'. Name two sides."],
    ),
    "an agreement of enemies": (
        LAST,
        agreed("kind: ceasefire, between: [north, rebels]"),
        ["50:7: 'north' and 'rebels' are hostile in 'relations'. Of enemies no agreement is in force: leave one out."],
    ),
    "an agreement that lapsed before": (
        LAST,
        agreed("kind: ceasefire, between: [north, south], until: 2020-02-01"),
        ["50:50: The agreement had lapsed when the window begins. Leave it out."],
    ),
    "an agreement that comes later": (
        LAST,
        agreed("kind: ceasefire, between: [north, south], since: 2020-03-05"),
        [
            "50:50: The agreement was not in force yet when the window begins. "
            "Claim it under the record, as CeasefireAgreed or PeaceSigned."
        ],
    ),
    "an agreement with an unknown party": (
        LAST,
        agreed("kind: truce, between: [north, suoth]"),
        [
            "50:8: 'truce' is not allowed here. Write one of: ceasefire, peace.",
            "50:38: There is no actor 'suoth'. Did you mean 'south'?",
        ],
    ),
    "an agreement by an unknown claim": (
        LAST,
        f"{LAST}  agreements:\n    - {{kind: peace, between: [north, south], because: [T1-92]}}\n",
        ["50:7: There is no claim 'T1-92'. Name claims of the record."],
    ),
    "a list of places in the opening": (
        MAP[MAP.index("  places:\n    arlen: {holder") : MAP.index("  actors:\n    north:")],
        "  places: []\n",
        ["34:3: [] stands where a mapping belongs. Write 'key: value', a line each."],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_the_opening_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    old, new, told = CASES[case]
    assert Small(tmp_path).plant("map.yaml", old, new).problems() == [f"map.yaml:{it}" for it in told]
