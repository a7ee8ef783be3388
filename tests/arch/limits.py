"""Writes docs/limits.md: what the program leaves out, what it assumes, and how it did, from the code and other pages' results.

The same, as data, goes into the package for the tab *Method* of the page that a run has.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import orjson

from situation import rules
from situation.log.value_words import list_in_words
from situation.page.method import BESIDE_SIMPLE_ONES, MethodShape
from situation.record.loading import load
from situation.rules.priors import ASSUMED, Prior
from situation.scenario import NUMBERS, Force, load_scenario

__all__ = ["PAGE", "REPORT", "page", "report", "skill_in_words"]

DOCS = Path(__file__).parents[2] / "docs"
SCENARIOS = DOCS.parent / "scenarios"
PAGE = DOCS / "limits.md"
REPORT = Path(str(files("situation.page"))) / "assets" / "method.json"
BASELINES = (
    "al-qaim-2017/baseline-26-october",
    "al-qaim-2017/baseline-2-november",
    "al-qaim-2017/baseline",
    "falklands-1982/baseline-20-may",
)

HEAD = """\
# What it cannot tell

What the program leaves out, what it assumes, where it failed, and how it did. Written by `make docs` from the code and from the
pages that other programs write; only the list of failures is written by hand.

An answer of `situation run` is an answer *in this model*. It is no forecast of a war, and no run here has been shown to foretell
better than simple guesses do.
"""

FAILED = """\
## Where it failed

- *The pace of a war of positions.* In the stories of the Falklands Stanley holds out far longer than it did, and the hills about
  it fall sooner (`docs/scenarios.md`): nobody gives up a town because the hills about it are lost, every place that is taken
  keeps a garrison of its own, nothing waits for guns or supply, nobody is flown, and no ship fires. The end was known when the
  scenarios were written, and no number was changed for it.
- *A city quarter by quarter.* From 26 October 2017 most quarters of Deir ez-Zor fell on the seventh day. In the stories they fall
  one after the other, in the median between the fourth and the sixteenth day (`docs/scenarios.md`): a column goes for two
  places at a time at most. The order of a siege inside a city is not modelled.
- *What no plan foresees.* From 11 October one story of a hundred gives up Kirkuk by the 25th, and it fell on the fifth day: the
  scenario lets the Peshmerga hold (`docs/calibration.md`).
- *{beside}.* {skill} (below).
- *Regularity.* Losses follow the odds a little more closely than tables of battles show: odds explain 26 % of the differences in
  losses, where 8 to 25 % was aimed at (`docs/verification.md`, calibration targets). It was 24 % before `situation battle`
  bounded how many of a large side are hit by a small one, as stories do.
- *Large records.* The state of a hundred thousand claims takes longer than the twenty seconds that were meant, and some steps of
  the page of twenty thousand longer than a twentieth of a second (`docs/scale.md`).
