from strategraph.evaluation.fault_places import SourceLines

PLACES = SourceLines("Youth first\n\n**Goal 2**:\n*Help* the youth ½ day\nend")


def test_lines_count_from_one() -> None:
    assert [PLACES.line(offset) for offset in (0, 11, 12, 13, 54)] == [1, 1, 2, 3, 5]


def test_words_are_found_through_markup_and_over_lines() -> None:
    assert PLACES.line_of("goal 2 help the youth") == 3
    assert PLACES.line_of("youth 1⁄2 day") == 4


def test_words_are_looked_for_from_where_the_element_begins() -> None:
    assert PLACES.line_of("youth") == 1
    assert PLACES.line_of("youth", inside="Goal 2: Help") == 4
    assert PLACES.line_of("youth", inside="not there") == 1


def test_the_first_words_of_a_long_text_are_enough() -> None:
    assert PLACES.line_of("Goal 2: Help the youth ½ and more that is not there") == 3
    assert PLACES.line_of("Goal 2: Help the youth and more that is not there") is None


def test_what_is_not_there_has_no_line() -> None:
    assert PLACES.line_of("goal 3") is None
    assert PLACES.line_of("–") is None
