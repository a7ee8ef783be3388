"""The charting library as text for the page: the plotly.js that the installed plotly package carries, packed.

The script is about 4.8 MB; gzip and base64 bring it to about 2 MB, and the browser unpacks it before it is run.
"""

import base64
import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from situation.pages.packing import packed

__all__ = ["packed_plotly", "plotly_hash", "plotly_script"]


@cache
def plotly_script() -> bytes:
    """Read plotly.min.js out of the installed package, without importing the package.

    Raises:
        FileNotFoundError: plotly is not installed, or carries no script.
    """
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package 'plotly' is not installed. Install it: pip install plotly")
    return (Path(next(iter(spec.submodule_search_locations))) / "package_data" / "plotly.min.js").read_bytes()


@cache
def packed_plotly() -> str:
    """Pack the script; the same script gives the same text."""
    return packed(plotly_script())


@cache
def plotly_hash() -> str:
    """Give the script's SHA-256 in the form a Content-Security-Policy names it: ``sha256-...``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(plotly_script()).digest()).decode("ascii")
