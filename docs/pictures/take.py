"""Takes the pictures of the documentation from a page in headless Chromium.

    python docs/pictures/take.py runs/al-qaim-2017-replay-*/index.html
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PICTURES = {"page.png": ("light", 1440, 960), "page-dark.png": ("dark", 1440, 960)}


def take(page: Path) -> None:
    """Write every picture beside this file."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for name, (scheme, width, height) in PICTURES.items():
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, color_scheme="dark" if scheme == "dark" else "light", offline=True)
            tab = context.new_page()
            tab.goto(page.resolve().as_uri())
            tab.wait_for_function("document.querySelectorAll('.js-plotly-plot').length > 0")
            tab.wait_for_timeout(500)
            tab.screenshot(path=str(HERE / name))
            context.close()
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
