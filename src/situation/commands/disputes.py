"""`situation disputes`: on what the sources disagree, and what the state contradicts."""

from __future__ import annotations

import click
from rich.text import Text
from rich.tree import Tree

from situation.commands.cli import main
from situation.commands.options import lens_options, open_record, report_errors, situation_argument
from situation.commands.output import console, print_json, print_lens
from situation.dates import Interval
from situation.log.name_words import at_place
from situation.log.record_words import sentence
from situation.log.value_words import cell_in_words, claim_answer_in_words, list_in_words
from situation.record.alternatives.views import view_as_named
from situation.record.answers.state import Lens, disputes_answer
from situation.record.beliefs.accepted_words import accepted_because
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.disputed_control import DisputedControl
from situation.record.disputes import Dispute, Disputes, ground_of_question, time_of_question, untestable_because
from situation.record.joining.possibly import PossiblyOne
from situation.record.joining.topic import ground_then, span_of
from situation.record.record import Record

__all__: list[str] = []


@main.command("disputes")
@situation_argument
@click.option("--all", "everything", is_flag=True, help="Also answers that agree, refine, or are stages of one thing.")
@lens_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _disputes(situation: str | None, everything: bool, lens: Lens, without: tuple[str, ...], as_json: bool) -> None:
    """List disputes (answers in tension, or contradicting each other), statements that the state contradicts,
    statements that nothing can test, and reports that may describe the same event. All are derived from the claims
    each time.

    \b
    Example:
      situation disputes al-qaim-2017 --known-at 2017-11-03
    """
    record = open_record(situation, without)
    if as_json:
        print_json({"view": view_as_named(lens.view, record.ground), **disputes_answer(record, lens, everything)})
        return
    findings = record.disputes(**lens.keys)
    control = DisputedControl(record.ground, record.history(**lens.keys))
    out = console()
    print_lens(lens, record)
    out.print(Text(f"This belief takes {BELIEF_RULES[lens.belief]}.", "dim"), soft_wrap=True)
    for title, tree in _trees(findings, control, record, everything):
        out.print(title, style="bold underline")
        out.print(tree)
        out.print()


def _trees(findings: Disputes, control: DisputedControl, record: Record, everything: bool) -> list[tuple[str, Tree]]:
    ground = record.ground
    disputed = Tree("", hide_root=True)

    def order(dispute: Dispute) -> tuple[bool, str, Interval, str]:
        when = time_of_question(dispute.weighed.question, ground) or ground.window
        return dispute.relation != "contradicts", cell_in_words(dispute.cell, ground), when, dispute.question

    for dispute in sorted(findings.disputes, key=order):
        then = ground_of_question(dispute.weighed.question, ground)
        branch = disputed.add(Text(f"{dispute.heading(ground)}  ", "bold").append(dispute.relation, "red"))
        answers = zip(dispute.weighed.question.answers, dispute.weighed.weights, strict=True)
        for answer, weight in sorted(answers, key=lambda pair: (-pair[1], pair[0] is not dispute.weighed.accepted)):
            taken = answer is dispute.weighed.accepted
            text = Text("✓ " if taken else "  ")
            text.append(claim_answer_in_words(answer.value, answer.claims[0], then), "bold" if taken else "")
            because = accepted_because(dispute.weighed, then) if taken else ""
            tie = because or (dispute.weighed.tie if answer in dispute.weighed.tied else "")
            text.append(
                f"  weight {weight:.2f}{tie and f', {tie}'}  {' '.join(claim.id for claim in answer.claims)}", "dim"
            )
            branch.add(text)
        if dispute.note:
            branch.add(Text(dispute.note, "dim"))
        until = (control.spans(dispute) or [(0, None)])[-1][1]
        if until is not None and not dispute.cell.endswith(".when"):
            branch.add(Text(f"until {ground.clock.spoken_day(until)}, when a later event settled who holds it", "dim"))
    contradicted = Tree("", hide_root=True)
    for mismatch in findings.mismatches:
        claim = record.testimony.claims[mismatch.claim]
        branch = contradicted.add(
            Text(f"{mismatch.claim}  ", "bold").append(
                f"{_STANCE_WORDS[mismatch.stance]}{sentence(claim.content, ground.at(span_of(claim, ground).latest))}",
                "",
            )
        )
        branch.add(Text(f"but: {mismatch.state}", "red"))
        named = dict.fromkeys(
            it if it in record.testimony.claims else "what is assumed at the start" for it in mismatch.because
        )
        branch.add(Text(f"because of {list_in_words(named)}", "dim"))
    untestable = Tree("", hide_root=True)
    for name in findings.untestable:
        claim = record.testimony.claims[name]
        reason = untestable_because(claim.predicate)
        untestable.add(Text(f"{name}  ", "bold").append(claim.says, "")).add(Text(f"since {reason}", "dim"))
    trees = [
        (f"Disputes ({len(findings.disputes)}); ✓ marks the answer taken", disputed),
        (f"Mismatches ({len(findings.mismatches)}): statements that the state contradicts", contradicted),
        (f"Untestable ({len(findings.untestable)}): statements that the state cannot answer", untestable),
    ]
    if findings.possibly_one:
        doubts = Tree("", hide_root=True)
        for doubt in findings.possibly_one:
            doubts.add(
                Text(f"{' '.join(doubt.claims[0])} | {' '.join(doubt.claims[1])}  ", "bold").append(
                    f"{_pair_in_words(doubt, record)}: {doubt.why}", ""
                )
            )
        title = f"Possibly one ({len(findings.possibly_one)}): not joined; write 'same' or 'separate' in the record"
        trees.append((title, doubts))
    if everything:
        pairs = Tree("", hide_root=True)
        for pair in findings.pairs:
            then = ground_then((*pair.one.claims, *pair.other.claims), ground)
            text = Text(f"{pair.relation:<12} ", "bold").append(f"{cell_in_words(pair.cell, then)}: ")
            ids = [" ".join(claim.id for claim in answer.claims) for answer in (pair.one, pair.other)]
            text.append(ids[0] if pair.one is pair.other else f"{ids[0]} | {ids[1]}", "dim")
            pairs.add(text)
        trees.append((f"All relations ({len(findings.pairs)})", pairs))
    return trees


def _pair_in_words(doubt: PossiblyOne, record: Record) -> str:
    """What two happenings are that may be one, where, and when each of them was."""
    ground, claims = record.ground, record.testimony.claims
    sides = [[claims[name] for name in side] for side in doubt.claims]
    events = [claim.event for side in sides for claim in side if claim.event is not None]
    nouns = " and ".join(dict.fromkeys(event.noun for event in events))
    places = dict.fromkeys(str(event.place) for event in events if event.place is not None)
    where = "".join(f" {at_place(place, ground)}" for place in places)
    spans = [claim.happened.span for side in sides for claim in side[:1] if claim.happened]
    times = dict.fromkeys(ground.clock.spoken(span) for span in spans)
    return f"{nouns}{where}, {' | '.join(times)}"


_STANCE_WORDS = {"asserts": "", "denies": "denies that "}
