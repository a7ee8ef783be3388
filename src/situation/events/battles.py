"""The fighting of a story, day by day: battles, breaks, flight, and raids out of hiding."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from situation.events.kinds import ActorId, Lane, PlaceId, event
from situation.events.story import Due, StoryEvent

__all__ = [
    "BattleBegan",
    "BattleDay",
    "BattleEnded",
    "BattleJoined",
    "ColumnFled",
    "DefenderBroke",
    "Emerged",
    "Fight",
    "FireExchanged",
    "KilledOff",
    "LeftTheatre",
    "Loss",
    "Melted",
    "Raided",
    "SearchDay",
    "Surrendered",
]


@frozen
class Fight:
    """A battle for a place as it stands. Strengths are persons, area is in km2, rates are shares lost a day at even odds.

    Residuals say how far the last day's losses lay from their level, in standard deviations; None before the first day.

    `broken`: the defender has broken or gone, and the attacker goes through the place, or fights the last who stand.
    """

    attacker: ActorId
    defender: ActorId
    began: int
    attackers_start: int
    defenders_start: int
    fortune: float
    area: float
    attacker_rate: float = 0.0
    defender_rate: float = 0.0
    attacker_residual: float | None = None
    defender_residual: float | None = None
    cleared: float = 0.0
    broken: bool = False


@frozen
class Loss:
    """What one force lost in a day: killed, and wounded; and `counted`: its loss so far in persons, less what rest made good."""

    force: str
    killed: int
    wounded: int
    counted: float = 0.0


@event
@frozen
class BattleBegan(StoryEvent):
    """A battle for a place began; its first day's fighting falls due."""

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    fight: Fight
    due: Due

    @property
    def actors(self) -> tuple[ActorId, ...]:
        return (self.fight.attacker,)

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return (self.fight.defender,)


@event
@frozen
class BattleJoined(StoryEvent):
    """More men joined a battle that was under way; `due`: the evening, where the place was already being gone through."""

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    attackers: int = 0
    defenders: int = 0
    due: Due | None = None


@event
@frozen
class BattleDay(StoryEvent):
    """A day's fighting: the odds, the losses of each force, and how much of the place is cleared, in km2."""

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    ratio: float | None
    attackers: tuple[Loss, ...]
    defenders: tuple[Loss, ...]
    cleared: float
    due: Due
    residuals: tuple[float, float] | None = None


@event
@frozen
class BattleEnded(StoryEvent):
    """A battle is over. `returns` are the wounded of each force; those who recover come back when `due` falls due."""

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    outcome: Literal["taken", "thrown back", "left", "called off"]
    returns: tuple[Loss, ...] = ()
    due: Due | None = None


@event
@frozen
class DefenderBroke(StoryEvent):
    """The defender of a place broke: its men leave if they can. `due`: when the attacker will have gone through it."""

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    actor: ActorId
    how: Literal["losses", "left", "before contact", "driven out", "yielded"]
    due: Due | None = None


@event
@frozen
class ColumnFled(StoryEvent):
    """Men of a force left a place for another, and are under way. `lost` of them do not get through."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    to: PlaceId
    number: int
    column: str
    due: Due
    lost: int = 0

    @property
    def subject(self) -> str:
        return self.column


@event
@frozen
class Melted(StoryEvent):
    """Men of a force went into hiding where they stood."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    number: int

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class Emerged(StoryEvent):
    """Men came out to fight for a place as a force of their own: from hiding there, or of a garrison near by (`drawn_from`)."""

    lane: ClassVar[Lane] = "fighting"
    force: str
    actor: ActorId
    place: PlaceId
    number: int
    drawn_from: str = ""

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class SearchDay(StoryEvent):
    """A day's search of a place that was taken: `searched` is the share of it that is done, `due` when the next day ends.

    At the end `back` men who were bound by it return to the force that they came from.
    """

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    by: tuple[ActorId, ...]
    searched: float
    due: Due | None = None
    force: str = ""
    back: int = 0


@event
@frozen
class Raided(StoryEvent):
    """Men in hiding cost the forces that hold a place some killed and wounded, by bombs and ambushes over a week.

    `due`: when the wounded come back; none where nobody was wounded.
    """

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    by: tuple[ActorId, ...]
    losses: tuple[Loss, ...]
    due: Due | None = None


@event
@frozen
class FireExchanged(StoryEvent):
    """A day's fire across a line between two who are not enemies, below an open confrontation: what it cost each.

    `due`: when the wounded come back; none where nobody was wounded.
    """

    lane: ClassVar[Lane] = "fighting"
    place: PlaceId
    by: tuple[ActorId, ...]
    losses: tuple[Loss, ...]
    due: Due | None = None


@event
@frozen
class Surrendered(StoryEvent):
    """Men of a force gave themselves up; or its `wounded`, or men found in hiding (`hidden`), fell into the captor's hands."""

    lane: ClassVar[Lane] = "fighting"
    force: str
    actor: ActorId
    place: PlaceId
    number: int
    to: ActorId
    wounded: bool = False
    hidden: bool = False

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class KilledOff(StoryEvent):
    """Men of a force were killed apart from a day's battle: in a last stand, or hunted down in hiding (`hidden`)."""

    lane: ClassVar[Lane] = "fighting"
    force: str
    actor: ActorId
    place: PlaceId
    number: int
    hidden: bool = False

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class LeftTheatre(StoryEvent):
    """Men of a force left the war by agreement, or for good."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    number: int

    @property
    def subject(self) -> str:
        return self.force
