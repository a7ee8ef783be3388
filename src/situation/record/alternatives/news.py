"""What became known between two times: the claims that count since, those that count no more, and what each speaks against."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import frozen

from situation.record.readings.reading import Reading

__all__ = ["News"]


@frozen
class News:
    """What became known between two times: the claims learned and taken back, and what each speaks against.

    Args:
        learned, taken_back, by: as in `Hindsight`.
        restored: from a claim that counts again to the retractions that were taken back, and what took them back.
        rivals: from a claim to those learned or taken back that answer a question with it, or deny what it tells.
    """

    learned: frozenset[str]
    taken_back: frozenset[str]
    by: Mapping[str, str]
    restored: Mapping[str, frozenset[str]]
    rivals: Mapping[str, frozenset[str]]

    @classmethod
    def between(cls, before: Reading, now: Reading) -> News:
        counted = [_counting(reading) for reading in (before, now)]
        learned, gone = counted[1] - counted[0], counted[0] - counted[1]
        by = {name: now.taken_back[name].id for name in sorted(gone) if name in now.taken_back}
        backs = {name: before.taken_back[name].id for name in learned if name in before.taken_back}
        restored = {name: frozenset({back, by[back]}) for name, back in backs.items() if back in by}
        rivals: dict[str, set[str]] = {}
        for weighed in (*before.decided, *now.decided):
            answering = {claim.id for answer in weighed.question.answers for claim in answer.claims}
            for name in sorted(answering) if (new := answering & (learned | gone)) else ():
                rivals.setdefault(name, set()).update(new)
        return cls(learned, gone, by, restored, {name: frozenset(new) for name, new in rivals.items()})

    def behind(self, claims: Collection[str], or_else: Collection[str] = ()) -> tuple[str, ...]:
        """Of some claims those that make a difference: the ones learned or taken back, with what took them back; else what
        speaks against them; else `or_else`, or all.
        """
        mine = set(claims)
        news = mine & (self.learned | self.taken_back)
        news = news or {rival for name in mine for rival in self.rivals.get(name, ())} or set(or_else) or mine
        backs = {self.by[name] for name in news if name in self.by}
        return tuple(sorted(news | backs | {back for name in news for back in self.restored.get(name, ())}))


def _counting(reading: Reading) -> frozenset[str]:
    """The claims that count, and the retractions that do."""
    backs = {back.id for back in reading.taken_back.values() if back.mode == "retracts"}
    return frozenset({*reading.claims, *(backs - reading.taken_back.keys())})
