"""The vocabulary: every kind of event that the record or a story may hold. Read this first.

An event is what is said to have happened, apart from who says so and when. Each type declares the cells of the state that it
`speaks` to, with the value that it gives each; what it does to the state beyond that stands in `log/effects`. Its `lane` is its
row on timelines. A file of this folder offers its types in its `__all__`.

Cells are named `<subject>.<attribute>`: `ford.holder`, `south@ford.strength`, `north:south.stance`.
"""

from situation.events import (
    agreements,
    attacks,
    battles,
    captives,
    clashes,
    columns,
    conduct,
    control,
    descriptions,
    kinds,
    measures,
    movement,
    operations,
    politics,
    roads,
    sea,
    story,
    succession,
)
from situation.events.agreements import *
from situation.events.attacks import *
from situation.events.battles import *
from situation.events.captives import *
from situation.events.clashes import *
from situation.events.columns import *
from situation.events.conduct import *
from situation.events.control import *
from situation.events.descriptions import *
from situation.events.kinds import *
from situation.events.measures import *
from situation.events.movement import *
from situation.events.operations import *
from situation.events.politics import *
from situation.events.roads import *
from situation.events.sea import *
from situation.events.story import *
from situation.events.succession import *

__all__: list[str] = []
__all__ += agreements.__all__
__all__ += attacks.__all__
__all__ += battles.__all__
__all__ += captives.__all__
__all__ += clashes.__all__
__all__ += columns.__all__
__all__ += conduct.__all__
__all__ += control.__all__
__all__ += descriptions.__all__
__all__ += kinds.__all__
__all__ += measures.__all__
__all__ += movement.__all__
__all__ += operations.__all__
__all__ += politics.__all__
__all__ += roads.__all__
__all__ += sea.__all__
__all__ += story.__all__
__all__ += succession.__all__
