"""Pictures of the page for reports: one panel, or the whole page, as PNG, SVG or PDF, through an installed Chromium.

`capture` takes the pictures; `panels` names the panels. Playwright, the extra `pictures`, drives the browser and
downloads none.
"""

from situation.page.pictures.capture import Look, Picture, take_pictures
from situation.page.pictures.panels import FORMATS, PANELS, Panel, find_panel
from situation.page.pictures.paper import paper

__all__ = ["FORMATS", "PANELS", "Look", "Panel", "Picture", "find_panel", "paper", "take_pictures"]
