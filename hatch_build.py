"""The wheel carries the example situations of `scenarios/`; an installation in place finds them where they are."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["Examples"]


class Examples(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `scenarios/` into the package of a wheel as `situation/examples`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folder to what the wheel holds.

        Args:
            version: `standard`, or `editable` for an installation in place.
            build_data: what the builder will do.
        """
        if version == "standard":
            build_data["force_include"]["scenarios"] = "situation/examples"
