"""The scripts of the page are modules with one direction, and none of them gives what nobody takes."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from situation.page.build import PAGE_ENTRY
from situation.page.pictures.capture import SVG_ENTRY
from situation.page.scripts import Script, ordered_scripts, parse_script
from tests.arch.page_types import page_types
from tests.arch.script_names import borrowed_faults, double_name_faults, idiom_name_faults

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "src" / "situation" / "page"
ASSETS = PAGE / "assets"
PICTURES = PAGE / "pictures" / "assets"
# From low to high: a script imports from its own folder and from those before it. The whole page stands above all.
ORDER = ("core", "map", "time", "charts", "stories", "claims", "")
ALONE = {"alone.js", "caption.js", "hatching.js"}  # each one function, handed to the browser by itself


def _scripts(folder: Path, entry: str) -> list[Script]:
    return ordered_scripts(lambda name: (folder / name).read_text("utf-8"), entry)


def _direction_faults(scripts: list[Script]) -> list[str]:
    """Imports that go up the order of the folders."""

    def level(name: str) -> int:
        return ORDER.index(name.rpartition("/")[0])

    return [
        f"{script.name}:{line}: imports {one} from {source}, which stands above it. Move it down, or what needs it up."
        for script in scripts
        for one, (source, line) in script.imports.items()
        if level(source) > level(script.name)
    ]


def _idle_faults(scripts: list[Script], entry: str) -> list[str]:
    """Names that a file exports and no other imports, or that it imports and does not use."""
    taken = {(source, one) for script in scripts for one, (source, _) in script.imports.items()}
    idle = [
        f"{script.name}:{script.names[one]}: nobody imports {one}. Export it no longer."
        for script in scripts
        for one in sorted(script.exports)
        if script.name != entry and (script.name, one) not in taken
    ]
    unused = [
        f"{script.name}:{line}: {one} is imported and not used."
        for script in scripts
        for one, (_, line) in script.imports.items()
        if not re.search(rf"(?:(?<![\w$.])|(?<=\.\.\.)){re.escape(one)}(?![\w$])", script.body)
    ]
    return idle + unused


def test_the_scripts_of_the_page_import_one_way() -> None:
    assert _direction_faults(_scripts(ASSETS, PAGE_ENTRY)) == []


@pytest.mark.parametrize(("folder", "entry"), [(ASSETS, PAGE_ENTRY), (PICTURES, SVG_ENTRY)], ids=["page", "pictures"])
def test_what_a_script_exports_is_imported_and_what_it_imports_is_used(folder: Path, entry: str) -> None:
    assert _idle_faults(_scripts(folder, entry), entry) == []


@pytest.mark.parametrize(("folder", "entry"), [(ASSETS, PAGE_ENTRY), (PICTURES, SVG_ENTRY)], ids=["page", "pictures"])
def test_what_a_script_takes_from_another_it_imports(folder: Path, entry: str) -> None:
    assert borrowed_faults(_scripts(folder, entry)) == []


def test_every_script_is_part_of_the_page_or_of_a_picture() -> None:
    joined = {PAGE / "assets" / one.name for one in _scripts(ASSETS, PAGE_ENTRY)}
    joined |= {PICTURES / one.name for one in _scripts(PICTURES, SVG_ENTRY)}
    assert set(PAGE.rglob("*.js")) - joined == {PICTURES / name for name in ALONE}


def test_every_script_says_in_its_first_line_what_it_is() -> None:
    first = {path: path.read_text("utf-8").partition("\n")[0] for path in PAGE.rglob("*.js")}
    assert [path.name for path, line in first.items() if not re.fullmatch(r"// .+\.", line)] == []


def _untyped_faults(name: str, text: str) -> list[str]:
    """Exported functions that take something and do not say of what type."""
    typed = r"/\*\*(?:(?!\*/).)*@param(?:(?!\*/).)*\*/\n"
    taking = r"export (?:async )?(?:function (\w+)\((?!\))|const (\w+) = \((?!\))[^\n]*\) =>)"
    return [
        f"{name}: {one[2] or one[3]} takes something of which it says no type. Write @param above it."
        for one in re.finditer(rf"^({typed})?{taking}", text, re.MULTILINE | re.DOTALL)
        if one[1] is None
    ]


def test_every_exported_function_says_what_it_takes() -> None:
    faults = [_untyped_faults(path.name, path.read_text("utf-8")) for path in sorted(PAGE.rglob("*.js"))]
    assert [fault for some in faults for fault in some] == []


def test_names_of_scripts_say_what_they_hold_and_none_means_two_things() -> None:
    scripts = [*_scripts(ASSETS, PAGE_ENTRY), *_scripts(PICTURES, SVG_ENTRY)]
    alone = [PICTURES / name for name in ALONE] + [ROOT / "src" / "situation" / "serving" / "assets" / "served.js"]
    assert double_name_faults(scripts) == []
    assert idiom_name_faults([*scripts, *(parse_script(file.name, file.read_text("utf-8")) for file in alone)]) == []


def test_a_name_with_two_meanings_and_one_without_any_are_seen() -> None:
    one, other = _planted("one.js", "function shape(told) {}\n"), _planted("two.js", "const shape = 1;\n")
    assert double_name_faults([one, other]) == [
        "two.js:1: shape is declared in one.js too. Name each by what it is, or make them one."
    ]
    assert idiom_name_faults([one, other]) == ["one.js: told says nothing of what it holds. Name it by that."]


def test_an_exported_function_without_types_is_seen() -> None:
    good = "/**\n * One.\n * @param {string} id\n */\nexport function one(id) {}\nexport const two = () => 2;\n"
    bad = "/** Three. */\nexport const three = (id) => id;\nexport async function four({ id }) {}\nexport const x = (1 + 2);\n"
    assert [fault.split(" takes")[0] for fault in _untyped_faults("a.js", good + bad)] == ["a.js: three", "a.js: four"]


def test_the_types_that_the_scripts_are_given_are_those_of_the_payload_and_the_page() -> None:
    assert (ASSETS / "given.d.ts").read_text("utf-8") == page_types(), "Run: make docs"


def test_the_checker_of_types_is_pinned_and_nothing_else_is_installed() -> None:
    package = orjson.loads((ROOT / "package.json").read_bytes())
    assert list(package["devDependencies"]) == ["typescript"] and "dependencies" not in package
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["devDependencies"]["typescript"])


def _planted(name: str, text: str) -> Script:
    return parse_script(name, text)


def test_an_import_from_above_is_seen() -> None:
    low = _planted("core/text.js", 'import { draw } from "../map/map.js";\n\ndraw();\n')
    assert _direction_faults([low]) == [
        "core/text.js:1: imports draw from map/map.js, which stands above it. Move it down, or what needs it up."
    ]
    top = _planted("map/map.js", 'import { start } from "../start.js";\n\nstart();\n')
    assert len(_direction_faults([top])) == 1


def test_an_export_that_nobody_takes_and_an_import_that_nobody_uses_are_seen() -> None:
    scripts = [
        _planted("core/text.js", "export const DAY = 1;\nexport const idle = 2;\n"),
        _planted("start.js", 'import { DAY } from "./core/text.js";\n\nit.DAY(DAYS);\n'),
    ]
    assert _idle_faults(scripts, "start.js") == [
        "core/text.js:2: nobody imports idle. Export it no longer.",
        "start.js:1: DAY is imported and not used.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "go(day);",
        "const noon = day + 1;",
        "const noon = (hour = day) => hour;",
        "function noon() { const { hour = day } = page; }",
        "const noon = `${hour} of ${[day]}`;",
        "const noon = { day, hour: 1 };",
        "const noon = [...day, /['`]/];",
        "if (day) { go(); }",
    ],
)
def test_a_name_of_another_script_that_is_not_imported_is_seen(text: str) -> None:
    scripts = [_planted("core/text.js", "export const day = 1;\n"), _planted("start.js", f"{text}\n")]
    assert borrowed_faults(scripts) == ["start.js: day is declared in core/text.js and not imported from it."]


@pytest.mark.parametrize(
    "text",
    [
        'import { day } from "./core/text.js";\n\ngo(day);',
        "it.day(it?.day, { day: 1, hour: `a day` }); // day\n/* day */",
        'const noon = \'day\' + "day" + noon.replace(/"day/g, 1);',
        "const noon = (day) => day;",
        "const noon = day => day;",
        "function noon({ hour: [day] }) { return day; }",
        "for (const [day, hour] of hours) go(day);",
        "function noon() {\n  let hour = f(1, 2), day = 3;\n  return day;\n}",
        "try { go(); } catch (day) { go(day); }",
    ],
)
def test_a_name_that_is_imported_or_its_own_and_a_word_that_is_no_name_are_passed(text: str) -> None:
    scripts = [_planted("core/text.js", "export const day = 1;\n"), _planted("start.js", f"{text}\n")]
    assert borrowed_faults(scripts) == []
