"""The colours: one for each class of ours, that a label can be read on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.export import appearance
from strategraph.export.appearance import colors
from strategraph.rdf.namespace import SG, SUPERCLASSES


def luminance(color: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_class_has_its_own_color() -> None:
    classes = {class_.removeprefix(str(SG)) for class_ in SUPERCLASSES} - {"Evidence", "GivenFact"}
    classes |= {"Literal", "Class"}
    assert set(colors()) == classes
    assert len(set(colors().values())) == len(classes)


@pytest.mark.parametrize("color", colors().values())
def test_black_letters_can_be_read_on_it(color: str) -> None:
    assert re.fullmatch("#[0-9a-f]{6}", color)
    assert (luminance(color) + 0.05) / 0.05 >= 4.5


def test_what_is_wrong_with_the_palette_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appearance, "__file__", str(tmp_path / "appearance.py"))
    palette = tmp_path / "palette.toml"
    palette.write_text("[plan]\nStrategicPlan = 7", encoding="utf-8")
    with pytest.raises(UnusableInputError, match=re.escape(f"{palette}: plan.StrategicPlan: must be a text")):
        colors.__wrapped__()