- *Joins.* Left to itself the record finds fewer than half of the pairs of reports that people join (below).
"""


def page() -> str:
    """The page."""
    parts = [HEAD, _failed(), _scored(), _checked(), _joined(), _assumed(), _left_out()]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def report() -> bytes:
    """The same as data, for the page of a run."""
    checks = [[group, len(ends), ends.count("FAILS")] for group, ends in _checks()]
    failures = [
        [head, " ".join(re.sub(r"\s*\((?:below|`docs/)[^)]*\)", "", words).split())]
        for head, words in re.findall(r"^- \*(.+?)\.\* (.+?)(?=^- |\Z)", _failed(), re.DOTALL | re.MULTILINE)
    ]
    scores = []
    for scenario, table, luck in _scores():
        head, *rows = [re.split(r" {2,}", line.strip()) for line in table.splitlines()]
        said = " ".join(luck.partition("\n")[2].split())
        scores.append({"scenario": _named(scenario), "columns": head, "rows": rows, "luck": said})
    assumed = [
        [
            re.sub(r"`(.+?)`", lambda name: _named(name[1]), what),
            len(numbers),
            sum(it.source.startswith(ASSUMED) for it in numbers),
        ]
        for what, numbers in _numbers()
    ]
    whole: MethodShape = {
        "checks": checks,
        "failures": failures,
        "scores": scores,
        "joined": list(_joins()),
        "assumed": assumed,
        "left_out": [[name, _spelled(left)] for name, left in sorted(_omissions())],
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2) + b"\n"


def _spelled(text: str) -> str:
    """A text with the names of code in it as words."""
    return re.sub(r"(?<=\w)_(?=\w)", " ", text.replace("`", ""))


def _failed() -> str:
    """Where it failed: by hand, but for what the scores show beside forecasts without a model."""
    line = next(line for line in FAILED.splitlines() if "{skill}" in line)
    words = line.format(
        beside=BESIDE_SIMPLE_ONES,
        skill=skill_in_words((_named(name), table, luck) for name, table, luck in _scores()).rstrip("."),
    )
    return FAILED.replace(line, textwrap.fill(words, 128, subsequent_indent="  ", break_on_hyphens=False))


def skill_in_words(scores: Iterable[tuple[str, str, str]]) -> str:
    """What the scores show beside forecasts without a model: by scenario, on what it is better or worse beyond luck.

    Args:
        scores: by scenario, named as a reader knows it, its table, and what is beyond luck.
    """
    level, apart, unsealed = [], [], []
    for name, _, luck in scores:
        sides = [
            f"{says} than some on {list_in_words(kinds)}"
            for says in ("better", "worse")
            if (kinds := list(dict.fromkeys(re.findall(rf"^  (.+?): {says} than '", luck, re.MULTILINE))))
        ]
        if not sides:
            level.append(name)
            continue
        apart.append(f"{name} is {' and '.join(sides)}")
        if "None of this shows foresight" in luck:
            unsealed.append(name)
    lines = [f"{it}, beyond luck" for it in apart]
    if level:
        verb = "is" if len(level) == 1 else "are"
        shown = f"{verb} on nothing shown to be better or worse, beyond luck, than forecasts that need no model"
        lines.insert(0, f"{list_in_words(level)} {shown}")
    words = f"Held against what came after, {'; '.join(lines)}."
    if unsealed:
        words += (
            f" What {list_in_words(unsealed)} shows is no evidence of skill: its run was not sealed before the outcome was "
            "known, and who knows the end may have chosen the numbers by it."
        )
    return words


def _named(scenario: str) -> str:
    """A scenario as a reader knows it: `“The landing goes ahead” (The South Atlantic, 1982)`."""
    home, _, file = scenario.partition("/")
    record = load(SCENARIOS / home)
    return f"\u201c{load_scenario(SCENARIOS / home / f'{file}.yaml', record).title}\u201d ({record.ground.title})"


def _scores() -> Iterator[tuple[str, str, str]]:
    """Of each scenario that docs/scores.md has its table, and what is beyond luck."""
    for name, told in re.findall(r"^## (\S+)\n\n```text\n(.*?)```", _text("scores.md"), re.DOTALL | re.MULTILINE):
        blocks = told.split("\n\n")
        table = next(it for it in blocks if it.startswith("what is scored"))
        luck = next(it for it in blocks if it.startswith("Model against the others"))
        yield name, table, luck.rstrip()


def _scored() -> str:
    """The table of scores, with what is beyond luck, of each scenario that docs/scores.md has."""
    parts = ["## How it scored\n"]
    for name, table, luck in _scores():
        parts.append(f"`{name}`, less is better:\n\n```text\n{table}\n\n{luck}\n```\n")
    parts.append("What the lines mean, and which questions no record answers, stands in `docs/scores.md`.")
    return "\n".join(parts)


def _checks() -> Iterator[tuple[str, list[str]]]:
    """By group the ends of its checks against what is known exactly."""
    for group in re.split(r"^## ", _text("verification.md"), flags=re.MULTILINE)[1:]:
        ends = [line.rstrip(" |").rpartition("| ")[2] for line in group.splitlines() if re.search(r"\| \w+ \|$", line)]
        yield group.partition("\n")[0], ends


def _checked() -> str:
    """How many checks against what is known exactly hold, by group."""
    (told,) = re.findall(r"^\d+ checks; .*$", _text("verification.md"), re.MULTILINE)
    rows = [f"| {group} | {len(ends)} | {ends.count('FAILS')} |" for group, ends in _checks()]
    table = "\n".join(["| group | checks | failed |", "|---|---|---|", *rows])
    return f"## Held against what is known exactly\n\n{told} Each stands in `docs/verification.md`.\n\n{table}\n"


def _joins() -> tuple[int, int]:
    """How the default setting joins reports: its pairs that people join too, and what it finds of theirs, of a hundred each."""
    row = next(line for line in _text("joins-measured.md").splitlines() if line.startswith("| default"))
    precision, recall = re.findall(r"\d\.\d+", row)[-2:]
    return int(f"{100 * float(precision):.0f}"), int(f"{100 * float(recall):.0f}")


def _joined() -> str:
    """How the default setting joins reports that people joined."""
    precision, recall = _joins()
    return (
        "## How often reports are joined rightly\n\n"
        f"Of a hundred pairs of reports that the record joins of itself, {precision} are of one event by the\n"
        f"judgement of people; of a hundred that people join, it finds {recall}. That is for one country and\n"
        "one kind of violence (`docs/joins-measured.md`).\n"
    )


def _numbers() -> Iterator[tuple[str, Sequence[Prior | Force]]]:
    """The numbers of the rules, and those of each baseline."""
    yield "numbers of the rules and stories", list(NUMBERS.values())
    for name in BASELINES:
        home, _, file = name.partition("/")
        scenario = load_scenario(SCENARIOS / home / f"{file}.yaml", load(SCENARIOS / home))
        yield f"`{name}`: its own numbers", [it for key, it in scenario.numbers.items() if NUMBERS.get(key) != it]
        yield f"`{name}`: its forces", list(scenario.forces.values())


def _assumed() -> str:
    """How many numbers rest on nothing but a judgement."""
    lines = [
        f"| {what} | {len(numbers)} | {sum(number.source.startswith(ASSUMED) for number in numbers)} |"
        for what, numbers in _numbers()
    ]
    table = "\n".join(["| what | how many | of them ASSUMED |", "|---|---|---|", *lines])
    return f"## What is assumed\n\nEach with its reason, where it is written; most answers hang on a few of them.\n\n{table}\n"


def _left_out() -> str:
    """What each rule says that it leaves out."""
    rows = [f"| `{name}` | {left} |" for name, left in sorted(_omissions())]
    return "\n".join(["## What each rule leaves out\n", "| rule | leaves out |", "|---|---|", *rows]) + "\n"


def _omissions() -> Iterator[tuple[str, str]]:
    for name in rules.__all__:
        text = inspect.getdoc(getattr(rules, name)) or ""
        (*_, told) = re.split(r"^Leaves out: ", text, flags=re.MULTILINE)
        if told != text:
            yield name, " ".join(re.split(r"\n\s*\n|\n(?=[A-Z]\w+:)", told)[0].split())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    REPORT.write_bytes(report())
