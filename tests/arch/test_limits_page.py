"""The page on what the program cannot tell says what the code and the other pages say."""

from __future__ import annotations

from tests.arch.limits import PAGE, REPORT, page, report


def test_the_page_on_what_it_cannot_tell_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "docs/limits.md is out of date. Run: make docs"
    assert REPORT.read_bytes() == report(), f"{REPORT} is out of date. Run: make docs"
