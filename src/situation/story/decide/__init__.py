"""What kernels read of a story's ground and of who holds it, before they decide: ways, neighbours, refuges, fronts and supply.

No story is told with them yet: `tests/property/test_ways.py` holds each answer to that of the fold's world.
"""

__all__: list[str] = []
