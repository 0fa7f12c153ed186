"""Write a CycloneDX bill of materials of what an installed strategraph consists of, and check its licences.

    python docs/sbom.py out/sbom.cdx.json

It is made offline, from the metadata of what is installed in this environment: the package, what it requires,
and what that requires. The same environment gives the same bytes. Exit status 1 if a licence is not one of
:data:`PERMITTED`; a package that does not say its licence in a form that programs read is named in
:data:`READ`, with what its licence file says.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PERMITTED = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-SA-3.0", "CC0-1.0", "ISC",
        "LicenseRef-Public-Domain", "MIT",
        "MIT-0", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "W3C-20150513", "ZPL-2.1", "Zlib",
    }
)  # fmt: skip
"""SPDX identifiers of licences under which a package may be required: none reaches beyond single files."""

READ: dict[str, str] = {
    "ahocorasick-rs": "Apache-2.0",
    "docutils": "LicenseRef-Public-Domain AND 0BSD AND BSD-2-Clause",  # the GPL part is for Emacs
    "owlrl": "W3C-20150513",
    "pypdfium2": "Apache-2.0 OR BSD-3-Clause",  # and PDFium's own, all permissive, in its folder of licences
}
"""Licences that were read in the packages' own files, since their metadata does not say them as SPDX does."""

_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Zope Public License": "ZPL-2.1",
}
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def packages(root: str = "strategraph") -> dict[str, Distribution]:
    """Return the package and all that it requires in turn, without its extras, by normal name."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = normal(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # required only on other systems
        waiting += _required(found[name])
    return found


def _required(package: Distribution) -> Iterator[str]:
    for line in package.requires or ():
        match = _NAME.match(line)
        if match and "extra ==" not in line:
            yield match[0]


def normal(name: str) -> str:
    """Return a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(package: Distribution) -> str:
    """Return the SPDX expression of a package's licence, "" if it says none that is understood."""
    metadata = package.metadata
    name = normal(metadata["Name"])
    if name in READ:
        return READ[name]
    said = metadata.get("License-Expression") or ""
    if said:
        return said
    classifiers = metadata.get_all("Classifier") or ()
    classified = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    known = [_CLASSIFIERS[each] for each in classified if each in _CLASSIFIERS]
    if known:
        return " OR ".join(dict.fromkeys(known))
    short = (metadata.get("License") or "").strip()
    return short if short in PERMITTED else ""


def is_permitted(expression: str) -> bool:
    """Whether permitted licences alone meet an expression; of several to choose from, one is enough."""
    return bool(expression) and all(
        any(term.strip(" ()").partition(" WITH ")[0] in PERMITTED for term in part.split(" OR "))
        for part in expression.split(" AND ")
    )


def bill(found: dict[str, Distribution]) -> dict[str, object]:
    """Return the bill of materials (CycloneDX 1.6)."""

    def component(name: str) -> dict[str, object]:
        package = found[name]
        return {
            "type": "application" if name == "strategraph" else "library",
            "bom-ref": f"pkg:pypi/{name}@{package.version}",
            "name": name,
            "version": package.version,
            "purl": f"pkg:pypi/{name}@{package.version}",
            "licenses": [{"expression": licence(package)}] if licence(package) else [],
        }

    def depends(name: str) -> dict[str, object]:
        needed = sorted({normal(each) for each in _required(found[name])} & found.keys())
        return {
            "ref": component(name)["bom-ref"],
            "dependsOn": [component(each)["bom-ref"] for each in needed],
        }

    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component("strategraph")},
        "components": [component(name) for name in sorted(found) if name != "strategraph"],
        "dependencies": [depends(name) for name in sorted(found)],
    }


def main() -> None:
    """Write the bill; complain of licences that are not permitted."""
    found = packages()
    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill(found), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    refused = [
        f"{name}: {licence(found[name]) or 'says no licence'}"
        for name in sorted(found)
        if not is_permitted(licence(found[name]))
    ]
    for line in refused:
        print(line, file=sys.stderr)
    print(f"{path}: {len(found)} packages, {len(refused)} with a licence that is not permitted")
    raise SystemExit(1 if refused else 0)


if __name__ == "__main__":
    main()
