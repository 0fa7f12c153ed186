from hypothesis import given
from hypothesis import strategies as st

from strategraph.model import Span
from strategraph.model.span_index import SpanIndex

spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 60), st.integers(1, 30))


@given(st.lists(spans, max_size=40), spans)
def test_finds_what_a_look_at_each_finds(given_spans: list[Span], span: Span) -> None:
    places = SpanIndex((each, number) for number, each in enumerate(given_spans))
    overlapping = [n for n, each in enumerate(given_spans) if each.overlaps(span)]
    assert places.overlapping(span) == overlapping
    assert places.overlaps(span) == bool(overlapping)
    assert places.containing(span) == [n for n, each in enumerate(given_spans) if each.contains(span)]


def test_holds_nothing_where_there_are_no_places() -> None:
    assert SpanIndex[str](()).containing(Span(0, 1)) == []


def test_a_long_span_does_not_make_every_look_up_long() -> None:
    looked_at = 0

    class Counting(list[int]):
        def __getitem__(self, index):  # type: ignore[no-untyped-def]
            nonlocal looked_at
            looked_at += 1
            return super().__getitem__(index)

    places = SpanIndex([(Span(0, 10**6), -1), *((Span(n, n + 1), n) for n in range(4096))])
    places._reach = Counting(places._reach)
    assert places.overlapping(Span(4000, 4001)) == [-1, 4000]
    assert looked_at < 100
