"""What a script of the page may say, and in which order scripts are joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from situation.page.scripts import join_scripts, ordered_scripts, parse_script


def _read(files: Mapping[str, str]) -> Callable[[str], str]:
    def read(name: str) -> str:
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return read


HOUSE = {
    "start.js": """\
// The entry.
import { DAY } from "./core/text.js";
import {
  draw,
  hide,
} from "./map/map.js";

draw(DAY);
hide();
""",
    "map/map.js": """\
import { DAY } from "../core/text.js";

const wide = 3;
export function draw() {
  return wide * DAY;
}
export async function hide() {}
""",
    "core/text.js": "export const DAY = 1440;\nlet count = 0;\nexport class Text {}\n",
}


def test_each_script_stands_after_those_that_it_imports() -> None:
    assert [script.name for script in ordered_scripts(_read(HOUSE), "start.js")] == [
        "core/text.js",
        "map/map.js",
        "start.js",
    ]


def test_the_joined_text_holds_every_line_but_the_imports_and_no_word_of_export() -> None:
    assert join_scripts(_read(HOUSE), "start.js") == (
        "const DAY = 1440;\nlet count = 0;\nclass Text {}\n\n"
        "\nconst wide = 3;\nfunction draw() {\n  return wide * DAY;\n}\nasync function hide() {}\n\n"
        "// The entry.\n\ndraw(DAY);\nhide();\n"
    )


def test_a_script_knows_what_it_takes_and_gives_and_on_which_line() -> None:
    script = parse_script("start.js", HOUSE["start.js"])
    assert dict(script.imports) == {"DAY": ("core/text.js", 2), "draw": ("map/map.js", 3), "hide": ("map/map.js", 3)}
    assert parse_script("core/text.js", HOUSE["core/text.js"]).exports == {"DAY", "Text"}
    assert dict(parse_script("map/map.js", HOUSE["map/map.js"]).names) == {"wide": 3, "draw": 4, "hide": 7}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('import x from "./x.js";\n', "a.js:1: an import of another form."),
        ('import * as x from "./x.js";\n', "a.js:1: an import of another form."),
        ('import "./x.js";\n', "a.js:1: an import of another form."),
        ('import { x as y } from "./x.js";\n', "a.js:1: an import of another form."),
        ('import { x } from "x";\n', "a.js:1: an import of another form."),
        ("import { x } from './x.js';\n", "a.js:1: an import of another form."),
        ('import {\n  x,\n  x,\n} from "./x.js";\n', "a.js:1: x is imported twice."),
        ('const y = 1;\nimport { x } from "./x.js";\n', "a.js:2: an import of another form."),
        ('const y = await import("./x.js");\n', "a.js:1: import and export stand at the beginning of a line"),
        ("function f() {\n  return import.meta;\n}\n", "a.js:2: import and export stand at the beginning of a line"),
        ("{\n  export const y = 1;\n}\n", "a.js:2: import and export stand at the beginning of a line"),
        ("// One.\nexport default function f() {}\n", "a.js:2: an export of another form."),
        ("export { x };\n", "a.js:1: an export of another form."),
        ("export let x = 1;\n", "a.js:1: an export of another form."),
        ("export const { x } = y;\n", "a.js:1: an export of another form."),
        ('export * from "./x.js";\n', "a.js:1: an export of another form."),
        ("const { x } = y;\n", "a.js:1: one name a declaration"),
        ("var x = 1;\n", "a.js:1: one name a declaration"),
        ("const x = 1,\n  y = 2;\n", "a.js:1: one name a declaration"),
        ("export const x = {\n    a: 1,\n  },\n  y = 2;\n", "a.js:1: one name a declaration"),
        ("let x = 1;\nfunction x() {}\n", "a.js:2: x is declared twice."),
    ],
)
def test_another_form_is_an_error_with_file_and_line(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^{fault}"):
        parse_script("a.js", text)


def test_the_words_import_and_export_may_stand_in_comments_and_names() -> None:
    text = "// Import and export.\n/**\n * import what is needed\n */\nconst imported = 1;\n// import { x } from\nexported();\n"
    assert parse_script("a.js", text).body == text


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("core/text.js", "export const DAYS = 1440;\n", "map/map.js:1: core/text.js exports no DAY."),
        (
            "map/map.js",
            HOUSE["map/map.js"].replace("export async ", "async "),
            "start.js:3: map/map.js exports no hide.",
        ),
        (
            "map/map.js",
            HOUSE["map/map.js"].replace("core/text", "core/words"),
            "map/map.js:1: there is no core/words.js.",
        ),
        (
            "map/map.js",
            HOUSE["map/map.js"].replace("wide", "count"),
            "map/map.js:3: count is declared in core/text.js too.",
        ),
        (
            "map/map.js",
            HOUSE["map/map.js"].replace("wide", "DAY"),
            "map/map.js:3: DAY is declared in core/text.js too.",
        ),
        (
            "core/text.js",
            'import { draw } from "../map/map.js";\n' + HOUSE["core/text.js"],
            "core/text.js imports map/map.js imports core/text.js: a circle.",
        ),
        (
            "core/text.js",
            'import { Text } from "./text.js";\n' + HOUSE["core/text.js"],
            "core/text.js imports core/text.js: a circle.",
        ),
    ],
)
def test_what_does_not_fit_together_is_an_error_that_names_the_files(file: str, text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^{fault}"):
        ordered_scripts(_read({**HOUSE, file: text}), "start.js")
