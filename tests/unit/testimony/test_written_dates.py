"""Dates in the words of many languages are answered with exactly the day they name, or with both where they may be two."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from situation.testimony.dating.edtf import read_date
from situation.testimony.dating.months import LANGUAGES, month_names, weekday_names
from situation.testimony.dating.written import date_as_written

# As newspapers of each language write a day; most also with a weekday before it.
PATTERNS = {
    "English": ("{w}, {m} {d}, {y}", "{d} {m} {y}", "on the {d}th of {m} {y}"),
    "French": ("{w} {d} {m} {y}", "le {d} {m} {y}"),
    "Spanish": ("{w}, {d} de {m} de {y}", "el {d} de {m} del {y}"),
    "Portuguese": ("{w}-feira, {d} de {m} de {y}", "{d} de {m} de {y}"),
    "Italian": ("{w} {d} {m} {y}", "l'{d} {m} {y}"),
    "German": ("{w}, den {d}. {m} {y}", "am {d}. {m} {y}"),
    "Dutch": ("{w} {d} {m} {y}", "op {d} {m} {y}"),
    "Polish": ("{w}, {d} {m} {y} r.", "w dniu {d} {m} {y} roku"),
    "Russian": ("{w}, {d} {m} {y} г.", "{d} {m} {y} года", "{d}-го {m} {y}"),
    "Ukrainian": ("{w}, {d} {m} {y} р.", "{d} {m} {y} року"),
    "Bulgarian": ("{w}, {d} {m} {y} г.", "{d} {m} {y} година"),
    "Serbian": ("{w}, {d}. {m} {y}. године", "{d}. {m} {y}."),
    "Serbian in Latin letters": ("{w}, {d}. {m} {y}. godine", "{d}. {m} {y}."),
    "Croatian": ("{w}, {d}. {m} {y}. godine", "{d}. {m} {y}."),
    "Turkish": ("{d} {m} {y} {w}", "{d} {m} {y} tarihinde", "{d} {m} {y}'te"),
    "Azerbaijani": ("{w}, {d} {m} {y}", "{d} {m} {y}-ci il"),
    "Arabic": ("{w} {d} {m} {y}", "يوم {w}، {d} {m} {y}", "في {d} من {m} عام {y}"),
    "Arabic of the Levant": ("{w} {d} {m} {y}", "{d} {m} {y}", "في {d} من {m} {y}"),
    "Arabic of Algeria and Tunisia": ("{w} {d} {m} {y}", "{d} {m} {y}"),
    "Arabic of Morocco": ("{w} {d} {m} {y}", "{d} {m} {y}"),
    "Persian": ("{w} {d} {m} {y}", "روز {w} {d} {m} سال {y}"),
    "Hebrew": ("יום {w}, {d} {m} {y}", "{d} {m} {y}"),
}
TWO_MONTHS = {"listopad": (10, 11), "listopada": (10, 11), "lis": (10, 11), "lip": (6, 7)}
"""One month in Polish, and another in Croatian."""
DAYS = [date(2016, 1, 1) + timedelta(days=days) for days in range(366)]
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_in_every_language_is_answered_with_itself(language: str) -> None:
    names: dict[int, list[str]] = {}
    for name, number in month_names(language):
        names.setdefault(number, []).append(name)
    weekdays = weekday_names(language)
    wrong = []
    for day in DAYS:
        for name in names[day.month]:
            isos = [
                day.replace(month=month).isoformat() for month in TWO_MONTHS.get(name, (day.month,)) if day.day < 31
            ]
            isos = isos or [day.isoformat()]
            right = (
                f"Write {isos[0]}." if len(isos) == 1 else f"It may be either of two days: write {' or '.join(isos)}."
            )
            for pattern in PATTERNS[language]:
                text = pattern.format(w=weekdays[day.weekday()], d=day.day, m=name, y=day.year)
                for written in (text, text.upper(), text.translate(DIGITS)):
                    if date_as_written(written) != right:
                        wrong.append((written, date_as_written(written), right))
    assert not wrong, wrong[:20]
    assert sorted(names) == list(range(1, 13))
    assert len(set(weekdays)) == 7


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("3 تشرين الثاني/نوفمبر 2017", "Write 2017-11-03."),
        ("3 نوفمبر (تشرين الثاني) 2017", "Write 2017-11-03."),
        ("2017年11月3日", "Write 2017-11-03."),
        ("2017년 11월 3일", "Write 2017-11-03."),
        ("13. 1. 2017.", "Write 2017-01-13."),
        ("13.01.2017 г.", "Write 2017-01-13."),
        ("3.XI.2017", "Write 2017-11-03."),
        ("3 XI 2017 r.", "Write 2017-11-03."),
        ("3 November 2017, 14:30", "Write 2017-11-03T14:30."),
        ("le 3 novembre 2017 à 9:05", "Write 2017-11-03T09:05."),
        ("30 October to 3 November 2017", "Write 2017-10-30/2017-11-03."),
        ("October 30 - November 3, 2017", "Write 2017-10-30/2017-11-03."),
        ("3 to 5 Nov 2017", "Write 2017-11-03/2017-11-05."),
        ("mar. 7 nov. 2017", "Write 2017-11-07."),
        ("7 mar 2017", "Write 2017-03-07."),
        ("listopad 2017", "It may be either of two days: write 2017-10 or 2017-11."),
        ("31 listopada 2017", "Write 2017-10-31."),
        ("début novembre 2017", "Write 2017-11, or 'earliest' and 'latest' with a day each."),
        ("в начале ноября 2017 года", "Write 2017-11, or 'earliest' and 'latest' with a day each."),
        ("3 ноября", "Give its year, and write YYYY-11-03."),
        ("November 3 or 5 or 7, 2017", "Write 2017-11, or 'earliest' and 'latest' with a day each."),
        ("du 3 au 5 novembre 2017", "Write 2017-11-03/2017-11-05."),
        ("с 3 по 5 ноября 2017 г.", "Write 2017-11-03/2017-11-05."),
        ("until 5 November 2017", "Write 2017-11, or 'earliest' and 'latest' with a day each."),
        ("30 febbraio 2017", ""),
        ("3 days ago", ""),
        ("maybe next week", ""),
    ],
)
def test_a_date_in_other_words_and_figures_is_read_whole_or_not_at_all(written: str, advice: str) -> None:
    assert date_as_written(written) == advice
    for day in re.findall(r"-?\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2})?)?", advice):
        assert read_date(day).plain
