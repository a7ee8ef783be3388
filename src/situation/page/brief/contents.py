"""What stands in a brief: made from the payload of a page, so that both say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from situation.log.value_words import count_in_words, list_in_words, number_in_figures, range_in_words
from situation.page.brief.outlook import outlook
from situation.page.brief.payload_words import PayloadWords
from situation.page.brief.score_words import score_words
from situation.page.brief.structure import Brief, BriefBlock, BriefTable, Bullets, Paragraph, Section
from situation.page.contract import DIGEST_DIGITS
from situation.page.method import skill_sentence
from situation.scenario.story_numbers import unit_in_words

__all__ = ["brief_of"]

_CHANGES, _DISPUTES, _ASSUMED, _SOURCES = 6, 5, 4, 10
"""Rows of each table at most, so that a brief stays on two pages."""
_LETTERS: Final = 190
"""Letters of a cell at most."""
_TITLE: Final = 60
"""Letters of a source's title at most."""
_HANDS: Final = (".holder", ".besieger", ".parts")
_OF_CONTROL: Final = (".taken_by", ".holder.when", ".holder")
_TRUST: Final = "These are odds in a model, and no forecast of a war: more stories do not narrow an outer band."
_SCORES_STAND: Final = "The scores, and where the model failed its own tests, stand in docs/limits.md of the program."


def brief_of(payload: Mapping[str, Any], mark: str, scores: Mapping[str, Any] | None = None) -> Brief:
    """The brief of what a page shows.

    Args:
        payload: the page's payload.
        mark: how the brief is to be handled; empty: it bears no mark.
        scores: how its stories scored, as `situation score` answers; None: nothing is said of it.
    """
    return _Contents(payload, scores).brief(mark)


