"""The brief: one to two pages made from what a page shows, as a plain structure that is written as Markdown, HTML or JSON."""

from situation.page.brief.contents import brief_of
from situation.page.brief.html import brief_html
from situation.page.brief.markdown import brief_markdown
from situation.page.brief.structure import Brief, brief_rows

__all__ = ["Brief", "brief_html", "brief_markdown", "brief_of", "brief_rows"]
