"""Mutated inputs over every reader of what a user writes: `python -m tests.attack.records --inputs 20000 --seed 1`.

Prints what was tried, how often, and how it ended. The same seed tries the same inputs, whatever the machine; a failing
input is told by its number, and `--only NUMBER` tries it alone and keeps its folder.
"""

from __future__ import annotations

import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp

import click
from attrs import Factory, define

from tests.attack.mutations import mutated
from tests.attack.readers import LAWS, read_by_all
from tests.attack.subjects import SUBJECTS

__all__ = ["Tally", "attack"]

ENDS = ("accepted", "warned", "refused")
_SCENES = tuple(SUBJECTS)


@define
class Tally:
    """What a run of inputs came to: `ends` by subject and end, `tried` by mutation, `failed` by number of input."""

    ends: Counter[tuple[str, str]] = Factory(Counter)
    tried: Counter[str] = Factory(Counter)
    failed: dict[int, str] = Factory(dict)


def attack(seed: int, numbers: Iterable[int], keep: bool = False) -> Tally:
    """Try some inputs of a seed.

    Args:
        seed: from which every input is drawn, each by its own number.
        numbers: the numbers of the inputs.
        keep: leave the folder of each input, and say where it is.
    """
    tally = Tally()
    for number in numbers:
        rng = Random(f"{seed}/{number}")
        scene = rng.choice(_SCENES)
        subject = SUBJECTS[scene]
        files, done = mutated(subject.files, subject.mutated, rng)
        tally.tried.update(done)
        folder = Path(mkdtemp(prefix="attack-"))
        try:
            tally.ends[scene, read_by_all(files, subject, folder, rng)] += 1
        except Exception as error:  # noqa: BLE001  # whatever is raised is what is looked for
            told = "".join(traceback.format_exception(error)).strip()
            tally.failed[number] = f"{scene}: {', '.join(done)}\n{told}"
            print(f"== input {number} of seed {seed}: {tally.failed[number]}\n", flush=True)
        finally:
            if keep:
                print(folder)
            else:
                shutil.rmtree(folder)
    return tally


def _printed(tally: Tally) -> Iterable[str]:
    yield f"{'what was mutated':52}{'inputs':>8}" + "".join(f"{end:>10}" for end in ENDS)
    for scene in _SCENES:
        counts = [tally.ends[scene, end] for end in ENDS]
        yield f"{scene:52}{sum(counts):>8,}" + "".join(f"{count:>10,}" for count in counts)
    sums = [sum(tally.ends[scene, end] for scene in _SCENES) for end in ENDS]
    yield f"{'all':52}{sum(sums):>8,}" + "".join(f"{count:>10,}" for count in sums)
    yield ""
    yield f"{'mutation':52}{'times':>8}"
    for name, count in sorted(tally.tried.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{name:52}{count:>8,}"
    yield ""
    yield f"broke a law: {len(tally.failed)}. The laws: {'; '.join(LAWS)}."


@click.command()
@click.option("--inputs", default=20_000, show_default=True, help="How many inputs to try.")
@click.option("--seed", default=1, show_default=True, help="From which they are drawn.")
@click.option("--first", default=0, show_default=True, help="The number of the first of them.")
@click.option("--only", type=int, help="Try the input of this number alone, and keep its folder.")
def _main(inputs: int, seed: int, first: int, only: int | None) -> None:
    numbers = range(first, first + inputs) if only is None else (only,)
    with TemporaryDirectory():
        tally = attack(seed, numbers, keep=only is not None)
    print("\n".join(_printed(tally)))
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    _main()
