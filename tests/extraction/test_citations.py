"""Citations in whole texts: mentions, spans, short forms, roles, and the real documents."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.citations import find_cited
from strategraph.model import CitationMention, Passage, passage
from strategraph.reading import read

SHARED = Path(__file__).parents[2] / ".." / "shared"


def passages(text: str) -> list[Passage]:
    """Return the paragraphs of ``text``."""
    found: list[Passage] = []
    start = 0
    for paragraph in text.split("\n\n"):
        found.append(passage(text, [(start, start + len(paragraph))]))
        start += len(paragraph) + 2
    return [one for one in found if one]


def citations(text: str) -> tuple[CitationMention, ...]:
    return find_cited(passages(text))[0]


def surfaces(text: str) -> list[str]:
    return [mention.surface for mention in citations(text)]


def roles(text: str) -> list[tuple[str, str]]:
    return [(mention.surface, mention.role) for mention in citations(text)]


# --------------------------------------------------------------------------------------------------
# Mentions


def test_a_mention_says_what_was_seen_and_where() -> None:
    text = "As set out in\u00a0Resolution 71 (Rev. Bucharest,\n2022), we go on."
    (mention,) = citations(text)
    assert mention.surface == "Resolution 71 (Rev. Bucharest, 2022)"
    span = mention.support.span
    assert text[span.start : span.end] == "Resolution 71 (Rev. Bucharest,\n2022)"
    assert mention.support.rule == "citation/numbered"
    assert mention.support.confidence == 1.0
    assert (mention.kind, mention.number, mention.revision_place) == ("Resolution", "71", "Bucharest")
    assert (mention.revision_year, mention.revised, mention.role) == (2022, True, "cites")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("المقرر 7/م أ-12", "7/م أ-12"),
        ("القرار ٧١ (المراجَع في دبي، ٢٠١٨)", "71"),
        ("（江政发〔２０２０〕3号）", "江政发〔2020〕3号"),
    ],
)
def test_a_number_has_its_letters_as_printed_and_western_digits(text: str, number: str) -> None:
    assert [mention.number for mention in citations(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Plan stratégique 2026-2030\n\nApprouvé par délibération n° 41-2025 de l’assemblée régionale.",
        "Plan Estratégico 2025-2030\n\nAprobado por el Pleno mediante Acuerdo n.º 33/2025, de 4 de marzo.",
        "Piano triennale 2025-2027\n\nAdottato dalla Giunta con deliberazione n. 112 del 3 febbraio 2025.",
        "Программа развития\n\nУТВЕРЖДЕНА постановлением Администрации от 5 июня 2024 г. № 412",
        "الخطة الاستراتيجية للبلدية\n\nأقرّ المجلس البلدي هذه الخطة بالقرار رقم 18 لسنة 2025.",
        "气象局发展规划\n\n（经省政府会议审议通过，苏政发〔2026〕8号印发）",
    ],
)
def test_the_line_below_the_title_says_what_adopted_the_plan(text: str) -> None:
    assert [role for _, role in roles(text)] == ["adoptedBy"]


def test_another_thing_that_was_adopted_below_the_title_is_not_the_plan() -> None:
    text = "Plan stratégique 2026-2030\n\nLe budget a été approuvé par la délibération n° 50-2025 du conseil."
    assert [role for _, role in roles(text)] == ["cites"]


def test_a_list_is_one_mention_for_each_instrument() -> None:
    found = citations("See Resolutions 32, 44 and 54 (Rev. Hammamet, 2016).")
    assert [mention.number for mention in found] == ["32", "44", "54"]
    assert {mention.surface for mention in found} == {"Resolutions 32, 44 and 54 (Rev. Hammamet, 2016)"}
    assert len({mention.support.span for mention in found}) == 1


def test_without_accents_of_their_own_the_words_are_found() -> None:
    (mention,) = citations("La RE\u0301SOLUTION 71 (RE\u0301V. DUBAI\u0308, 2018) suit.")
    assert mention.revision_place == "Dubai"
    assert mention.surface == "RE\u0301SOLUTION 71 (RE\u0301V. DUBAI\u0308, 2018)"


def test_of_two_readings_the_longer_wins() -> None:
    (mention,) = citations("under Public Sector Bodies Accessibility Regulations 2018, as made")
    assert mention.title == "Public Sector Bodies Accessibility Regulations 2018"
    (mention,) = citations("Geospatial Data Act of 2018")
    assert mention.title == "Geospatial Data Act of 2018"


def test_a_title_ends_before_the_next_citation() -> None:
    assert surfaces("Convention on the Protection of Birds and General Assembly resolution 79/226") == [
        "Convention on the Protection of Birds",
        "General Assembly resolution 79/226",
    ]


def test_a_name_in_the_table_is_surer_than_a_form_for_any_name() -> None:
    (mention,) = citations("the European Accessibility Act")
    assert mention.title == "Directive 2019/882"


@pytest.mark.parametrize(
    "text",
    [
        "Our resolution is firm: decisions and recommendations follow, and the act is done.",
        "New Year's resolution 1: eat less.",
        "Recommendation 3: hire. Decision 5: go. Opinion 2 was shared.",
        "Screens with resolution 1080 by 720.",
        "We act on the Convention theme at our annual convention.",
        "People must Act Now, and How We Act matters.",
        "Room A.12(3), gate B/12, form S/N 2020/1, 24/7 support",
    ],
)
def test_ordinary_words_cite_nothing(text: str) -> None:
    assert surfaces(text) == []


def test_a_bare_number_counts_only_beside_its_full_form() -> None:
    text = "Decision 5 holds.\n\nDecision 5 (Rev. Dubai, 2018) was taken. Decision 6 is ours."
    assert surfaces(text) == ["Decision 5", "Decision 5 (Rev. Dubai, 2018)"]


# --------------------------------------------------------------------------------------------------
# Short forms


def test_a_defined_name_means_what_it_was_defined_for() -> None:
    text = (
        "The CFO Act comes first. By the Communications Act of 1934, as amended (the “Communications Act”), "
        "and the Chief Financial Officers Act of 1990 (CFO Act).\n\nThe Communications Act says so."
    )
    assert [(one.surface, one.title) for one in citations(text)] == [
        ("CFO Act", "Chief Financial Officers Act of 1990"),
        ("Communications Act of 1934", "Communications Act of 1934"),
        ("Communications Act", "Communications Act of 1934"),
        ("Chief Financial Officers Act of 1990", "Chief Financial Officers Act of 1990"),
        ("CFO Act", "Chief Financial Officers Act of 1990"),
        ("Communications Act", "Communications Act of 1934"),
    ]


def test_an_acronym_is_a_name_only_if_it_has_the_initials() -> None:
    text = "The Geospatial Data Act (GDA) and the Executive Order on Trade in Intelligence (AI). GDA and AI."
    assert surfaces(text).count("GDA") == 2
    assert "AI" not in surfaces(text)


def test_another_act_in_brackets_is_no_name_of_the_first() -> None:
    text = "Title II of the Evidence Act of 2018 (OPEN Government Data Act). The Privacy Act of 1974 (Privacy Act)."
    assert [one.title for one in citations(text)] == [
        "Evidence Act of 2018",
        "OPEN Government Data Act",
        "Privacy Act of 1974",
        "Privacy Act of 1974",
    ]


def test_a_name_defined_twice_is_no_certain_name() -> None:
    text = 'The Foo Act of 2001 (the "Act") and the Bar Act of 2002 (the "Act"). The Act stands.'
    assert [one.title for one in citations(text) if one.surface == "The Act"] == [None]


def test_a_common_noun_defined_as_a_name_needs_its_article() -> None:
    text = 'The Foo Act of 2001 (the "Act"). The Act stands. Act now.'
    assert surfaces(text) == ["Foo Act of 2001", "The Act"]


def test_words_that_point_back_need_something_before_them() -> None:
    assert surfaces("The Resolution says so. Ibid.") == []
    found = citations("Resolution 71 (Rev. Dubai, 2018).\n\nThe Resolution says so. Ibid., p. 3.")
    assert [(one.surface, one.kind, one.number) for one in found[1:]] == [
        ("The Resolution", "Resolution", None),
        ("Ibid.", "Resolution", None),
    ]


def test_an_act_in_a_heading_is_cut_to_its_known_name() -> None:
    text = "Implementing the Geospatial Data Act.\n\n11.1 High-Value Geospatial Data Act Investment Areas"
    assert surfaces(text) == ["Geospatial Data Act", "Geospatial Data Act"]
    assert surfaces("High-Value Geospatial Data Act Investment Areas") == ["High-Value Geospatial Data Act"]
    assert surfaces("The Cures Act.\n\nThe Better Cures Act is another.") == ["Cures Act", "Better Cures Act"]


# --------------------------------------------------------------------------------------------------
# The document's own symbol


def test_a_symbol_in_the_masthead_is_the_documents_own() -> None:
    text = "United Nations E/ICEF/2025/12\n\nDistr.: General\n\nThe plan is read with E/ICEF/2025/13.\n\nE/ICEF/2025/12"
    assert surfaces(text) == ["E/ICEF/2025/13"]


def test_a_symbol_in_brackets_cites() -> None:
    assert surfaces("The plan (E/ICEF/2025/12)\n\nsee E/ICEF/2025/13") == ["E/ICEF/2025/12", "E/ICEF/2025/13"]


# --------------------------------------------------------------------------------------------------
# The document's own name


def test_the_policy_that_the_title_names_is_the_plan_itself() -> None:
    text = "Savaria's National Pond Policy | Observatory\n\nThe National Pond Policy has two goals."
    assert surfaces(text) == []


def test_another_policy_than_the_one_in_the_title_is_cited() -> None:
    text = "Savaria's National Pond Policy\n\nIt follows the National Meadow Policy.\n\nSee the Open Pond Policy."
    assert surfaces(text) == ["National Meadow Policy", "Open Pond Policy"]
    assert surfaces("The goals of ponds and meadows follow the National Pond Policy") == [
        "National Pond Policy"
    ]


# --------------------------------------------------------------------------------------------------
# Roles


def test_the_instrument_that_adopted_the_plan() -> None:
    assert roles("Resolution 71 (Rev. Bucharest, 2022) adopted the ITU Strategic Plan for 2024-2027") == [
        ("Resolution 71 (Rev. Bucharest, 2022)", "adoptedBy")
    ]
    assert roles(
        "The strategic plan for the six-year period 2024 to 2029 (resolution A.1173(33)) sets out the vision. "
        "It replaced A.1149(32)."
    ) == [("resolution A.1173(33)", "adoptedBy"), ("A.1149(32)", "cites")]


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Town Plan\n\nTown Council Resolution 15-2021, adopted May 4, 2021",
        "Harbour Town Plan 2021-2026\n\nResolution No. 2021-15\n\nAdopted by the Town Council May 4, 2021",
        "Harbour City Strategic Plan\n\nAdopted June 5, 2020\n\nResolution No. 2020-45",
        "Harbour City Strategic Plan\n\nPassed and adopted by the Board of Trustees, Resolution 2020-12",
        "Harbour Plan 2030\n\nAdopted by the City Council on March 4, 2019, Ordinance No. 2019-15",
        "DECRETO 4\n\nAPRUEBA LA POLÍTICA NACIONAL DE AGUA",
        "EXECUTIVE ORDER NO. 45\n\nAPPROVING AND ADOPTING THE NATIONAL WATER PLAN 2020-2030",
        "RESOLUTION NO. 2020-118: A resolution of the City Council adopting the Strategic Plan\n\nThe council met.",
        "ORDINANCE 2022-014: AN ORDINANCE ADOPTING THE COMPREHENSIVE PLAN OF THE TOWN\n\nSection 1. Title",
        "Board Resolution 2019-33 – Adopting the Agency's Strategic Plan\n\nThe board has met.",
        "RESOLUTION 2020-11\n\nRESOLVED, that the Board of Trustees approves the Strategic Plan attached hereto.",
        "Strategic Plan 2020-2025\n\nBoard approved: June 3, 2020 (Resolution 20-45)",
        "Strategic Plan 2020-2025\n\nApproved by the University Council, Decision No. 12 of 3 May 2020",
    ],
)
def test_stamps_imprints_and_headings_tell_what_adopted_the_plan(text: str) -> None:
    assert [role for _, role in roles(text)] == ["adoptedBy"]


@pytest.mark.parametrize(
    "text",
    [
        "Strategic Plan 2020-2025\n\nThe budget was approved by Resolution 2020-12.",
        "Strategic Plan\n\nAdopted policies: see Ordinance No. 2019-15",
        "Water Strategy\n\nThe Paris Agreement was adopted in 2015. The Water Act 2007 applies.",
        "Harbour Plan 2030\n\nResolution No. 2021-15\n\nThe town lies on a river.",
        "RESOLUTION NO. 2021-15\n\nA RESOLUTION ADOPTING THE FEE SCHEDULE\n\nWHEREAS the Strategic Plan calls for fees,",
        "RESOLUTION NO. 2021-15: A resolution adopting the fee schedule\n\nThe Strategic Plan is kept.",
    ],
)
def test_what_adopts_something_else_is_cited(text: str) -> None:
    assert {role for _, role in roles(text)} == {"cites"}


def test_of_two_decisions_one_approved_and_one_extended_the_plan() -> None:
    text = (
        "The Strategic Plan 2020–2023 was approved by the Assembly at its first session via Decision 2/1. "
        "The plan was extended to 2025 by the Executive Board through decision 2023/3."
    )
    assert roles(text) == [("Decision 2/1", "adoptedBy"), ("decision 2023/3", "extendedBy")]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 72 (Rev. Dubai, 2018) adopted the budget of the Union.",
        "Resolution 71 (Rev. Dubai, 2018) has not adopted this plan.",
        "Strategic plan\n\n(Annex 1 to Resolution 71 (Rev. Dubai, 2018))",
        "The Board adopted decision 2021/17. The strategic plan follows.",
        "Strategic plan 2024-2027\n\nResolution 71 (Rev. Dubai, 2018) adopted the strategic plan for 2020-2023.",
    ],
)
def test_not_every_instrument_near_a_plan_adopted_it(text: str) -> None:
    assert {role for _, role in roles(text)} == {"cites"}


def test_inside_the_resolution_itself() -> None:
    text = (
        "RESOLUTION 71 (REV. BUSAN, 2014)\n\nStrategic plan for the Union for 2016-2019\n\n"
        "considering Resolution 72 (Rev. Busan, 2014) and the strategic plan for 2012-2015,\n\n{}"
    )
    adopting = text.format("resolves\n\n1 to adopt the strategic plan for 2016-2019;")
    assert roles(adopting)[0] == ("RESOLUTION 71 (REV. BUSAN, 2014)", "adoptedBy")
    assert roles(adopting)[1][1] == "cites"
    noting = text.format("resolves to note the strategic plan for 2016-2019;")
    assert roles(noting)[0][1] == "cites"


def test_a_past_plan_was_adopted_by_another_resolution() -> None:
    text = (
        "Resolution A.1173(33)\n\nAdopted on 6 December 2023\n\n(Agenda item 8)\n\n{}\n\n"
        "FOR THE SIX-YEAR PERIOD 2024 TO 2029\n\nRECALLING ALSO resolution A.1149(32), by which it adopted the "
        "revised strategic plan for the six-year period 2018 to 2023,"
    )
    assert roles(text.format("STRATEGIC PLAN FOR THE ORGANIZATION")) == [
        ("Resolution A.1173(33)", "adoptedBy"),
        ("resolution A.1149(32)", "cites"),
    ]
    other = text.format("APPLICATION OF THE STRATEGIC PLAN OF THE ORGANIZATION")
    assert {role for _, role in roles(other)} == {"cites"}
    assert roles(f"{other}\n\n1 APPROVES the Strategic Plan for the Organization.")[0][1] == "adoptedBy"


def test_the_imprint_below_a_title() -> None:
    text = (
        "OFFICE FOR BOATS\n\n{}\n\nKeeping afloat\n\nApproved by Board Resolution 2023-17 of 9 November 2023"
    )
    assert roles(text.format("Strategic Plan 2024-2028"))[0][1] == "adoptedBy"
    assert roles(text.format("Rules of the house"))[0][1] == "cites"


@pytest.mark.parametrize(
    ("text", "adopting"),
    [
        ("УТВЕРЖДЕНА\n\nпостановлением администрации района от 25 июня 2019 года № 549\n\nМУНИЦИПАЛЬНАЯ ПРОГРАММА", "549"),
        ("УТВЕРЖДЕН\n\nрешением Ученого совета от 25.05.2019, протокол № 5\n\nПРОГРАММА РАЗВИТИЯ", "5"),
        ("Strategic Plan 2020-2025\n\nApproved by\n\nBoard Resolution 2020-12", "2020-12"),
        ("Strategic Plan 2020-2025\n\nAdopted: 5 May 2020 by Resolution 2020-12", "2020-12"),
        ("PEDI 2013-2017\n\nAprobado por Resolución H.C.U. Nro. 004/2013", "004/2013"),
        ("Comprehensive Plan\n\nAdopted by Ordinance 2019-12", "2019-12"),
        ("Об утверждении муниципальной программы\n\nПОСТАНОВЛЕНИЕ от 25.06.2019 № 549", "549"),
        ("国务院关于印发全国草原规划的通知\n\n国发〔2016〕12号\n\n各省人民政府", "国发〔2016〕12号"),
        ("By Resolution 2020-12 the City Council adopted the Strategic Plan 2020-2025.", "2020-12"),
    ],
)  # fmt: skip
def test_stamps_fields_and_titles_of_acts_say_what_adopted_the_plan(text: str, adopting: str) -> None:
    assert [one.number for one in citations(text) if one.role == "adoptedBy"] == [adopting]


@pytest.mark.parametrize(
    "text",
    [
        "Comprehensive Plan\n\nAdopted under the Meadows Act 2011",
        "Rules of the house\n\nAdopted: Resolution 2020-12",
        "Strategic Plan 2020-2025\n\nLegal basis: Resolution 2020-12",
        "Об утверждении порядка\n\nПОСТАНОВЛЕНИЕ от 25.06.2019 № 549",
        "关于做好草原规划编制工作的通知\n\n国发〔2016〕12号",
    ],
)
def test_other_fields_and_acts_adopt_nothing(text: str) -> None:
    assert {role for _, role in roles(text)} == {"cites"}


def test_a_plan_with_a_name_is_this_plan_only_if_its_title_says_so() -> None:
    text = "{}\n\nThe Assembly adopted the Global Action Plan in resolution WHA66.10."
    assert roles(text.format("Global Action Plan 2013-2020"))[0][1] == "adoptedBy"
    assert roles(text.format("Health Strategy 2013-2020"))[0][1] == "cites"


def test_a_title_in_the_heading_of_the_decision_itself() -> None:
    text = (
        "Decision 2/1: Strategic plan 2026-2029\n\nThe Assembly,\n\n1. {} the strategic plan for 2026-2029;"
    )
    assert roles(text.format("Adopts"))[0][1] == "adoptedBy"
    assert roles(text.format("Notes"))[0][1] == "cites"


def test_a_pronoun_for_the_plan() -> None:
    approved = "The Board of Regents approved it on May 17, 2024 (Resolution 2024-17)."
    assert roles(f"Many met for this plan. {approved}") == [("Resolution 2024-17", "adoptedBy")]
    assert roles(f"Many met for the fair. {approved}") == [("Resolution 2024-17", "cites")]
    assert roles(f"It is the end of the previous plan. {approved}") == [("Resolution 2024-17", "cites")]
    assert roles("We made this strategy. It was adopted by Decision 2/1.") == [("Decision 2/1", "adoptedBy")]


def test_the_plan_extended_by_two_decisions_of_which_one_recommended_it() -> None:
    text = (
        "The Executive Board, by decision 2022/6, recommended, and the Assembly decided (decision 2/3), that the "
        "plan be extended until the year 2025 (General Assembly resolution 75/233)."
    )
    assert [role for _, role in roles(text)] == ["extendedBy", "extendedBy", "cites"]


@pytest.mark.parametrize(
    "text",
    [
        "The plan takes account of the 2030 Agenda for Sustainable Development (General Assembly resolution 70/1).",
        "It supersedes the plan adopted by resolution A.38(10).",
        "the Council Plan, which Council adopted on 24 June under section 90 of the Local Government Act 2020.",
    ],
)
def test_what_a_plan_is_beside_did_not_adopt_it(text: str) -> None:
    assert [role for _, role in roles(text)] == ["cites"]


@pytest.mark.parametrize(
    "text",
    [
        "Read our Action Plan 2024, the Policy on 2024-17 and the Convention Centre.",
        "Act now. The Order of business, the Resolution of disputes and Decision-making 2025.",
        "See you at the NRA Convention 2024; a New World Order 2030; Circular Economy 2030.",
    ],
)
def test_names_that_look_like_instruments_cite_nothing(text: str) -> None:
    assert surfaces(text) == []


# --------------------------------------------------------------------------------------------------
# Any text


@pytest.mark.parametrize(
    "piece",
    [
        "the strategic plan adopted by Resolution 2/1 ",
        "Resolution 2/1, Resolution 2/2 that the plan be ",
        "approved it (Resolution 2/1). This plan. ",
        "strategic plan for the period of the years, ",
        "supersedes the plan adopted Decision 2/1 ",
    ],
)
@pytest.mark.usefixtures("in_proportion")
def test_roles_take_time_in_proportion(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    find_cited([passage(text, [(0, len(text))])])


PIECES = st.sampled_from(
    [
        "Resolution 71",
        " (Rev. Dubai, 2018)",
        "s 1, 2 and 3",
        "the Act",
        "ibid. ",
        "é\u0301 ",
        "\u00a0",
        "(",
        ")",
        ". ",
    ]
)


@pytest.mark.parametrize(
    ("text", "number", "surface"),
    [
        ("the Meadow Care Act (MCA) (Public Law 113-128) funds it", "113-128", "Meadow Care Act (MCA) (Public Law 113-128)"),
        ("conforme a Lei nº 9.394/1996 (LDB).", "9.394/1996", "Lei nº 9.394/1996 (LDB)"),
        ("the Water Framework Directive 2000/60/EC sets it", "2000/60/EC", "Water Framework Directive 2000/60/EC"),
        (
            "the Executive Order on Having Meadows Made by All of Us (Executive Order 14005)",
            "14005",
            "Executive Order on Having Meadows Made by All of Us (Executive Order 14005)",
        ),
    ],
)  # fmt: skip
def test_a_name_and_the_number_beside_it_are_one_act(text: str, number: str, surface: str) -> None:
    assert [(one.number, one.surface) for one in citations(text)] == [(number, surface)]


def test_the_act_is_meant_wherever_one_of_its_names_stands() -> None:
    text = "the Meadow Care Act (MCA) (Public Law 113-128). MCA and Public Law 113-128 are one."
    assert {(one.title, one.number) for one in citations(text)} == {("Meadow Care Act", "113-128")}


def test_a_name_behind_another_act_is_not_that_acts_name() -> None:
    text = "Regulation (EU) 2016/679 repealing Directive 95/46/EC (General Data Protection Regulation)"
    assert [one.surface for one in citations(text)] == [
        "Regulation (EU) 2016/679", "Directive 95/46/EC", "General Data Protection Regulation",
    ]  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_cited([whole] if (whole := passage(text, [(0, len(text))])) else [])[0]
    spans = list(dict.fromkeys(mention.support.span for mention in found))
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for mention in found:
        quoted = text[mention.support.span.start : mention.support.span.end]
        assert mention.surface[0] == quoted[0]
        assert mention.surface[-1] == quoted[-1]
        assert mention.support.span.end <= len(text)


@pytest.mark.shared
def test_plans_that_cite_nothing_stay_without_citations() -> None:
    names = (
        "carpentries-strategic-plan-2020-2025.md",
        "csub-goals-and-objectives.txt",
        "fao-strategic-framework-2022-31.txt",
        "gbif-strategic-framework-2023-2027.adoc",
        "ndsa-strategy-map-2020.md",
        "uk-government-digital-strategy-2012.md",
        "undp-strategic-plan-2022-2025.txt",
    )
    if not SHARED.is_dir():
        pytest.skip("the folder of real documents is not beside the checkout")
    for name in names:
        document = read(SHARED / "plans" / name)
        assert find_cited([block.passage for block in document.blocks])[0] == (), name