@frozen
class _Contents(PayloadWords):
    """The sections of a brief."""

    scores: Mapping[str, Any] | None = None

    def brief(self, mark: str) -> Brief:
        stories, payload = self.stories, self.payload
        title = str(payload["title"])
        if stories is None:
            subtitle = f"What is documented up to {self.day(self.end)}. {payload['about']}"
        else:
            title = f"{title}: {stories['title']}"
            subtitle = (
                f"The record up to {self.day(self.end)}, and what may follow by a model: {self._simulated(stories)}."
            )
        sections = (
            self._judged(),
            self._evidence(),
            self._alone(),
            self._disputes(),
            *(outlook(self, stories) if stories is not None else ()),
            self._assumed(),
            self._trust(),
            self._sources(),
        )
        identity = payload["identity"]
        foot = f"Made by {identity['made_by']}; {payload['kind']} {identity['digest'][:DIGEST_DIGITS]}{self._pair()}."
        return Brief(title, subtitle, mark, tuple(it for it in sections if it.blocks), foot)

    def _pair(self) -> str:
        """Of a comparison, the ids of its two runs."""
        sides = self.payload["ensembles"] if self.payload.get("comparison") else {}
        digests = [
            f"{side} {sides[side]['digest'][:DIGEST_DIGITS]}" for side in ("scenario", "baseline") if side in sides
        ]
        return f", of {' and '.join(digests)}" if digests else ""

    def _simulated(self, stories: Mapping[str, Any]) -> str:
        """What was simulated: so many stories, or so many of a scenario and of its baseline."""
        baseline = self.payload["ensembles"].get("baseline") if self.payload.get("comparison") else None
        if baseline is None:
            return f"{count_in_words(stories['runs'], 'simulated story')}, seed {stories['seed']}"
        pairs = count_in_words(self.payload["comparison"]["pairs"], "pair of simulated stories")
        without = f"without (\u201c{baseline['title']}\u201d)"
        return f"{pairs}, with the scenario and {without}, on the same luck, seed {stories['seed']}"

    def _judged(self) -> Section:
        judgements = tuple(it["text"] for it in self.payload.get("judgements", ()))
        return Section("Key judgements", (Bullets(judgements),) if judgements else ())

    def _alone(self) -> Section:
        """The places of which one voice alone says who holds them, each with its holder and that voice."""
        rows = {place: row for it in self.payload.get("judgements", ()) for place, row in it.get("alone", {}).items()}
        words = [
            f"{self.name_of(place)}: {list_in_words(map(self.name_of, row['holder'].split('+')))} "
            f"({self.who(row['claims'], [row['claims']]) or 'assumed'})"
            for place, row in rows.items()
        ]
        return Section("Who holds what by a single voice", (Paragraph(f"{'; '.join(words)}."),) if words else ())

    def _evidence(self) -> Section:
        changed = self._changed()
        entries = (it for place, it in enumerate(self.reading["entries"]) if place in changed)
        control = [it for it in entries if it["lane"] == "control" and it["mark"] == "event"]
        first = self.payload["window"][0]
        last = sorted((it for it in control if first <= it["time"] <= self.end), key=lambda it: it["time"])[-_CHANGES:]
        rows = [
            (
                self.when(it["earliest"], it["latest"]),
                _cut(it["text"]),
                self.who(it["claims"], it.get("voices", ())),
                self.who([*it["against"], *self._rivals(it)]) or "nobody",
            )
            for it in reversed(last)
        ]
        blocks: tuple[BriefBlock, ...] = (
            (BriefTable(("when", "what", "who says so", "who dissents"), tuple(rows)),) if rows else ()
        )
        return Section("The last changes of control, and who says so", blocks)

    def _changed(self) -> frozenset[int]:
        """The entries after which a place is in other hands or ringed by others: who takes what is their own changes nothing."""
        last: dict[str, Any] = {}
        changed = set()
        for cell, value, _, _, entry, *_ in sorted(self.reading["history"], key=lambda row: int(row[2])):
            if cell.endswith(_HANDS):
                if cell in last and last[cell] != value:
                    changed.add(int(entry))
                last[cell] = value
        return frozenset(changed)

    def _rivals(self, entry: Mapping[str, Any]) -> list[str]:
        """The claims of the other answers, where it is disputed who took a place, or when."""
        if not entry["disputed"]:
            return []
        on = [
            it for it in self.reading["disputes"] if it["place"] == entry["place"] and it["cell"].endswith(_OF_CONTROL)
        ]
        answers = [one for it in on for one in it["answers"] if not one["accepted"]]
        return [claim for one in answers for claim in one["claims"] if claim not in entry["claims"]]

    def _disputes(self) -> Section:
        disputes = [it for it in self.reading["disputes"] if it["from"] <= self.end and self._over(it)]
        if not disputes:
            return Section("Where the sources disagree", ())
        order = sorted(
            disputes,
            key=lambda it: (
                not it["cell"].endswith(_OF_CONTROL),
                -sum(one["weight"] for one in it["answers"]),
            ),
        )
        rows = []
        for it in order[:_DISPUTES]:
            taken = [one for one in it["answers"] if one["accepted"]]
            rest = [one for one in it["answers"] if not one["accepted"] and not (taken and _is_whole(one, taken[0]))]
            rest.sort(key=lambda one: -one["weight"])
            others = _cut("; ".join(_weighed(one) for one in rest[:3]))
            rows.append((it["question"], _taken(taken[0], it["answers"]) if taken else "none", others))
        shown = f"{len(rows)} of {count_in_words(len(disputes), 'question')}" if len(rows) < len(disputes) else ""
        words = f"These are {shown}, those on control first. " if shown else ""
        units = any("unit_of" in one for it in order[:_DISPUTES] for one in it["answers"])
        first = (
            " Where that is a side and others name units of it, the unit of greatest weight is taken too."
            if units
            else ""
        )
        note = Paragraph(
            f"{words}The rule takes {self.reading['rule']}.{first} In brackets stands the weight of those who say so."
        )
        return Section(
            "Where the sources disagree", (BriefTable(("question", "taken", "also said"), tuple(rows)), note)
        )

    def _over(self, dispute: Mapping[str, Any]) -> bool:
        """Whether what is disputed was over where the stories begin; a sum that goes on beyond it tells of their time."""
        cited = [self.claims[it] for one in dispute["answers"] for it in one["claims"] if it in self.claims]
        return self.stories is None or not cited or any(it["latest"] <= self.end for it in cited)

    def _assumed(self) -> Section:
        stories = self.stories
        if stories is None:
            rows = [
                (it["what"], it["value"], _cut(it["reason"])) for it in self.payload.get("assumptions", ())[:_ASSUMED]
            ]
            heads = ("what", "assumed", "why")
            return Section("What is assumed", (BriefTable(heads, tuple(rows)),) if rows else ())
        blocks: list[BriefBlock] = [Paragraph(_cut(stories["assumes"], 420))] if stories["assumes"] else []
        numbers = []
        for name in stories["matters"]:
            row = stories["numbers"].get(name)
            if row:
                ends = number_in_figures(row["low"], 6), number_in_figures(row["high"], 6)
                span = f"{range_in_words(*ends)} {unit_in_words(row['unit'])}"
                numbers.append((row["words"], span, _cut(row["reason"] or row["source"] or "")))
        if numbers:
            blocks.append(BriefTable(("the numbers that matter most", "range", "why"), tuple(numbers)))
        elif stories["questions"]:
            blocks.append(Paragraph("There are too few stories to tell which assumed numbers matter most."))
        return Section("What is assumed", tuple(blocks))

    def _trust(self) -> Section:
        stories = self.stories
        said = [it for it in self.payload["claims"] if not it.get("later")]
        sources = len({it["source"] for it in said})
        items = [
            f"The record holds {count_in_words(len(said), 'claim')} of {count_in_words(sources, 'source')}; "
            f"what {'it does not report' if len(said) == 1 else 'none of them reports'} is not known here, and silence is not "
            "peace."
        ]
        if stories is not None:
            items += (_TRUST, f"{skill_sentence()} {_SCORES_STAND}")
            items += score_words(self.scores) if self.scores is not None else ()
            why = dict.fromkeys(
                it["confidence_because"] for it in stories["questions"] if it.get("confidence") == "low"
            )
            items += [f"Low confidence stands where {list_in_words(why)}."] if why else []
            failed = count_in_words(stories["failed"], "story")
            items += [f"{failed} of {stories['runs']:,} failed and count nowhere."] if stories["failed"] else []
        return Section("How far to trust it", (Bullets(tuple(items)),))

    def _titled(self, source: Mapping[str, Any]) -> str:
        """A source by its outlet, its title and when it came out."""
        title, published = str(source["title"]), source["published"]
        if title.startswith("("):  # of a lost title its description stands in brackets
            title = f" ({_cut(title.strip('()'), _TITLE)})"
        elif title:
            title = f", \u201c{_cut(title, _TITLE)}\u201d"
        return f"{source['outlet']}{title}, {self.when(published['earliest'], published['latest'])}"

    def _sources(self) -> Section:
        counts: dict[str, int] = {}
        for claim in self.payload["claims"]:
            if not claim.get("later"):
                counts[claim["source"]] = counts.get(claim["source"], 0) + 1
        rows = [it for it in self.payload["sources"] if it["id"] in counts]
        rows.sort(key=lambda it: -counts[it["id"]])
        shown_words = [
            f"{self._titled(it)} ({it['reliability']}, {count_in_words(counts[it['id']], 'claim')})"
            for it in rows[:_SOURCES]
        ]
        more = len(rows) - len(shown_words)
        words = "; ".join(shown_words) + (f"; and {count_in_words(more, 'other source')}." if more > 0 else ".")
        grades = "A to E grade reliability, the figures beside them credibility, 1 to 5; F and 6: cannot be judged."
        return Section("Sources", (Paragraph(words), Paragraph(grades)) if shown_words else ())


def _weighed(answer: Mapping[str, Any]) -> str:
    return f"{answer['value']} ({answer['weight']:.2f})"


def _is_whole(answer: Mapping[str, Any], taken: Mapping[str, Any]) -> bool:
    """Whether an answer names the side of which the accepted one names a unit."""
    return bool(answer["value"] == taken.get("unit_of"))


def _taken(answer: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> str:
    """The accepted answer, and why it is so where another is heavier; of a unit of a side, first the side."""
    whole = next((it for it in answers if _is_whole(it, answer)), None)
    if whole is not None:
        return f"{_weighed(whole)}; of its units {_weighed(answer)}"
    return "; ".join(it for it in (_weighed(answer), answer.get("because", "")) if it)


def _cut(text: str, most: int = _LETTERS) -> str:
    """A text of at most so many letters, cut after a word."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip(',;:')} \u2026"
