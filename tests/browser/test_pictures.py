"""Pictures of the page are what they say: PNG of the size asked for, SVG that holds text, PDF of one page."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from situation.errors import Fault, SituationError
from situation.page import build_page
from situation.page.pictures import FORMATS, PANELS, Look, Picture, take_pictures
from tests.browser.sample import sample
from tests.browser.test_page_text import HOSTILE, poisoned
from tests.browser.valley_page import comparison, ensemble

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
EXPECTED = {
    "map": "Albu Kamal",
    "strips": "Husaybah crossing",
    "detail": "Iraq takes al-Qaim",
    "disputes": "Statements the state contradicts",
    "events": "fighting",
    "reports": "Newswire",
    "coverage": "Newswire",
    "strengths": "1,500 to 2,500",
    "table": "Anbar desert",
    "assumptions": "Numbers and rules that stand without a source",
    "sources": "Atlas of the War",
    "page": "Everything in the record, weighed.",
}
"""Words that only the panel's own content has, of the sample's page."""
IN_STORIES = {
    "expected": "Dell",
    "questions": "When does Dell fall to the North?",
    "hangs-on": "Where its spread comes from",
    "bands": "the North",
}


def taken(
    payload: Mapping[str, Any], chromium: str, *panels: str, forms: tuple[str, ...] = FORMATS, **look: Any
) -> list[Picture]:
    wanted = [(form, panel) for panel in panels for form in forms]
    return take_pictures(build_page(payload), wanted, Look(**look), chromium)


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def words_of(svg: bytes) -> str:
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


def words_in(picture: Picture) -> str:
    if picture.format == "svg":
        return words_of(picture.content)
    return PdfReader(io.BytesIO(picture.content)).pages[0].extract_text()


def squeezed(text: str) -> str:
    """Without spaces, and with the letters of a ligature apart: some typefaces draw "fi" as one."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


def raster_images(reader: PdfReader) -> int:
    """How many pictures made of points a PDF holds, wherever they are."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer["/Root"]]
    found = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            found += one.get("/Subtype") == "/Image"
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, list):
            waiting += list(one)
    return found


@cache
def all_panels(chromium: str) -> list[Picture]:
    """Every panel of the sample's page, in every format."""
    return taken(sample(), chromium, *EXPECTED)


@pytest.mark.long
def test_a_panel_is_a_picture_in_each_format(chromium: str) -> None:
    pictures = all_panels(chromium)
    assert [(it.panel, it.format) for it in pictures] == [(panel, form) for panel in EXPECTED for form in FORMATS]
    for it in pictures:
        words = squeezed(EXPECTED[it.panel])
        if it.format == "png":
            assert size_of(it.content) == (it.width, it.height) == (PANELS[it.panel].width, it.height)
        elif it.format == "svg":
            root = ElementTree.fromstring(it.content)
            assert (root.get("width"), root.get("height")) == (str(it.width), str(it.height))
            assert words in squeezed(words_of(it.content)), it.panel
            assert not list(root.iter(f"{SVG}image")) and not list(root.iter(f"{SVG}foreignObject"))
        else:
            reader = PdfReader(io.BytesIO(it.content))
            assert len(reader.pages) == 1
            box = reader.pages[0].mediabox
            assert float(box.width) == pytest.approx(it.width * 0.75, abs=1)
            assert float(box.height) == pytest.approx(it.height * 0.75, abs=1)
            assert words in squeezed(reader.pages[0].extract_text()), it.panel
            assert raster_images(reader) == 0, it.panel


@pytest.mark.long
def test_what_stories_bring_is_a_picture_too(chromium: str) -> None:
    for it in taken(comparison(), chromium, *IN_STORIES, forms=("svg", "pdf")):
        assert it.caption.startswith("The Tarn valley · ")
        assert squeezed(IN_STORIES[it.panel]) in squeezed(words_in(it)), it.panel


@pytest.mark.long
def test_a_list_that_goes_on_in_a_fold_stands_in_full_on_a_picture(chromium: str) -> None:
    payload = deepcopy(ensemble())
    for told in payload["ensembles"].values():
        told["expected"] = (told["expected"] * 20)[:20]
    (it,) = taken(payload, chromium, "expected", forms=("svg",))
    assert "6 more" not in words_of(it.content)
    assert len(re.findall(r" by the |by (?:North|South|Rebels|the)", words_of(it.content))) >= 20


