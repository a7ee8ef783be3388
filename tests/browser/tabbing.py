"""A walk through a page with the Tab key alone: what it never comes to, and where nothing shows that it has come."""

from __future__ import annotations

from playwright.sync_api import Page

__all__ = ["unreached_and_unmarked"]

CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.tabIndex >= 0)"""
INNER_STOPS = 12
"""A field of its own kind (a date) has several stops for one element."""


def unreached_and_unmarked(page: Page) -> tuple[list[str], list[str]]:
    """Press Tab from the top of the page to its end.

    Args:
        page: a page that is drawn. Its folds stay as they are: open them first to walk through what they hold.

    Returns:
        The controls that Tab never came to; and those that it came to without an outline around them, or out of sight.
    """
    page.evaluate("""() => {
        document.documentElement.style.scrollBehavior = 'auto';
        document.activeElement?.blur();
        scrollTo(0, 0);
        window.met = new Set();
        window.bare = []; }""")
    for _ in range(int(page.evaluate(f"({CONTROLS})().length")) + INNER_STOPS):
        page.keyboard.press("Tab")
        if not page.evaluate("""() => {
            const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
            if (node === document.body) return false;
            window.met.add(node);
            const seen = box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
            const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            if (!marked || !seen) window.bare.push(node.outerHTML.slice(0, 120));
            return true; }"""):
            break
    missed = page.evaluate(
        f"({CONTROLS})().filter((node) => !window.met.has(node)).map((node) => node.outerHTML.slice(0, 120))"
    )
    return missed, page.evaluate("window.bare")
