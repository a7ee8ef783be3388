"""The page: one file that shows who held what, when, who says so and who disagrees.

``build_page`` turns the payload (see ``contract.py``) into a self-contained HTML document. This package is the only
home of plotly and of milsymbol.
"""

from situation.page.build import build_page
from situation.page.contract import PayloadShape

__all__ = ["PayloadShape", "build_page"]
