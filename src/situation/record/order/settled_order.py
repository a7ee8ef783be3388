"""What overlapping times come to: an order, an end without one, no order, or rivals of which one is believed."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from attrs import define, evolve, field

from situation.dates import Interval
from situation.events import AreaId, OrderUnknown
from situation.log.entry import Entry, Reported
from situation.log.fold import Folding, fold
from situation.log.state import HOLDING, State
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.joining.disjoint import runs_in_time
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.order.chains import MOST_TRIED, Chain, Chains, KnownChains, arenas, chains_of, places_changed
from situation.record.order.rival_dates import DatesSought, rival_dates
from situation.record.order.rival_ends import fullest, rival_ends, who_says_so
from situation.record.order.sequence import Before, behind, follows, in_order, in_sequence, spread_out, stated_sequence
from situation.record.order.ships import fate_of, struck_ships
from situation.record.order.thrown_back import accounts_of_one_attack, untried_rivals, with_later_accounts
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["ChooseOrder", "SettledOrder", "in_question", "settled"]

ChooseOrder = Callable[[str, int], int]
"""From the name of an uncertain order and the number of orders there are to the one that is drawn."""


@define
class SettledOrder:
    """Entries in order; the questions that arose where not all could be so; the happenings passed over, by id."""

    entries: list[Entry]
    decided: list[WeighedQuestion] = field(factory=list)
    passed_over: list[str] = field(factory=list)


def settled(
    entries: list[Entry],
    start: State,
    known: Evidence,
    claims: Mapping[str, Claim],
    belief: Belief,
    name: str,
    choose: ChooseOrder | None = None,
    chains: KnownChains | None = None,
    sought: DatesSought | None = None,
) -> SettledOrder:
    """Put entries in order.

    Args:
        entries: what is held to have happened, each at a minute of its accepted interval.
        start: the state at the window's start.
        known: the evidence, with the ground.
        claims: the claims that count, by id.
        belief: decides between rivals.
        name: the belief's name.
        choose: draws an order where several are possible; left out, the order is then not known.
        chains: those of other drawings of the record, where it is drawn.
        sought: the search for rival dates, as it stands after the strand was read before.
    """
    if len(entries) < 2:  # alone it follows nothing, and has no rival
        return SettledOrder([evolve(entry, by_draw=True) for entry in entries] if choose is not None else entries)
    ground = known.ground
    before = stated_sequence(entries, claims, ground)
    placed = in_sequence(entries, before)
    work = _Settling(known, claims, belief, name, choose, chains, before, {entry.id: entry for entry in placed})
    for ship, befell in struck_ships(placed):
        fate = fate_of(ship, befell, before, known, claims, belief)
        work.drop(fate.passed_over)
        work.entries |= fate.kept
        work.decided += fate.decided
    work.known_order = {name: dict(steps) for name, steps in before.items()}
    for places, group in arenas([entry for entry in placed if entry.time >= ground.window.earliest], ground):
        state = start
        passed: list[Entry] = []  # since that state, in order
        runs = runs_in_time(group, lambda entry: entry.span.clipped_to(ground.window))
        for together in with_later_accounts(runs, start, before, known, claims, MOST_TRIED):
            by_time = in_order(together, before)
            if all(follows(later.id, sooner.id, before) for sooner, later in itertools.pairwise(by_time)):
                passed += by_time
            else:
                state, passed = work.settle(places, together, fold(passed, ground, state)), []
    ordered = [
        evolve(entry, after=behind(entry.id, work.known_order), by_draw=choose is not None)
        if work.known_order.get(entry.id) or choose is not None
        else entry
        for entry in in_sequence([*work.entries.values(), *work.marks], before)
    ]
    dated = rival_dates(ordered, start, known, claims, belief, sought)
    return SettledOrder(dated.entries, [*work.decided, *dated.decided], work.passed_over)


@define
class _Settling:
    known: Evidence
    claims: Mapping[str, Claim]
    belief: Belief
    name: str
    choose: ChooseOrder | None
    known_chains: KnownChains | None
    before: Before
    entries: dict[str, Entry]
    known_order: Before = field(factory=dict)
    """What each entry is known to come after: by stated sequence, and by what every possible order has."""
    marks: list[Entry] = field(factory=list)
    decided: list[WeighedQuestion] = field(factory=list)
    passed_over: list[str] = field(factory=list)

    def settle(self, places: tuple[str, ...], together: list[Entry], start: State) -> State:
        """Settle one set of events that no stated sequence orders, and give the state after it."""
        chains = chains_of(places, together, start, self.before, self.known.ground, self.known_chains)
        if chains.untried:
            if rivals := untried_rivals(chains, start, self.before, self.known, self.claims):
                return self._rivals(evolve(chains, partial=rivals), start, frozenset())
            return self._unknown(chains, tuple(self._alone(entry, places, start) for entry in chains.entries), start)
        apart = accounts_of_one_attack(chains.whole or chains.partial, self.before, self.known, self.claims)
        if apart:
            ground, known_chains = self.known.ground, self.known_chains
            chains = chains_of(places, together, start, self.before, ground, known_chains, apart)
        if not chains.whole:
            return self._rivals(chains, start, apart)
        if self.choose is not None:
            chosen = chains.whole[self.choose(self._label(chains.entries), len(chains.whole))]
            return self._ordered(chosen, start, (chosen,))
        if not _open_places(chains.places, chains.whole, start):
            return self._ordered(chains.whole[0], start, chains.whole)
        return self._unknown(chains, chains.whole, start)

    def _alone(self, entry: Entry, places: tuple[str, ...], start: State) -> Chain:
        after = fold([entry], self.known.ground, start).cells
        return Chain((entry,), ({f"{p}.{name}": after.get(f"{p}.{name}") for p in places for name in HOLDING},))

    def _label(self, entries: tuple[Entry, ...]) -> str:
        return " and ".join(sorted(entry.id for entry in entries))

    def _ordered(self, chain: Chain, start: State, orders: Sequence[Chain]) -> State:
        """Place the events of a chain one after the other, within their times; `orders`: all in which they can have come."""
        ground = self.known.ground
        sharing = [
            (sooner, later)
            for sooner, later in combinations(range(len(chain.entries)), 2)
            if set(places_changed(chain.entries[sooner].event, ground))
            & set(places_changed(chain.entries[later].event, ground))
        ]
        times = [entry.time for entry in chain.entries]
        if any(times[later] <= times[sooner] for sooner, later in sharing):
            times = spread_out([entry.span.clipped_to(ground.window) for entry in chain.entries])
        for entry, time in zip(chain.entries, times, strict=True):
            self.entries[entry.id] = evolve(entry, time=time)
        for sooner, later in sharing:
            one, other = chain.entries[sooner], chain.entries[later]
            self.before[other.id].setdefault(one.id, 0)
            if all(_comes_before(one, other, order) for order in orders):
                self.known_order[other.id].setdefault(one.id, 0)
        return fold(chain.entries, self.known.ground, start)

    def _unknown(self, chains: Chains, orders: tuple[Chain, ...], start: State, rivals: bool = False) -> State:
        """Note for each place of which the course hangs on the order that it is not known, and the end where that is."""
        window = self.known.ground.window
        spans = [entry.span.clipped_to(window) for entry in chains.entries]
        span = Interval(min(it.earliest for it in spans), max(it.latest for it in spans))
        open_places = _open_places(chains.places, orders, start)
        silent = frozenset(f"{place}.{name}" for place in open_places for name in (*HOLDING, "taken_by"))
        for entry in chains.entries:
            self.entries[entry.id] = evolve(entry, silent=entry.silent | silent)
        cause = Reported(self.name, tuple(sorted({name for entry in chains.entries for name in entry.cause.claims})))
        after = Folding(self.known.ground, start)
        for entry in chains.entries:
            after.apply(self.entries[entry.id])
        label = min(entry.id for entry in chains.entries).rpartition("/")[2]
        for place in open_places:
            ends = {repr(_at_end(chain, place)): _at_end(chain, place) for chain in orders}
            answers = tuple(ends[text] for text in sorted(ends))
            first = min(entry.time for entry in chains.entries)
            between = answers if len(answers) > 1 else _on_the_way(orders, place, start)
            event = evolve(_mark(place, between), rivals=rivals)
            mark = Entry(self._unused(f"orderunknown/{place}/{label}"), first, span, event, cause)
            self._mark(mark, after)
            if len(answers) == 1:
                known = evolve(_mark(place, answers), answers=())
                self._mark(Entry(f"{mark.id}/end", span.latest, span, known, cause), after, mark.id)
        return after.taken()

    def _unused(self, name: str) -> str:
        """A name, with a number where an earlier mark has it: an episode may have two times at one place with no order."""
        numbered = (f"{name}/{number}" for number in itertools.count(2))
        return next(it for it in itertools.chain((name,), numbered) if it not in self.before)

    def _mark(self, mark: Entry, after: Folding, sooner: str = "") -> None:
        self.marks.append(mark)
        self.before[mark.id] = {sooner: 0} if sooner else {}
        after.apply(mark)

    def _rivals(self, chains: Chains, start: State, apart: frozenset[frozenset[str]]) -> State:
        """Let the belief decide between the ends to which as many events as fit together lead."""
        differing = [place for place in chains.places if len({_at_end(it, place)[0] for it in chains.partial}) > 1]
        everything = fold(sorted(chains.entries, key=lambda entry: entry.time), self.known.ground, start)
        if not differing:
            return everything
        place = in_question(differing, chains.entries, self.known.ground)
        by_end, ground = rival_ends(place, chains, apart), self.known.ground
        common = [entry for entry in chains.entries if all(entry in chain.entries for chain in chains.partial)]
        names = {end: who_says_so(place, end, of_end, common, ground) for end, of_end in by_end.items()}
        answers = tuple(Answer(end, tuple(self.claims[name] for name in said)) for end, said in names.items())
        question = CellQuestion(f"{place}.holder", self._label(chains.entries), answers)
        weighed = self.belief(question, self.known)
        self.decided.append(weighed)
        if weighed.tied:
            tied = tuple(chain for answer in weighed.tied for chain in by_end[answer.value])
            kept = [entry for entry in chains.entries if any(entry in chain.entries for chain in tied)]
            self._pass_over(chains.entries, kept)
            return self._unknown(evolve(chains, entries=tuple(kept)), tied, start, rivals=True)
        chosen = Chain(tuple(common), ())
        if weighed.accepted:
            end = weighed.accepted.value
            chosen = fullest(place, end, by_end[end], start, self.before, ground, apart)
        self._pass_over(chains.entries, chosen.entries)
        against = {claim.id for answer in answers for claim in answer.claims}
        disputed = [entry for entry in chosen.entries if entry not in common]
        chosen = evolve(chosen, entries=tuple(_held_against(it, against, disputed) for it in chosen.entries))
        return self._ordered(chosen, start, (chosen,))

    def _pass_over(self, entries: Sequence[Entry], kept: Sequence[Entry]) -> None:
        self.drop(entry.id for entry in entries if entry not in kept)

    def drop(self, names: Iterable[str]) -> None:
        """Leave out happenings that are not believed, by id."""
        for name in names:
            del self.entries[name]
            self.passed_over.append(name)
            self.before.pop(name)
            for later in self.before.values():
                later.pop(name, None)


def in_question(places: Sequence[str], entries: Sequence[Entry], ground: Ground) -> str:
    """Of several places of which rivals leave open who holds them, the one that most of these name; then the widest.

    Of several as wide it is the first on the map: no letters of an id choose.
    """
    named = Counter(str(entry.event.place) for entry in entries)
    turns = {str(area): turn for turn, area in enumerate((*ground.places, *ground.regions))}
    return min(places, key=lambda place: (-named[place], -len(ground.inside(AreaId(place))), turns[place]))


def _held_against(entry: Entry, rivals: set[str], disputed: list[Entry]) -> Entry:
    """An entry that was believed against others, with the claims of those others."""
    if entry not in disputed:
        return entry
    others = rivals - {name for one in disputed for name in one.cause.claims}
    assert isinstance(entry.cause, Reported)
    return evolve(entry, cause=entry.cause.held_against(others))


def _mark(place: str, answers: tuple[tuple[Any, ...], ...]) -> OrderUnknown:
    """That it is one of some answers: held as all of them say, where they agree on the holder; else held by nobody known."""
    holder, status, besieger, parts = (
        values[0] if all(value == values[0] for value in values) else None for values in zip(*answers, strict=True)
    )
    if any(answer[0] != answers[0][0] for answer in answers):
        return OrderUnknown(AreaId(place), answers=answers)
    return OrderUnknown(AreaId(place), holder, status or "unknown", besieger, parts or (), answers)


def _comes_before(one: Entry, other: Entry, chain: Chain) -> bool:
    names = [entry.id for entry in chain.entries]
    return one.id not in names or other.id not in names or names.index(one.id) < names.index(other.id)


def _at_end(chain: Chain, place: str) -> tuple[Any, ...]:
    return tuple(chain.end[f"{place}.{name}"] for name in HOLDING)


def _on_the_way(orders: tuple[Chain, ...], place: str, start: State) -> tuple[tuple[Any, ...], ...]:
    """Every control that a place may have had from before some events to their end."""
    cells = [f"{place}.{name}" for name in HOLDING]
    states = [start.cells, *(state for chain in orders for state in chain.states)]
    values = {repr(it): it for it in (tuple(state.get(cell) or None for cell in cells) for state in states)}
    return tuple(values[text] for text in sorted(values))


def _open_places(places: tuple[str, ...], orders: tuple[Chain, ...], start: State) -> list[str]:
    """The places whose course hangs on the order."""
    return [place for place in places if len({repr(_course(chain, place, start)) for chain in orders}) > 1]


def _course(chain: Chain, place: str, start: State) -> tuple[Any, ...]:
    """Who held a place, and how, from before a chain to its end, each change once."""
    cells = (f"{place}.holder", f"{place}.status", f"{place}.besieger")
    values = [tuple(state.get(cell) for cell in cells) for state in (start.cells, *chain.states)]
    return tuple(value for number, value in enumerate(values) if number == 0 or value != values[number - 1])
