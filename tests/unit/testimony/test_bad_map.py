"""A map with a planted fault: each is told at its place, and what refers to the map is still read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.small import MAP, Small

CASES: dict[str, tuple[str, str, list[str]]] = {
    "two actors of one id": (
        "{id: south-foot, name",
        "{id: north-guard, name",
        ["15:6: The id 'north-guard' is taken, by line 12. Give it another."],
    ),
    "a region with the id of a place": (
        "{id: lowlands",
        "{id: dell",
        [
            "27:5: The region 'dell' holds itself. Take it out.",
            "27:6: The id 'dell' is taken, by line 23. Give it another.",
        ],
    ),
    "an id with a dot": (
        "{id: spring-push",
        "{id: spring.push",
        ["31:6: 'spring.push' cannot be an id. Use letters, digits, hyphens and underscores."],
    ),
    "an empty id": (
        "{id: spring-push",
        '{id: ""',
        ["31:6: '' cannot be an id. Use letters, digits, hyphens and underscores."],
    ),
    "a region with an unknown place": (
        "places: [dell, dunes]",
        "places: [del, dunes]",
        ["27:49: There is no place or region 'del'. Did you mean 'dell'?"],
    ),
    "a region within itself": (
        "places: [dell, dunes]",
        "places: [dell, lowlands]",
        ["27:5: The region 'lowlands' holds itself. Take it out."],
    ),
    "a place within itself": (
        "name: Corve,",
        "name: Corve, within: corve,",
        ["20:30: 'corve' stands under itself. Correct its 'within'."],
    ),
    "a place within its own quarter": (
        "name: Corve,",
        "name: Corve, within: corve-mill,",
        [
            "20:30: 'corve' stands under itself. Correct its 'within'.",
            "21:74: 'corve-mill' stands under itself. Correct its 'within'.",
        ],
    ),
    "a unit under itself": (
        "name: the North Guard, parent: north,",
        "name: the North Guard, parent: north-guard,",
        ["12:46: 'north-guard' stands under itself. Correct its 'parent'."],
    ),
    "a colour without its sign": (
        "#9154C5",
        "9154C5",
        ["14:47: '9154C5' is no colour. Write # and six hexadecimal digits, such as '#9154C5'."],
    ),
    "a colour with a wrong digit": (
        "#9154C5",
        "#9154CG",
        ["14:47: '#9154CG' is no colour. Write # and six hexadecimal digits, such as '#9154C5'."],
    ),
    "a point off the globe": (
        "lat: 1.1, lon: 2.1",
        "lat: 91, lon: 2.2",
        ["23:56: 91, 2.2 lies off the globe. Latitude runs to 90, longitude to 180."],
    ),
    "a point without precision": (
        "precision_km: 9",
        "precision_km: 0",
        ["24:86: The precision is not above 0 km. Say within how many km the point is right."],
    ),
    "a link to itself": (
        "ends: [arlen, dell]",
        "ends: [arlen, arlen]",
        ["29:37: 'arlen' stands twice in this list. Keep one."],
    ),
    "a link to nowhere": (
        "ends: [arlen, dell]",
        "ends: [arlen, del]",
        ["29:37: There is no place 'del'. Did you mean 'dell'?"],
    ),
    "a link without length": (
        "km: 12.5",
        "km: 0",
        ["29:5: The link arlen--dell has no length. Give its km, above 0."],
    ),
    "a window the wrong way round": (
        "{from: 2020-03-01, to: 2020-03-31}",
        "{from: 2020-03-31, to: 2020-03-01}",
        ["4:1: The window ends before it begins. Swap from and to."],
    ),
    "a window to no day": (
        "to: 2020-03-31}",
        "to: 2020-11-31}",
        ["4:28: '2020-11-31' is no date: Nov 2020 has 30 days. Write a day that it has."],
    ),
    "a window with a word": (
        "to: 2020-03-31}",
        "to: later}",
        ["4:28: 'later' is no date. Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM, with Z for UTC."],
    ),
    "a window with a slip": (
        "{from: 2020-03-01,",
        "{form: 2020-03-01,",
        [
            "4:1: The key 'from' is missing. A window needs it.",
            "4:10: A window has no key 'form'. Did you mean 'from'?",
        ],
    ),
    "an offset in words": ('"+02:00"', '"two hours"', ["5:1: 'two hours' is no offset. Write \"+03:00\", in quotes."]),
    "an offset beyond the day": ('"+02:00"', '"+99:99"', ["5:1: '+99:99' is no offset. Write \"+03:00\", in quotes."]),
    "no offset": ('"+02:00"', '""', ["5:1: '' is no offset. Write \"+03:00\", in quotes."]),
    "words that mean at least more than at most": (
        "least: 2 h, most: 12 h",
        "least: 2 h, most: 1 h",
        ["9:5: 'hours after' has a least that is above its most. Swap least and most."],
    ),
    "a duration in other words": (
        "least: 2 h, most: 12 h",
        "least: 2 hours, most: 12 h",
        ["9:26: '2 hours' is no duration. Write a whole number and a unit: '90 min', '2 h' or '14 d'."],
    ),
    "a duration longer than a century": (
        "most: 14 d",
        "most: 99999999999 d",
        ["8:35: '99999999999 d' is longer than a century. Write a shorter one."],
    ),
    "a word of time twice": (
        "{words: swiftly",
        "{words: recently",
        ["8:5: The words 'recently' stand here a second time. Keep one."],
    ),
    "no opening": (MAP[MAP.index("opening:\n") :], "", ["1:1: The key 'opening' is missing. A map needs it."]),
    "a key with a slip": (
        "links:\n",
        "link:\n",
        ["28:1: A map has no key 'link'. Did you mean 'links'?"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_the_map_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    old, new, told = CASES[case]
    small = Small(tmp_path).plant("map.yaml", old, new)
    assert [problem for problem in small.problems() if problem.startswith("map")] == [f"map.yaml:{it}" for it in told]


def test_an_id_used_twice_leaves_the_other_name_unknown_wherever_it_stands(tmp_path: Path) -> None:
    assert Small(tmp_path).plant("map.yaml", "{id: dell, name", "{id: corve, name").problems() == [
        "map.yaml:23:6: The id 'corve' is taken, by line 20. Give it another.",
        "map.yaml:26:59: There is no place or region 'dell'. Did you mean 'corve'?",
        "map.yaml:27:49: There is no place or region 'dell'. Did you mean 'corve'?",
        "map.yaml:29:37: There is no place 'dell'. Did you mean 'corve'?",
        "map.yaml:40:5: There is no place 'dell'. Did you mean 'corve'?",
        "record.yaml:43:31: There is no place or region 'dell'. Did you mean 'corve'?",
    ]


def test_an_operation_may_bear_the_name_of_its_region(tmp_path: Path) -> None:
    assert Small(tmp_path).plant("map.yaml", "{id: spring-push", "{id: lowlands").problems() == []


def test_an_offset_without_quotes_is_told(tmp_path: Path) -> None:
    assert Small(tmp_path).plant("map.yaml", '"+02:00"', "+02:00").problems() == [
        "map.yaml:5:13: YAML readers do not agree on what '+02:00' means. "
        'Put it in quotes if text is meant ("+02:00"), or write it as a plain number, true, false or null.'
    ]


@pytest.mark.parametrize("text", ["- a list\n", "a word\n"])
def test_a_map_that_is_no_mapping_is_told(tmp_path: Path, text: str) -> None:
    small = Small(tmp_path)
    small.files["map.yaml"] = text
    (problem,) = small.problems()
    assert problem.endswith(
        " stands where the keys of the file belong. "
        "Begin with lines such as 'situation: NAME', 'window:', 'places:' and 'actors:'."
    )


def test_claims_are_read_against_a_map_with_faults(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", "precision_km: 9", "precision_km: zero")
    small.plant("record.yaml", "happened: 2020-03-12", "happened: 2020-03-32")
    assert small.problems() == [
        "map.yaml:24:86: 'zero' stands where a number belongs. Write a number, without quotes.",
        "record.yaml:42:5: '2020-03-32' is no date: Mar 2020 has 31 days. Write a day that it has.",
    ]


def test_a_word_of_time_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", "least: 0 d, most: 14 d", "least: 0 d, most: 2 weeks")
    assert small.problems() == [
        "map.yaml:8:35: '2 weeks' is no duration. Write a whole number and a unit: '90 min', '2 h' or '14 d'."
    ]


def test_a_fault_of_form_hides_no_fault_of_meaning(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", "lon: 2.1, precision_km: 1,", "lon: 2.1, precision_km: 01,")
    small.plant("map.yaml", "name: Dell, kind: village", "name: Dell, kind: villlage")
    small.plant("record.yaml", "by: [north-guard]", "by: [north-gard]")
    told = small.problems()
    assert [problem.partition(". ")[0] for problem in told] == [
        "map.yaml:23:28: There is no kind of place 'villlage'",
        "map.yaml:23:96: YAML readers do not agree on what '01' means",
        "record.yaml:10:51: There is no actor 'north-gard'",
    ]
