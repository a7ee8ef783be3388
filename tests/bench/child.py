"""What a process of its own takes for some work: `python -m tests.bench.child WORK COUNT` prints CPU seconds, and what it did.

The clock starts when all is loaded: the record, the rules, the kernels.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from situation.kernel import VARIABLE

__all__ = ["child"]


def child(work: str, count: int, compiled: bool = False) -> dict[str, Any]:
    """Do some work in a process of its own: `seconds` it took, and what it counted.

    Args:
        work: battles, stories, or the name of a rival in `battle_rivals`.
        compiled: whether the kernels of the process are compiled.
    """
    env = {name: value for name, value in os.environ.items() if name != VARIABLE}
    env |= {"PYTHONPATH": os.pathsep.join(sys.path), **({VARIABLE: "compiled"} if compiled else {})}
    command = [sys.executable, "-m", "tests.bench.child", work, str(count)]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def _battles(count: int) -> dict[str, Any]:
    from situation.rules.engagement.days import fight_compiled
    from situation.rules.engagement.terms import Engagement
    from tests.bench.battle_rivals import ATTACKERS, DEFENDERS

    engagement = Engagement(attackers=ATTACKERS, defenders=DEFENDERS)
    fight_compiled(engagement, 1, 0, 2)
    seconds, endings = _timed(lambda: fight_compiled(engagement, 1, 0, count))
    return {"seconds": seconds, "won": sum(endings.won) / count, "days": sum(endings.days) / count}


def _rival(name: str, count: int) -> dict[str, Any]:
    from tests.bench.battle_rivals import RIVALS

    RIVALS[name](2)
    seconds, fights = _timed(lambda: RIVALS[name](count))
    won, days = sum(fight.won for fight in fights), sum(fight.days for fight in fights)
    return {"seconds": seconds, "won": won / count, "days": days / count}


def _stories(count: int) -> dict[str, Any]:
    import situation as sit
    from situation.ensemble.record_draws import RecordDraws
    from situation.ensemble.workers import tell_chunk

    home = "scenarios/al-qaim-2017"
    draws = RecordDraws(sit.load_scenario(f"{home}/baseline.yaml"), sit.load(home), 7)
    tell_chunk(draws, 0, 1)
    seconds, stories = _timed(lambda: tell_chunk(draws, 8, 8 + count))
    return {"seconds": seconds, "entries": sum(story.entries for story in stories)}


if __name__ == "__main__":
    done = {"battles": _battles, "stories": _stories}.get(sys.argv[1])
    told = _rival(sys.argv[1], int(sys.argv[2])) if done is None else done(int(sys.argv[2]))
    print(json.dumps(told))
