"""Guesses of the token: from one address so many wrong ones in a minute, and then nothing from there is compared."""

from __future__ import annotations

from collections import deque
from ipaddress import ip_address, ip_network

from attrs import define, field

__all__ = ["Guesses"]

_SECONDS = 60.0
_ADDRESSES = 4096
"""Addresses whose guesses are remembered; for one more the one is forgotten that has guessed first."""


@define(eq=False)
class Guesses:
    """The wrong tokens of the last minute, by the address that they came from.

    Args:
        most: wrong ones from one address in a minute.
    """

    most: int
    _wrong: dict[str, deque[float]] = field(factory=dict)

    def wait(self, address: str, now: float) -> int:
        """How long nothing is compared that comes from an address.

        Args:
            address: of the machine that asks.
            now: seconds by a clock that does not go back.

        Returns:
            Whole seconds; 0: it is compared.
        """
        wrong = self._wrong.get(_house(address), deque())
        while wrong and wrong[0] <= now - _SECONDS:
            wrong.popleft()
        return 0 if len(wrong) < self.most else int(wrong[0] + _SECONDS - now) + 1

    def missed(self, address: str, now: float) -> None:
        """Note a wrong token."""
        house = _house(address)
        if house not in self._wrong and len(self._wrong) >= _ADDRESSES:
            del self._wrong[next(iter(self._wrong))]
        self._wrong.setdefault(house, deque(maxlen=self.most)).append(now)


def _house(address: str) -> str:
    """An address; of IPv6 the first half, for whoever has one has all that begin so."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((read, 64), strict=False)) if read.version == 6 else str(read)
