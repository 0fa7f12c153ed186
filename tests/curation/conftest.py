"""A document that readings are held against."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.curation.builders import document

from strategraph.model import Document


@pytest.fixture
def plan(tmp_path: Path) -> Document:
    return document(tmp_path)
