"""The panels of the page that there can be a picture of, by the names in which people ask for them."""

from __future__ import annotations

from attrs import frozen

from situation.errors import Fault, near_miss

__all__ = ["FORMATS", "PANELS", "Panel", "find_panel"]

FORMATS = ("png", "svg", "pdf")


@frozen
class Panel:
    """A part of the page.

    Args:
        name: what people call it.
        about: what it shows, in a few words.
        selector: where it stands on the page, in CSS.
        width: how wide its picture is where nobody says, in pixels of CSS.
        stories: whether only the pages of ensembles and comparisons have it.
    """

    name: str
    about: str
    selector: str
    width: int = 760
    stories: bool = False


PANELS = {
    panel.name: panel
    for panel in (
        Panel("map", "who holds what", ".card.map", 700),
        Panel("strips", "control over time, a strip a place", ".card.strips", 820),
        Panel("expected", "when places change hands", ".card.expected", 820, stories=True),
        Panel("questions", "the scenario's questions with their odds", ".card.questions", stories=True),
        Panel("hangs-on", "what the chosen question hangs on", ".card.hangs", stories=True),
        Panel("detail", "what happened, and who says so", ".card.detail"),
        Panel("disputes", "where sources disagree", ".card.disputes"),
        Panel("clashes", "clashes between uneasy partners", ".card.clashes", stories=True),
        Panel("fates", "what becomes of the men", ".card.fates", stories=True),
        Panel("bands", "strengths in the stories", ".card.fans", stories=True),
        Panel("events", "events by kind", ".card.events"),
        Panel("reports", "who reported it, and when", ".card.reports"),
        Panel("coverage", "days of which any source speaks", ".card.coverage"),
        Panel("strengths", "strengths, as estimated", ".card.strengths"),
        Panel("table", "every place on the chosen date", "#table-box", 820),
        Panel("assumptions", "numbers without a source", "#assumptions-box", 820),
        Panel("sources", "sources and speakers, with their grades", "#sources-box", 820),
        Panel("page", "the whole page", "body", 1600),
    )
}


def find_panel(name: str, form: str, kind: str) -> Panel:
    """The panel of a name, where a page of this kind has it.

    Args:
        name: the panel's.
        form: the format of its picture, for the error.
        kind: the kind of the page: replay, ensemble or comparison.

    Raises:
        Fault: there is no such panel, or not on such a page.
    """
    here = [panel.name for panel in PANELS.values() if not panel.stories or kind != "replay"]
    panel = PANELS.get(name)
    if panel is None:
        advice = near_miss(name, here) or f"Name one of: {', '.join(here)}."
        raise Fault(f"There is no panel '{name}'.", advice, argument=form)
    if name not in here:
        advice = f"Name the folder of an ensemble, or one of: {', '.join(here)}."
        raise Fault(f"A page without stories has no panel '{name}'.", advice, argument=form)
    return panel
