"""Where nodes stand: nothing overlaps, and what belongs together stands together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategraph.export.network import layout
from strategraph.export.network.layout import LINE, Item, Role, text_width

Places = dict[Hashable, tuple[float, float]]


def item(
    key: str,
    role: Role,
    label: str,
    size: float,
    *,
    parent: str | None = None,
    near: tuple[str, ...] = (),
    row: str = "",
) -> Item:
    """Return a disc of a radius with its label across it."""
    width, height = max(2 * size, text_width(label)), max(2 * size, LINE)
    return Item(key, role, width, height, parent=parent, near=near, row=row)


def place(items: Sequence[Item]) -> Places:
    return {key: (x, y) for key, x, y in layout.place(items)}


def plan(key: str = "plan") -> Item:
    return item(key, Role.PLAN, "A plan", 50)


def element(key: str, parent: str = "plan", label: str = "An element of the plan") -> Item:
    return item(key, Role.ELEMENT, label, 10, parent=parent)


def group(key: str, *near: str, role: Role = Role.CONCEPT_ABOVE) -> Item:
    return item(key, role, "a group", 8, near=near)


def apart(key: str, row: str = "instruments") -> Item:
    return item(key, Role.APART, "Resolution 1 (Rev. Lisbon, 2022)", 8, row=row)


def overlaps(items: Sequence[Item], places: Places) -> list[tuple[Hashable, Hashable]]:
    """Return the pairs whose discs or labels run into each other."""

    def box(item: Item) -> tuple[float, float, float, float]:
        x, y = places[item.key]
        width, height = item.width / 2 - 0.1, item.height / 2 - 0.1
        return x - width, x + width, y - height, y + height

    boxes = [(item.key, *box(item)) for item in items]
    return [
        (a, b)
        for index, (a, left, right, low, high) in enumerate(boxes)
        for b, left2, right2, low2, high2 in boxes[index + 1 :]
        if left < right2 and left2 < right and low < high2 and low2 < high
    ]


def test_nothing_to_place() -> None:
    assert place([]) == {}


def test_the_average_place_is_the_origin() -> None:
    items = [plan(), element("g1"), element("g1.1", "g1"), apart("r")]
    for axis in (0, 1):
        assert abs(sum(position[axis] for position in place(items).values())) < 1e-6


def test_parts_stand_on_both_sides_and_their_own_parts_outside_them() -> None:
    items = [plan(), element("g1"), element("g1.1", "g1"), element("g2"), element("g2.1", "g2")]
    places = place(items)
    x = {key: places[key][0] for key in places}
    assert x["g1.1"] < x["g1"] < x["plan"] < x["g2"] < x["g2.1"]
    assert not overlaps(items, places)


def test_siblings_read_downwards() -> None:
    items = [plan(), element("g1"), *(element(f"o{n}", "g1") for n in range(5))]
    heights = [place(items)[f"o{n}"][1] for n in range(5)]
    assert heights == sorted(heights, reverse=True)


def test_a_concept_of_one_part_stands_outside_it_and_a_shared_one_between() -> None:
    items = [
        plan(),
        element("g1"),
        element("g2"),
        group("only 2", "g2"),
        group("both", "g1", "g2"),
        group("theme", "g1", "g2", role=Role.CONCEPT_BELOW),
        group("of the plan", "plan"),
    ]
    places = place(items)
    assert places["only 2"][0] > places["g2"][0]
    for shared in ("both", "theme", "of the plan"):
        assert places["g1"][0] < places[shared][0] < places["g2"][0]
    assert places["both"][1] > places["plan"][1] > places["theme"][1]
    assert places["of the plan"][1] > places["plan"][1]


def test_a_concept_under_deeper_elements_goes_with_their_part() -> None:
    items = [plan(), element("g1"), element("o", "g1"), element("g2"), group("group", "o", "g1")]
    places = place(items)
    assert places["group"][0] < places["g1"][0]


def test_a_concept_linked_with_concepts_only_goes_with_them() -> None:
    items = [plan(), element("g1"), element("g2"), group("women", "g2", "people"), group("people", "women")]
    places = place(items)
    assert places["people"][0] == places["women"][0]


def test_what_stands_apart_is_below_everything_in_rows() -> None:
    items = [plan(), element("g1"), *(apart(f"r{n}") for n in range(3)), apart("org", "names")]
    places = place(items)
    lowest = min(places["plan"][1], places["g1"][1])
    rows = {places[f"r{n}"][1] for n in range(3)}
    assert len(rows) == 1
    assert places["org"][1] < rows.pop() < lowest


def test_many_that_stand_apart_make_several_lines() -> None:
    places = place([plan(), *(apart(f"r{n}") for n in range(100))])
    assert len({places[f"r{n}"][1] for n in range(100)}) > 3


def test_several_plans_share_what_stands_between_them() -> None:
    items = [
        plan("p"),
        plan("q"),
        element("p1", "p"),
        element("q1", "q"),
        group("shared", "p1", "q1"),
    ]
    places = place(items)
    assert places["p"][0] < places["shared"][0] < places["q"][0]
    assert not overlaps(items, places)


def test_an_element_without_a_plan_stands_apart() -> None:
    places = place([plan(), element("lost", "nowhere"), element("loster", "lost"), group("its", "lost")])
    assert places["lost"][1] < places["plan"][1]
    assert len(places) == 4


def test_wide_letters_take_more_room() -> None:
    def width(label: str) -> float:
        places = place([plan(), element("g", label=label), element("o", "g", label=label)])
        return abs(places["o"][0] - places["g"][0])

    assert width("目标" * 20) > width("ab" * 20) > width("a\u0301" * 20)


@st.composite
def pictures(draw: st.DrawFn) -> list[Item]:
    items: list[Item] = [plan(f"p{n}") for n in range(draw(st.integers(0, 3)))]
    keys = [str(item.key) for item in items] or ["nowhere"]
    for number in range(draw(st.integers(0, 30))):
        label = draw(st.text(max_size=80).filter(lambda text: text.isascii()))
        items.append(element(f"e{number}", draw(st.sampled_from(keys)), label))
        keys.append(f"e{number}")
    for number in range(draw(st.integers(0, 10))):
        near = draw(st.lists(st.sampled_from(keys), max_size=3))
        items.append(
            group(f"g{number}", *near, role=draw(st.sampled_from([Role.CONCEPT_ABOVE, Role.CONCEPT_BELOW])))
        )
    return items + [apart(f"a{number}") for number in range(draw(st.integers(0, 5)))]


@given(pictures())
@settings(max_examples=150, deadline=None)
def test_nothing_overlaps_and_nothing_is_lost(items: list[Item]) -> None:
    places = place(items)
    assert list(dict.fromkeys(item.key for item in items)) == sorted(
        places, key=[item.key for item in items].index
    )
    assert not overlaps(items, places)
    assert places == place(items)


@pytest.mark.usefixtures("in_proportion")
def test_a_large_plan_keeps_a_shape_that_fits_a_screen_and_takes_little_time() -> None:
    items = [plan()]
    for goal in range(20):
        items.append(element(f"g{goal}"))
        items += [element(f"g{goal}.{n}", f"g{goal}") for n in range(500)]
    items += [group(f"t{n}", f"g{n % 20}", f"g{n % 7}") for n in range(2000)]
    places = place(items)
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    height = max(y for _, y in places.values()) - min(y for _, y in places.values())
    assert 0.8 < width / height < 4
