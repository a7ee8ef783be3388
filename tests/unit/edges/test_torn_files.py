"""Event files that are torn: whatever is wrong, it is told, and what is written can be read."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from situation.edges.formats import ImportOrder
from situation.edges.imports import import_rows
from situation.edges.sums import check_deaths
from situation.edges.writing import files_of, new_situation, write_import
from situation.errors import SituationError
from tests.unit.edges.event_files import acled_file, acled_row, ucdp_file, ucdp_row

ODD = (
    "",
    "-1",
    "1e9",
    "nan",
    "9" * 30,
    "\u202eabc",
    "a;b",
    '"',
    "\x1b[31m",
    "0001-01-01",
    "unknown",
    "no",
    "{a: b}",
    "# x",
    "a\nb",
)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), layout=st.sampled_from(["ucdp", "acled"]), bytewise=st.booleans())
def test_a_torn_file_never_ends_in_a_traceback_nor_loses_a_death(seed: int, layout: str, bytewise: bool) -> None:
    luck = random.Random(seed)
    rows = [ucdp_row(number) if layout == "ucdp" else acled_row(number) for number in range(1, 4)]
    for row in rows:
        row[luck.choice(list(row))] = luck.choice(ODD)
    with TemporaryDirectory() as folder:
        file = (ucdp_file if layout == "ucdp" else acled_file)(Path(folder) / "events.csv", rows)
        if bytewise:
            raw = bytearray(file.read_bytes())
            at = luck.randrange(len(raw))
            raw[at : at + luck.randint(0, 20)] = luck.choice([b"\n", b",", b'"', b"\x00", b"\xff"])
            file.write_bytes(bytes(raw))
        try:
            imported = import_rows(ImportOrder(layout, (file,), skip_bad=True), None, None)
        except SituationError as error:
            assert str(error)
            return
        assert imported.rows == imported.claims + len(imported.rejected)
        check_deaths(imported.deaths, [claim for part in imported.files for claim in part.claims])
        content = files_of(imported) | new_situation("torn", "Torn", imported, "+00:00", "Invented.")
        write_import(Path(folder) / "torn", content, imported, new=True)
