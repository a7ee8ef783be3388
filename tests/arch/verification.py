"""Writes docs/verification.md, the report of `situation verify`: `make verify`. Ends with 1 where something fails."""

from __future__ import annotations

import sys
from pathlib import Path

from situation.ensemble.verify.report import check_row, report_page, verify

__all__ = ["PAGE"]

PAGE = Path("docs/verification.md")

if __name__ == "__main__":
    checks = verify(started=lambda group: print(group, file=sys.stderr))
    PAGE.write_text(report_page(checks), "utf-8")
    failed = [check for group in checks.values() for check in group if not check.passed]
    for check in failed:
        print(" | ".join(check_row(check)))
    print(PAGE)
    sys.exit(1 if failed else 0)
