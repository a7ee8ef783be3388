"""What a brief says of what may follow: the answers, what the scenario changes in them, and the signs to watch for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from situation.dates import DAY
from situation.ensemble.answer_words import (
    DIFFERENCE_COLUMNS,
    ESTIMATES,
    answer_row,
    answer_with_unit,
    by_difference,
    difference_row,
    no_difference_in_words,
    percent,
)
from situation.log.given_names import name_in_words
from situation.log.story_words import RUNGS
from situation.log.value_words import list_in_words
from situation.page.brief.payload_words import PayloadWords
from situation.page.brief.structure import BriefBlock, BriefTable, Bullets, Paragraph, Section
from situation.page.judgements import weightiest

__all__ = ["outlook"]

_QUESTIONS, _POSTS, _OF_A_POST, _CHANGED = 9, 4, 2, 5
"""Rows of the answers, signs, questions by a sign, and answers beside the differences, at most."""
_LEAST_GAP: Final = 0.1
"""The least by which a share differs with a sign worth watching for."""
_TAKEN = re.compile(r"(\S+) taken by (\S+)")
_CLASH = re.compile(r"clash of (\S+) and (\S+) at rung (\d)")


def outlook(words: PayloadWords, stories: Mapping[str, Any]) -> tuple[Section, ...]:
    """The sections on what may follow.

    Args:
        words: the payload of the page, in words.
        stories: the scenario's stories in it.
    """
    return _Outlook(words, stories).sections()


@frozen
class _Outlook:
    """The sections on what may follow in these stories."""

    words: PayloadWords
    stories: Mapping[str, Any]

    def sections(self) -> tuple[Section, ...]:
        compared = self.words.payload.get("comparison")
        answers = list(self.stories["questions"])
        if not compared:
            return (*self._followed(answers[:_QUESTIONS], ""), *self._posts(answers))
        differing, _ = by_difference({"questions": list(compared["questions"].values())})
        place = {row["question"]: at for at, row in enumerate(differing)}
        answers.sort(key=lambda it: place.get(it["question"], len(place)))
        shares = [it for it in answers if it["question"] in place and "share" in it][:_CHANGED]
        changed = Section("What the scenario changes", tuple(self._differences(compared)))
        return changed, *self._followed(shares, " with the scenario"), *self._posts(answers)

    def _followed(self, answers: Sequence[Mapping[str, Any]], under: str) -> tuple[Section, ...]:
        """The answers with their outer bands, words and confidence."""
        rows = []
        for it in answers:
            middle, outer, _, said = answer_row(it)
            mover = weightiest(it)
            number = self.stories["numbers"].get(mover["number"], {}).get("words", "") if mover else ""
            number = number or ("none beyond luck" if it.get("weights") and not under else "")
            rows.append((it["text"] or name_in_words(it["question"]), middle, outer, said, number))
        heads = ("question", "answer", "outer band", "in words", "moves most with")
        columns = len(heads) if any(row[-1] for row in rows) else len(heads) - 1
        if not rows:
            return ()
        note = "Shares of the stories, or the median of a time or number; the words are read off the outer band."
        table = BriefTable(heads[:columns], tuple(row[:columns] for row in rows))
        return (Section(f"What may follow{under}", (table, Paragraph(note))),)

    def _differences(self, compared: Mapping[str, Any]) -> list[BriefBlock]:
        rows = {"questions": list(compared["questions"].values())}
        differing, _ = by_difference(rows)
        same = no_difference_in_words(rows)
        if not differing:
            return [Paragraph(same)] if same else []
        heads = ("question", "baseline", "scenario", *DIFFERENCE_COLUMNS[3:-1])
        table = BriefTable(heads, tuple(difference_row(row)[:-1] for row in differing[:_QUESTIONS]))
        note = f"{ESTIMATES} Differences are scenario less baseline, of shares in points."
        return [table, Paragraph(f"{same} {note}".strip())]

    def _posts(self, answers: Sequence[Mapping[str, Any]]) -> tuple[Section, ...]:
        """The signs to watch for, each once, with what the answers are where it is seen and where not."""
        signs: dict[str, list[str]] = {}
        for answer in answers:
            for post in answer.get("signposts", ())[:1]:
                if then := _then(answer, post):
                    signs.setdefault(self._sign(post), []).append(then)
        shown = [f"{sign}: {' '.join(then[:_OF_A_POST])}" for sign, then in list(signs.items())[:_POSTS]]
        return (Section("Signposts to watch", (Bullets(tuple(shown)),)),) if shown else ()

    def _sign(self, post: Mapping[str, Any]) -> str:
        day = self.words.day(self.words.end + int(post["by_day"]) * DAY)
        return f"{self._event(post['event'])} by {day}, as in {percent(post['seen'])} of the stories"

    def _event(self, event: str) -> str:
        name_of = self.words.name_of
        if match := _TAKEN.fullmatch(event):
            return f"{name_of(match[1])} taken by {list_in_words(name_of(it) for it in match[2].split('+'))}"
        if match := _CLASH.fullmatch(event):
            rung = RUNGS[int(match[3])]
            return f"{rung[0].upper()}{rung[1:]} between {name_of(match[1])} and {name_of(match[2])}"
        given = event.removesuffix(" has come about")
        plan = next((row for row in self.stories.get("given", ()) if row["given"] == given), None)
        if plan is not None and given.startswith("plan/"):
            return f"{plan['text'][0].upper()}{plan['text'][1:]}"
        return f'The scenario\'s condition "{name_in_words(given)}" is met'


def _then(answer: Mapping[str, Any], post: Mapping[str, Any]) -> str:
    """What the answer is with a sign and without; empty where the sign tells next to nothing."""
    seen, unseen = post["where_seen"], post["where_not"]
    question = answer["text"] or name_in_words(answer["question"])
    if "share" not in answer:
        if f"{seen:,.0f}" == f"{unseen:,.0f}":
            return ""
        return f"{question} {answer_with_unit(f'{seen:,.0f}', answer['unit'])} on average if it is seen, {unseen:,.0f} if not."
    if abs(seen - unseen) < _LEAST_GAP:
        return ""
    return f"{question} {percent(seen)} if it is seen, {percent(unseen)} if not."
