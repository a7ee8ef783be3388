"""Spellings of one name, by the record and by the page's script."""

from __future__ import annotations

import unicodedata

import pytest

from situation.testimony.spelling import spelling_key

SAME = [
    ["Слов'янськ", "Слов’янськ", "Словʼянськ", "СЛОВ`ЯНСЬК", "Слов-янськ"],
    ["مدرسة", "مدرسه", "مـدرسـة", "مَدْرَسَة"],
    ["أربيل", "اربيل", "إربيل", "ٱربيل"],
    ["على", "علي", "علی"],
    ["Chambéry", "CHAMBERY", "Chambe\u0301ry", "chambery"],
    ["Łódź", "lodz", "Lódź"],
    ["Strasse", "Straße", "STRASSE"],
    ["Deir ez-Zor", "Deir ez Zor", "deirezzor", "Deir\u00a0ez\u2011Zor"],
    ["Ὀδυσσεύς", "ΟΔΥΣΣΕΥΣ"],
    ["İzmir", "Izmir", "\u0131zmir"],
    ["מַצָּדָה", "מצדה"],
    ["محور ٩", "محور 9", "محور ۹"],
    ["ﷺ", "صلى الله عليه وسلم"],
]
OTHERS = [("दिल्ली", "दलल"), ("Mosul", "Mosel"), ("か", "き"), ("Kiev", "Kyiv")]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_key(names: list[str]) -> None:
    assert len({spelling_key(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_that_differ_keep_their_own_keys(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_key_does_not_hang_on_the_form_of_its_characters(form: str) -> None:
    for name in (name for names in SAME for name in names):
        assert spelling_key(unicodedata.normalize(form, name)) == spelling_key(name)  # type: ignore[arg-type]
