"""The table of the forms of questions in the documentation is the one in the code."""

from __future__ import annotations

from tests.arch.question_forms import PAGE, page


def test_the_page_has_every_form_of_question_as_it_is_declared() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text, "Run: make docs"
