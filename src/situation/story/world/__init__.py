"""The world of a story: what its mechanisms read (`reading`), and the same as tables of numbers for kernels (`fields`)."""

from situation.story.world.reading import EVENING, MORNING, Draw, Outcome, Outcomes, World

__all__ = ["EVENING", "MORNING", "Draw", "Outcome", "Outcomes", "World"]
