"""What the file itself holds: size, policy, sameness. No browser is needed."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from situation.page import build_page
from situation.page.build import payload_of
from situation.page.packing import packed, packed_plotly, plotly_script, unpacked
from tests.browser.sample import sample


def test_it_is_below_three_megabytes() -> None:
    assert len(build_page(sample()).encode()) < 3_000_000


def test_the_same_payload_gives_the_same_page() -> None:
    packed_plotly.cache_clear()
    first = build_page(sample())
    packed_plotly.cache_clear()
    assert build_page(sample()) == first


def test_the_packed_library_is_the_installed_one() -> None:
    assert unpacked(packed_plotly()) == plotly_script()


def test_the_policy_allows_its_own_script_and_nothing_else() -> None:
    page = build_page(sample())
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert len(policy) == 1
    assert "default-src 'none'" in policy[0]
    assert "eval" not in policy[0]
    assert "'unsafe-inline'" not in policy[0].split("style-src")[0]
    script = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    assert len(script) == 1
    named = "sha256-" + base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert f"'{named}'" in policy[0]


def test_the_payload_comes_out_as_it_went_in() -> None:
    payload = {**sample(), "about": "</script><!-- & \u2028\u2029 <img>"}
    assert payload_of(build_page(payload)) == payload
    with pytest.raises(ValueError, match="no packed payload"):
        payload_of("<html></html>")


def test_what_is_packed_can_neither_open_nor_end_an_element() -> None:
    text = packed(b"</script><!-- & <img>" * 100)
    assert "<" not in text and text.isascii() and text.isprintable()
    assert unpacked(text) == b"</script><!-- & <img>" * 100


def test_bytes_of_any_number_come_out_as_they_went_in() -> None:
    for size in range(40):
        raw = hashlib.sha512(bytes(size)).digest()[:size]
        assert unpacked(packed(raw)) == raw


def test_a_payload_that_lacks_a_field_is_refused_by_name() -> None:
    payload = sample()
    del payload["claims"], payload["geo"]
    with pytest.raises(ValueError, match="lacks geo, claims"):
        build_page(payload)


def test_no_address_of_the_network_stands_in_the_page() -> None:
    page = build_page(sample())
    own = re.sub(r'<script type="text/plain" id="plotly">.*?</script>', "", page, flags=re.DOTALL)
    assert set(re.findall(r"https?://[\w./-]+", own)) == {"http://www.w3.org/2000/svg"}
