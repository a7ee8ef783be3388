"""The page on what the program cannot tell says what the code and the other pages say."""

from __future__ import annotations

from tests.arch.limits import PAGE, REPORT, page, report, skill_in_words


def test_the_page_on_what_it_cannot_tell_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "docs/limits.md is out of date. Run: make docs"
    assert REPORT.read_bytes() == report(), f"{REPORT} is out of date. Run: make docs"


def test_what_the_scores_show_is_said_from_the_results() -> None:
    none = "Model against the others\n  In 31 of 31 comparisons no difference is shown that holds both ways."
    better = (
        "Model against the others\n  who holds it: better than 'base rate' by 1\n  day of loss: worse than 'x' by 2"
    )
    words = skill_in_words([("a/one", "", none), ("b/two", "", better)])
    assert words.startswith(
        "Held against what came after, a/one is on nothing shown to be better or worse, beyond luck"
    )
    assert "b/two is better than some on who holds it and worse than some on day of loss, beyond luck." in words
    assert "no evidence of skill" not in words
    unsealed = skill_in_words([("b/two", "", f"{better}\n  None of this shows foresight: the run was not sealed")])
    assert "on nothing" not in unsealed and "What b/two shows is no evidence of skill" in unsealed
