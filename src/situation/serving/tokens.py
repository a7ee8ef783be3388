"""A token of the served edition, made at random: the one thing that is drawn without a seed, and reaches no result."""

from __future__ import annotations

import secrets

__all__ = ["random_token"]

_TOKEN_BYTES = 24


def random_token() -> str:
    """A token that nobody guesses, of letters and digits that an address can hold."""
    return secrets.token_urlsafe(_TOKEN_BYTES)
