"""Fetches the editor of the query page from npm, and the licences of all that it contains.

Run with ``make query-page``; needs npm. The packages are held against the checksums below; nothing in them is
changed but that the name of the source map, which is not shipped, is left out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGES = {
    "yasqe": (
        "4.6.2",
        "83iCLuBIgU04KBIaibxZTjKvrXD6sEe/+aqsHxLb4+ZVD4eaUwh5hFJEetuWkiKBY6WxTjVOmhKXvh2AAOR14g==",
    ),
}
CHOSEN = {"(MPL-2.0 OR Apache-2.0)": "(MPL-2.0 OR Apache-2.0), here under Apache-2.0"}
# An IRI in the editor's list of prefixes, which the page does not use: it reads like a path of some machine.
NO_PATH = b"http://bblfish.net/" + b"work/atom-owl/2006-06-06/#"
SOURCE_MAP = re.compile(rb"^/[/*][#@] sourceMappingURL=.*\n?", re.MULTILINE)

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation
the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE."""  # noqa: E501 (the words are not ours)


def main(target: Path) -> None:
    """Write the files of each package, and LICENCES.txt, into ``target``."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        names = [f"@zazuko/{name}@{version}" for name, (version, _) in PACKAGES.items()]
        subprocess.run(["npm", "pack", "--silent", *names], cwd=work, check=True)
        for name, (version, checksum) in PACKAGES.items():
            unpack(work / f"zazuko-{name}-{version}.tgz", name, checksum, target)
        (work / "package.json").write_text("{}", encoding="utf-8")
        command = ["npm", "install", "--silent", "--ignore-scripts", "--omit=dev", *names]
        subprocess.run(command, cwd=work, check=True)
        (target / "LICENCES.txt").write_text(licences(work / "node_modules"), encoding="utf-8")


def unpack(archive: Path, name: str, checksum: str, target: Path) -> None:
    """Write a package's script and style sheet; end if it is not the package whose checksum we know."""
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != checksum:
        sys.exit(f"{archive.name}: SHA-512 is {found}, not {checksum}")
    with tarfile.open(archive) as package:
        for suffix in ("js", "css"):
            member = package.extractfile(f"package/build/{name}.min.{suffix}")
            assert member is not None
            (target / f"{name}.min.{suffix}").write_bytes(
                SOURCE_MAP.sub(b"", member.read().replace(NO_PATH, b""))
            )


def licences(modules: Path) -> str:
    """Return name, licence and licence text of every package, by name."""
    parts = []
    for manifest in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        about = json.loads(manifest.read_text(encoding="utf-8"))
        texts = sorted(manifest.parent.glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
        text = texts[0].read_text(encoding="utf-8").strip() if texts else without_text(about)
        licence = about.get("license", "see below")
        parts.append(f"{about['name']}: {CHOSEN.get(licence, licence)}\n\n{text}\n")
    return ("\n" + "-" * 72 + "\n\n").join(parts)


def without_text(about: dict[str, Any]) -> str:
    """Return the licence of a package that names one but does not have its text, for its authors."""
    people = [about.get("author", ""), *about.get("contributors", [])]
    names = [person if isinstance(person, str) else person["name"] for person in people]
    holders = f"Copyright (c) {', '.join(name for name in names if name) or 'the authors'}"
    return f"{holders}\n\n{MIT}" if about.get("license") == "MIT" else holders


if __name__ == "__main__":
    main(Path(sys.argv[1]))
