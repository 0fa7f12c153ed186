"""Plans of several owners, to ask them all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

PLANS = {
    "harbour": """Harbour Board
Harbour Plan 2024-2027

The Harbour Board adopts this plan under Resolution 71 (Rev. Bucharest, 2022).

Goal 1: Bridge the digital divide for women and girls and for persons with disabilities, with innovation
Target 1.1: By 2027, 60% of women and girls are online
Goal 2: Clean water for older persons
""",
    "coast": """Coast Agency
Coast Strategy 2025-2030

This strategy follows Resolution 71 (Rev. Dubai, 2018).

Priority 1: Bridge the digital divide for women and girls and youth, with innovation
Priority 2: Safe beaches for fishers
""",
    "hills": """Hill Council
Hill Strategy 2025-2030

Objective 1: Good roads for youth
Action 1.1: Build a bridge
""",
}
GUILDS = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sg: <https://w3id.org/strategraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:one/organization/river-guild> a sg:Organization ; rdfs:label "River Guild" .
<urn:two/organization/rg> a sg:Organization ; rdfs:label "RG" ; skos:altLabel "river guild" .
"""


@pytest.fixture(scope="session")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graphs of three plans: one of goals, one of priorities, one of objectives."""
    from strategraph.export import write
    from strategraph.pipeline import build
    from strategraph.reading.request import Original

    folder = tmp_path_factory.mktemp("neighbours")
    for name, text in PLANS.items():
        (folder / name).mkdir()
        result = build(Original(f"{name}.txt", text.encode()))
        (folder / name / f"{name}.ttl").write_bytes(write(result.graph, "turtle"))
    (folder / "guilds.ttl").write_text(GUILDS, encoding="utf-8")
    return folder
