"""Which cell or question is meant by what somebody wrote: by its id, or with its places and actors in any spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Final

from attrs import frozen

from situation.errors import Fault, most_alike, near_miss
from situation.events import ActorId, StrengthAssessed
from situation.log.cells import RENAMED
from situation.log.state import split_cell
from situation.record.joining.topic import speaks
from situation.record.readings.reading import Reading
from situation.testimony.ground import Ground
from situation.testimony.spelling import spelling_key
from situation.testimony.testimony import Testimony

__all__ = [
    "SHOWN",
    "CellQuery",
    "cell_in_ids",
    "event_in_ids",
    "event_near",
    "find_cell",
    "find_query",
    "nearest_id",
    "parts_estimated",
]

SHOWN: Final = {
    "place": ("holder", "status", "parts", "besieger", "declared_by", "taken_by"),
    "operation": ("by", "against", "launched", "phase", "targets", "participants", "aims", "commander"),
    "@": ("strength",),
    ":": ("stance",),
}
"""What `state` shows of a place, an operation, an actor at a place, and of one actor toward another, be it unsaid."""


@frozen
class CellQuery:
    """What is asked about: a cell, and the episode where one question among several on the cell is meant."""

    cell: str
    episode: str | None = None


def find_cell(written: str, cells: Collection[str], ground: Ground) -> str:
    """The cell that is meant, its subject in any spelling.

    Raises:
        Fault: there is none; with the near miss.
    """
    known_cell = _among(written, cells, ground)
    if known_cell is not None:
        return known_cell
    place = split_cell(cell_in_ids(written, ground))[0]
    attributes = sorted({attribute for subject, attribute in map(split_cell, cells) if subject == place})
    if attributes:
        attribute = split_cell(cell_in_ids(written, ground))[1]
        turned = ":".join(reversed(place.split(":")))
        known_so = ":" in place and f"{turned}.{attribute}" in cells
        near = f"It stands under '{turned}.{attribute}'." if known_so else near_miss(attribute, attributes)
        near = f"It is called '{RENAMED[attribute]}' now." if attribute in RENAMED else near
        hint = f"{near} It has: {', '.join(attributes)}.".lstrip()
        raise Fault(f"'{place}' has no cell '{attribute}'.", hint)
    turned = ":".join(reversed(place.split(":"))) + f".{split_cell(cell_in_ids(written, ground))[1]}"
    hint = f"Did you mean '{turned}'?" if turned in cells else _near_names(written, cells, ground)
    hint = hint or _near_cell(cell_in_ids(written, ground), cells)
    example = next((f"{place}.holder" for place in ground.places), next(iter(cells), "PLACE.holder"))
    hint = hint or f"Cells are written place.attribute, such as {example}."
    raise Fault(f"There is no cell '{written}' at that time.", hint)


def _near_cell(written: str, cells: Collection[str]) -> str:
    """A question that offers a cell whose subject is like the one that was written, and whose attribute is most like it."""
    subject, attribute = split_cell(written) if "." in written else (written, "")
    near = most_alike(subject, sorted({split_cell(cell)[0] for cell in cells}), 0.6)
    if not near:
        return ""
    theirs = [cell for cell in cells if split_cell(cell)[0] == near[0]]
    return near_miss(f"{near[0]}.{attribute}", theirs) or near_miss(f"{near[0]}.holder", theirs)


_SHARED: Final = frozenset(
    {"agreement", "agreements_beside", "violated", "violated_by", "ended", "exchanged", "released"}
)
"""The attributes of a pair that are of both alike: their cells name the two in the order of their ids."""


def find_query(
    written: str, cells: Collection[str], reading: Reading, testimony: Testimony, ground: Ground
) -> CellQuery:
    """The cell or the question that is meant: a cell of the state, be it unsaid, or any question that claims answer.

    Args:
        written: `ford.holder`, `Ford.holder`, `ford.holder (ford-falls)`, `mined/mill.occurred`.
        cells: the cells that were ever set.
        reading: whose questions may be meant.
        testimony: whether something happened can be asked of what was taken back, too.
        ground: for spellings.

    Raises:
        Fault: there is none; with the near miss.
    """
    by_id = {weighed.question.id: weighed.question for weighed in reading.decided}
    bracketed = re.fullmatch(r"(.+?) \((.+)\)", written.strip())
    for name in (written, f"{cell_in_ids(bracketed[1], ground)} ({bracketed[2]})" if bracketed else written):
        if name in by_id:
            return CellQuery(by_id[name].cell, by_id[name].episode)
    if bracketed:
        question = f"{cell_in_ids(bracketed[1], ground)} ({bracketed[2]})"
        hint = (
            near_miss(question, by_id)
            or "Leave out the brackets to ask of the cell; 'situation disputes' names questions."
        )
        raise Fault(f"There is no question '{written.strip()}'.", hint)
    questions = {question.cell for question in by_id.values()}
    questions |= {f"{happening}.occurred" for happening in reading.joins.happening.values()}
    cell = (
        _among(written, {*cells, *questions}, ground)
        or _happening(written, questions, ground)
        or _unsaid(written, ground)
    )
    if cell is None:
        cell = _among(written, _taken_back(reading, testimony, ground), ground)
    return CellQuery(cell or find_cell(written, [*cells, *sorted(questions)], ground))


def parts_estimated(cell: str, testimony: Testimony, ground: Ground) -> str:
    """Where nobody puts a number on a whole force, the cells of its parts on which somebody does; else empty."""
    subject, attribute = split_cell(cell)
    whole, _, place = subject.partition("@")
    if attribute != "strength" or whole not in ground.actors:
        return ""
    events = (claim.event for claim in testimony.claims.values() if isinstance(claim.event, StrengthAssessed))
    parts = {
        it.actor for it in events if it.place == place and it.actor != whole and ground.under(it.actor, ActorId(whole))
    }
    cells = ", ".join(f"{part}@{place}.strength" for part in sorted(parts))
    return f" There are numbers of its parts: {cells}." if cells else ""


def _among(written: str, cells: Collection[str], ground: Ground) -> str | None:
    names = (written, in_ids := cell_in_ids(written, ground), _other_way_round(in_ids))
    return next((name for name in names if name in cells), None)


def _other_way_round(cell: str) -> str:
    """What two share, such as an agreement, asked of the two in the other order; of what is directed no cell of that order."""
    subject, attribute = split_cell(cell)
    one, between, other = subject.partition(":")
    shared = between and attribute.partition(".")[0] in _SHARED
    return f"{other}:{one}.{attribute}" if shared else cell


def cell_in_ids(written: str, ground: Ground) -> str:
    """A cell as written, its places and actors by their ids; `.holder` where no attribute is named."""
    subject, attribute = split_cell(written) if "." in written else (written, "holder")
    if ground.find(written) is not None:
        subject, attribute = written, "holder"
    return f"{event_in_ids(subject, ground) if '/' in subject else _subject_in_ids(subject, ground)}.{attribute}"


def event_in_ids(written: str, ground: Ground) -> str:
    """A happening as written, `captured/The Ford` or with its episode, its place and actors by their ids."""
    kind, slash, rest = written.partition("/")
    subject, further, episode = rest.partition("/")
    return f"{kind.lower() if slash else kind}{slash}{_subject_in_ids(subject, ground)}{further}{episode}"


def event_near(written: str, ground: Ground) -> str:
    """A happening with each name that nothing bears read as the nearest that something bears, by their ids."""
    kind, slash, rest = written.partition("/")
    subject, further, episode = rest.partition("/")
    return f"{kind.lower()}{slash}{_subject_in_ids(subject, ground, nearest_id)}{further}{episode}"


def nearest_id(written: str, ground: Ground, among: Collection[str] | None = None) -> str | None:
    """The id of what bears the name that is most like one, in any spelling; None where none is near.

    Args:
        written: what nothing is called.
        ground: the map.
        among: ids of what may be meant; anything on the map where left out.
    """
    keys = [key for key, thing in ground.spellings.items() if among is None or thing in among]
    close = most_alike(spelling_key(written), keys, 0.6)
    return ground.spellings[close[0]] if close else None


def _near_names(written: str, cells: Collection[str], ground: Ground) -> str:
    """A question that offers the cell with the names that are nearest to those written; empty where there is none."""
    subject, attribute = split_cell(written) if "." in written else (written, "holder")
    meant = event_near(subject, ground) if "/" in subject else _subject_in_ids(subject, ground, nearest_id)
    if meant == subject:
        return ""
    cell = f"{meant}.{attribute}"
    if cell in cells or _unsaid(cell, ground) or any(name.startswith(f"{meant}/") for name in cells):
        return f"Did you mean '{cell}'?"
    attributes = sorted({of for thing, of in map(split_cell, cells) if thing == meant})
    close = most_alike(attribute, attributes, 0.6)
    return f"Did you mean '{meant}.{close[0]}'?" if close else ""


def _subject_in_ids(subject: str, ground: Ground, otherwise: Callable[[str, Ground], str | None] | None = None) -> str:
    """A subject with its parts by their ids; `otherwise` gives that of a part that nothing on the map is called."""
    tables: tuple[Collection[str], ...] = (ground.places, ground.actors, ground.operations, ground.regions)

    def id_of(part: str) -> str:
        if part in "@:+" or any(part in table for table in tables):
            return part
        return ground.find(part) or (otherwise(part, ground) if otherwise is not None else None) or part

    return "".join(map(id_of, re.split("([@:+])", subject)))


def _happening(written: str, questions: Iterable[str], ground: Ground) -> str | None:
    """Whether something happened, asked by the kind and the place alone: `mined/mill.occurred`."""
    subject, attribute = split_cell(cell_in_ids(written, ground))
    matching = [cell for cell in questions if cell.startswith(f"{subject}/") and split_cell(cell)[1] == attribute]
    if len(matching) > 1:
        raise Fault(
            f"'{written}' may be any of {len(matching)} happenings.", f"Name one: {', '.join(sorted(matching))}."
        )
    return matching[0] if matching else None


def _taken_back(reading: Reading, testimony: Testimony, ground: Ground) -> set[str]:
    """Of every event of which what was taken back tells: the cells, and whether it happened, by kind and place."""
    gone = [claim for name, claim in testimony.claims.items() if name in reading.taken_back and claim.event is not None]
    events = ((type(claim.event).__name__, claim.event.subject) for claim in gone if claim.event is not None)
    return {f"{kind.lower()}/{subject}.occurred" for kind, subject in events} | {
        cell for claim in gone for cell in speaks(claim, ground)
    }


def _unsaid(written: str, ground: Ground) -> str | None:
    """A cell that `state` shows though nothing has set it: nobody rings the place, nobody declared victory."""
    cell = cell_in_ids(written, ground)
    subject, attribute = split_cell(cell)
    actors, places = set(ground.actors), set(ground.places)
    known = {
        "place": subject in places,
        "operation": subject in ground.operations,
        "@": _pair(subject, "@", actors, {*places, *ground.regions}),
        ":": _pair(subject, ":", actors, actors),
    }
    return cell if any(fits and attribute in SHOWN[kind] for kind, fits in known.items()) else None


def _pair(subject: str, sign: str, ones: Collection[str], others: Collection[str]) -> bool:
    one, between, other = subject.partition(sign)
    return bool(between) and one in ones and other in others
