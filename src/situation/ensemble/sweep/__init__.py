"""A sweep: the same stories at many points of a scenario's numbers, and what moves its answers.

`numbers` says which numbers there are; `points` simulates the stories at the points of a design; `designs` lays the points
out; `effects`, `morris`, `sobol` and `boxes` say what the answers hang on; `answer` puts it together.
"""

from __future__ import annotations

__all__: list[str] = []