@pytest.mark.long
def test_the_same_inputs_give_the_same_picture(chromium: str) -> None:
    first = [it for it in all_panels(chromium) if it.panel in ("map", "events")]
    assert first == taken(sample(), chromium, "map", "events")
    assert all(b"(D:19700101000000" in it.content for it in first if it.format == "pdf")


@pytest.mark.long
def test_a_picture_shows_the_date_and_the_reading_that_were_asked_for(chromium: str) -> None:
    (early,) = taken(sample(), chromium, "detail", forms=("svg",), at="2017-10-16", reading="day")
    assert "Iraq takes al-Qaim" not in words_of(early.content)
    assert "16 Oct 2017 23:59 (UTC+3) · reading: As known on the day" in early.caption
    assert early.caption in words_of(early.content)
    (linked,) = taken(sample(), chromium, "detail", forms=("svg",), link="page.html#t=2017-10-16&place=kirkuk")
    assert "كركوك" in words_of(linked.content)
    assert "16 Oct 2017" in linked.caption


@pytest.mark.long
def test_a_picture_is_as_wide_and_as_fine_and_as_dark_as_asked_for(chromium: str) -> None:
    (light,) = taken(sample(), chromium, "events", forms=("png",), width=500, scale=2)
    (dark,) = taken(sample(), chromium, "events", forms=("svg",), theme="dark")
    assert size_of(light.content) == (1000, 2 * light.height)
    ground = ElementTree.fromstring(dark.content).find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "#171b21"
    (phone,) = taken(sample(), chromium, "page", forms=("svg",), width=390)
    words = squeezed(words_of(phone.content))
    assert all(squeezed(EXPECTED[panel]) in words for panel in ("map", "strips", "detail", "disputes", "events"))


@pytest.mark.long
def test_nothing_that_is_pressed_is_on_a_picture(chromium: str) -> None:
    for it in taken(sample(), chromium, "map", "strips", "detail", forms=("svg",), link="#place=al-qaim"):
        words = words_of(it.content)
        assert not re.search(r"\b(Points only|Whole map|Close|Show \d+ that)\b", words), it.panel


@pytest.mark.long
@pytest.mark.parametrize("text", [" ".join(HOSTILE[:-1]), HOSTILE[-1]], ids=["marks", "long"])
def test_hostile_strings_stay_text_in_a_drawing(chromium: str, text: str) -> None:
    payload = poisoned(text, sample())
    for it in taken(payload, chromium, "map", "detail", "disputes", forms=("svg", "pdf"), width=760):
        if it.format == "pdf":
            assert len(PdfReader(io.BytesIO(it.content)).pages) == 1
            continue
        names = {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(it.content).iter()}
        assert names <= {
            *("svg", "title", "desc", "defs", "g", "rect", "path", "line", "circle", "text", "tspan", "polygon"),
            *("clipPath", "pattern", "linearGradient", "stop"),
        }, it.panel
        assert "\u202e" not in it.content.decode()
        assert len(it.caption) < 700


def test_marks_that_xml_cannot_hold_are_shown_as_such(chromium: str) -> None:
    payload = sample()
    payload["title"] = "The\u0001 bor\ufffeder \U0001f600"
    (it,) = taken(payload, chromium, "page", forms=("svg",))
    assert "bor\ufffdder\U0001f600" in squeezed(words_of(it.content))


def test_what_is_not_on_the_page_is_refused(chromium: str) -> None:
    with pytest.raises(Fault) as unknown:
        taken(sample(), chromium, "mpa")
    assert str(unknown.value) == "There is no panel 'mpa'. Did you mean 'map'?"
    assert unknown.value.argument == "png"
    with pytest.raises(Fault, match="A page without stories has no panel 'questions'"):
        taken(sample(), chromium, "questions")
    with pytest.raises(Fault, match=r"^The page has no reading 'dy'\. Did you mean 'day'\?$"):
        taken(sample(), chromium, "map", reading="dy")
    with pytest.raises(Fault, match=r"^2018-01-01 is not on the page\. Give a date from 2017-07-01 to 2017-11-05\.$"):
        taken(sample(), chromium, "map", at="2018-01-01")
    with pytest.raises(
        Fault,
        match=r"^This link names .nowhere., which this file does not have\. Copy a link from a page of this run\.$",
    ):
        taken(sample(), chromium, "map", link="#place=nowhere")


def test_a_browser_that_is_none_is_told(tmp_path: Any) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(
        SituationError,
        match=rf"^{program}: This did not start as a browser\. Name an installed Chromium or Chrome\.$",
    ):
        taken(sample(), str(program), "map")
