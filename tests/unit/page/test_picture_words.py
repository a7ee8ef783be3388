"""What is said of pictures: every panel is documented, and a map says from whom its places are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from situation.page.pictures.caption import caption
from situation.page.pictures.panels import PANELS

HERE = Path(__file__).parents[3]


def test_the_documentation_names_every_panel_as_the_program_does() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", (HERE / "docs" / "page.md").read_text("utf-8"), re.MULTILINE)
    known = {it.name: f"{it.about}{' (stories)' if it.stories else ''}" for it in PANELS.values()}
    assert dict(rows) == known


def test_a_map_credits_those_from_whom_its_places_are_and_no_other_panel_does() -> None:
    notice = (HERE / "scenarios" / "al-qaim-2017" / "NOTICE").read_text("utf-8")
    payload: dict[str, Any] = {
        "title": "The valley",
        "utc_offset_min": 0,
        "readings": [{"id": "best", "label": "Best"}],
        "geo": {"attribution": "Lines: ours."},
        "identity": {"made_by": "situation", "licences": [" ".join(part.split()) for part in notice.split("\n\n")]},
    }
    said = caption(payload, 0, "best", PANELS["map"], "replay")
    for credit in ("GeoNames, CC BY 4.0.", "Uppsala Conflict Data Program, CC BY 4.0.", "(DTM)", "copy, CC BY-SA."):
        assert credit in said
    assert "https" not in said
    assert "…" not in said
    assert "GeoNames" not in caption(payload, 0, "best", PANELS["strips"], "replay")
