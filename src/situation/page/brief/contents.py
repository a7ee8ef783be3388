"""What stands in a brief: made from the payload of a page, so that both say the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from situation.dates import DAY
from situation.ensemble.answer_words import (
    DIFFERENCE_COLUMNS,
    answer_row,
    by_difference,
    difference_row,
    no_difference_in_words,
    percent,
)
from situation.log.given_names import name_in_words
from situation.log.story_words import RUNGS
from situation.log.value_words import count_in_words, list_in_words
from situation.page.brief.payload_words import PayloadWords
from situation.page.brief.score_words import score_words
from situation.page.brief.structure import Brief, BriefBlock, BriefTable, Bullets, Paragraph, Section
from situation.page.contract import DIGEST_DIGITS
from situation.page.judgements import weightiest

__all__ = ["brief_of"]

_CHANGES, _DISPUTES, _QUESTIONS, _POSTS, _ASSUMED, _SOURCES = 6, 5, 9, 4, 4, 10
"""Rows of each table at most, so that a brief stays on two pages."""
_LETTERS: Final = 190
"""Letters of a cell at most."""
_TITLE: Final = 60
"""Letters of a source's title at most."""
_HANDS: Final = (".holder", ".besieger", ".parts")
_OF_CONTROL: Final = (".taken_by", ".holder.when", ".holder")
_TAKEN = re.compile(r"(\S+) taken by (\S+)")
_CLASH = re.compile(r"clash of (\S+) and (\S+) at rung (\d)")
_TRUST: Final = (
    "These are odds in a model, and no forecast of a war: more stories do not narrow an outer band.",
    "Against what came about the model has nowhere been shown to do better than simple guesses beyond luck; its scores, and "
    "where it failed its own tests, stand in docs/limits.md of the program.",
)


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
            shown_words = f"{count_in_words(stories['runs'], 'simulated story')}, seed {stories['seed']}"
            title = f"{title}: {stories['title']}"
            subtitle = f"The record up to {self.day(self.end)}, and what may follow by a model ({shown_words})."
        sections = (
            self._judged(),
            self._evidence(),
            self._disputes(),
            *(self._outlook(stories) if stories is not None else ()),
            self._assumed(),
            self._trust(),
            self._sources(),
        )
        identity = payload["identity"]
        foot = f"Made by {identity['made_by']}; {payload['kind']} {identity['digest'][:DIGEST_DIGITS]}."
        return Brief(title, subtitle, mark, tuple(it for it in sections if it.blocks), foot)

    def _judged(self) -> Section:
        judgements = tuple(it["text"] for it in self.payload.get("judgements", ()))
        return Section("Key judgements", (Bullets(judgements),) if judgements else ())

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
                self.who(it["claims"]),
                self.who([*it["against"], *self._rivals(it)]),
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
        disputes = [it for it in self.reading["disputes"] if it["from"] <= self.end]
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
            rest = sorted((one for one in it["answers"] if not one["accepted"]), key=lambda one: -one["weight"])
            others = _cut("; ".join(_weighed(one) for one in rest[:3]))
            rows.append((it["question"], _weighed(taken[0]) if taken else "none", others))
        shown = f"{len(rows)} of {count_in_words(len(disputes), 'question')}" if len(rows) < len(disputes) else ""
        words = f"{shown}, those on control first. " if shown else ""
        note = Paragraph(
            f"{words}Where an answer is taken, it is {self.reading['rule']}; in brackets stands the weight of those who say so."
        )
        return Section(
            "Where the sources disagree", (BriefTable(("question", "taken", "also said"), tuple(rows)), note)
        )

    def _outlook(self, stories: Mapping[str, Any]) -> tuple[Section, ...]:
        compared = self.payload.get("comparison")
        blocks: list[BriefBlock] = [self._differences(compared)] if compared else []
        rows = []
        for it in stories["questions"][:_QUESTIONS]:
            middle, outer, _, words = answer_row(it)
            mover = weightiest(it)
            number = stories["numbers"].get(mover["number"], {}).get("words", "") if mover else ""
            number = number or ("none beyond luck" if it.get("weights") else "")
            rows.append((it["text"] or name_in_words(it["question"]), middle, outer, words, number))
        heads = ("question", "answer", "outer band", "in words", "moves most with")
        columns = len(heads) if any(row[-1] for row in rows) else len(heads) - 1
        if rows and not compared:
            blocks.append(BriefTable(heads[:columns], tuple(row[:columns] for row in rows)))
            note = "Shares of the stories, or the median of a time or number; the words are read off the outer band."
            blocks.append(Paragraph(note))
        sections = [Section("What the scenario changes" if compared else "What may follow", tuple(blocks))]
        posts = [self._post(it, post) for it in stories["questions"] for post in it.get("signposts", ())[:1]]
        said = tuple(dict.fromkeys(it for it in posts if it))[:_POSTS]
        sections.append(Section("Signposts to watch", (Bullets(said),) if said else ()))
        return tuple(sections)

    def _differences(self, compared: Mapping[str, Any]) -> BriefTable:
        rows = {"questions": list(compared["questions"].values())}
        differing, _ = by_difference(rows)
        shown_words = [difference_row(row)[:-1] for row in differing[:_QUESTIONS]]
        heads = ("question", "baseline", "scenario", *DIFFERENCE_COLUMNS[3:-1])
        same = no_difference_in_words(rows)
        blank = ("",) * (len(heads) - 1)
        return BriefTable(heads, tuple([*shown_words, (same, *blank)] if same else shown_words))

    def _post(self, answer: Mapping[str, Any], post: Mapping[str, Any]) -> str:
        """A sign to watch for, with what the answer then is; empty where it tells next to nothing."""
        share = "share" in answer
        seen, unseen = post["where_seen"], post["where_not"]
        if share and abs(seen - unseen) < 0.1:
            return ""
        if share:
            then = f"{percent(seen)} where it is seen, {percent(unseen)} where not"
        else:
            then = f"on average {seen:,.0f} {answer['unit']} where it is seen, {unseen:,.0f} where not"
        day = self.day(self.end + int(post["by_day"]) * DAY)
        question = answer["text"] or name_in_words(answer["question"])
        sign = f"{self._event(post['event'])} by {day}, as in {percent(post['seen'])} of the stories"
        return f"{sign}. {question} {then[0].upper()}{then[1:]}."

    def _event(self, event: str) -> str:
        if match := _TAKEN.fullmatch(event):
            return f"{self.name_of(match[1])} taken by {list_in_words(self.name_of(it) for it in match[2].split('+'))}"
        if match := _CLASH.fullmatch(event):
            rung = RUNGS[int(match[3])]
            return f"{rung[0].upper()}{rung[1:]} between {self.name_of(match[1])} and {self.name_of(match[2])}"
        given = event.removesuffix(" has come about")
        plan = next((row for row in (self.stories or {}).get("given", ()) if row["given"] == given), None)
        if plan is not None and given.startswith("plan/"):
            return f"{plan['text'][0].upper()}{plan['text'][1:]}"
        return f'The scenario\'s condition "{name_in_words(given)}" is met'

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
                span = f"{row['low']:g} to {row['high']:g} {row['unit']}"
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
            "what none of them reports is not known here, and silence is not peace."
        ]
        if stories is not None:
            items += _TRUST
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
        title = f", \u201c{_cut(source['title'], _TITLE)}\u201d" if source["title"] else ""
        published = source["published"]
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


def _cut(text: str, most: int = _LETTERS) -> str:
    """A text of at most so many letters, cut after a word."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip(',;:')} \u2026"
