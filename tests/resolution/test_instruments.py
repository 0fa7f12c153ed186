"""Which instrument each citation means."""

from __future__ import annotations

import pytest

from strategraph.extraction.citations import find_cited
from strategraph.model import Instrument, passage
from strategraph.model.identifiers import Namer
from strategraph.resolution.instruments import ResolvedInstruments, resolve_instruments

BASE = "https://w3id.org/strategraph/id/"
PLAN = f"{BASE}plan/p"


def resolve(*paragraphs: str, owner: str | None = None) -> ResolvedInstruments:
    text = "\n\n".join(paragraphs)
    passages, start = [], 0
    for paragraph in paragraphs:
        passages.append(passage(text, [(start, start + len(paragraph))]))
        start += len(paragraph) + 2
    return resolve_instruments(find_cited(passages)[0], Namer(), PLAN, owner)


def names(*paragraphs: str, owner: str | None = None) -> list[str | None]:
    """Return the IRIs that the citations mean, without their common beginning."""
    iris = resolve(*paragraphs, owner=owner).iris
    return [iri.removeprefix(BASE).removeprefix("instrument/") if iri else None for iri in iris]


def only(resolved: ResolvedInstruments, iri: str) -> Instrument:
    (found,) = [one for one in resolved.instruments if one.iri == f"{BASE}instrument/{iri}"]
    return found


# --------------------------------------------------------------------------------------------------
# Identity

PP = "itu-plenipotentiary-conference"


def test_a_revision_its_base_its_body_and_its_conference() -> None:
    resolved = resolve("Resolution 71 (Rev. Bucharest, 2022) adopted the plan.")
    base, revision = resolved.instruments
    assert base == Instrument(
        iri=f"{BASE}instrument/{PP}/resolution/71",
        kind="Resolution",
        label="ITU Plenipotentiary Conference Resolution 71",
        number="71",
        issued_by=f"{BASE}organization/{PP}",
        language="en",
    )
    assert revision == Instrument(
        iri=f"{BASE}instrument/{PP}/resolution/71/rev/bucharest-2022",
        kind="Resolution",
        label="Resolution 71 (Rev. Bucharest, 2022)",
        number="71",
        issued_by=f"{BASE}organization/{PP}",
        revision_of=base.iri,
        revision_place="Bucharest",
        revision_year=2022,
        revised_at=f"{BASE}event/{PP}-2022",
        language="en",
    )
    (body,) = resolved.organizations
    assert (body.iri, body.label) == (f"{BASE}organization/{PP}", "ITU Plenipotentiary Conference")
    (event,) = resolved.events
    assert (event.iri, event.label) == (
        f"{BASE}event/{PP}-2022",
        "ITU Plenipotentiary Conference (Bucharest, 2022)",
    )
    assert event.alternatives == ("PP-22",)
    assert resolved.iris == (revision.iri,)
    assert resolved.notes == ()


def test_a_bare_number_is_called_by_the_words_for_it() -> None:
    resolved = resolve("Executive Order 13859 calls on agencies, and so does E.O. 13859.")
    assert [one.label for one in resolved.instruments] == ["Executive Order 13859"]
    (one,) = resolved.instruments
    assert one.number == "13859"


def test_every_spelling_gives_one_iri() -> None:
    spellings = (
        "RESOLUTION 71 (RÉV. DUBAÏ, 2018)",
        "Resolución 71 (Rev. Dubái, 2018)",
        "Resolution 71 (Rev. Dubai 2018)",
        "Resolution 71 (Rev. PP-18)",
        "RE\u0301SOLUTION 71 (RE\u0301V. DUBAI\u0308, 2018)",
    )
    resolved = resolve(*spellings)
    assert set(resolved.iris) == {f"{BASE}instrument/{PP}/resolution/71/rev/dubai-2018"}
    assert len(resolved.instruments) == 2


def test_three_resolutions_71_never_mix() -> None:
    found = names("Resolution 71 (Rev. Dubai, 2018), Resolution 71/243, Resolution 71 (Cg-17)")
    assert found == [
        f"{PP}/resolution/71/rev/dubai-2018",
        "united-nations-general-assembly/resolution/71-243",
        "wmo-congress/resolution/71-cg-17",
    ]


def test_the_same_number_of_two_conferences_is_two_resolutions() -> None:
    assert names("Resolution 58 (Rev. Dubai, 2012) and Resolution 58 (Rev. Buenos Aires, 2017)") == [
        "world-telecommunication-standardization-assembly/resolution/58/rev/dubai-2012",
        "world-telecommunication-development-conference/resolution/58/rev/buenos-aires-2017",
    ]


def test_what_was_adopted_and_not_revised_there_is_no_revision() -> None:
    resolved = resolve("Resolution 98 (Hammamet, 2016)")
    (instrument,) = resolved.instruments
    assert instrument.iri.endswith("world-telecommunication-standardization-assembly/resolution/98")
    assert (instrument.revision_of, instrument.revision_place, instrument.revision_year) == (None, None, None)
    assert resolved.events == ()


def test_bodies_that_number_anew_need_the_meeting() -> None:
    assert names("Opinion 4 (Geneva, 2013) and Opinion 4 (Lisbon, 2009)") == [
        "world-telecommunication-ict-policy-forum/opinion/4-geneva-2013",
        "world-telecommunication-ict-policy-forum/opinion/4-lisbon-2009",
    ]
    assert names("Decision 65 (EC-69)", "Decision 65 (EC-70)") == [
        "wmo-executive-council/decision/65-ec-69",
        "wmo-executive-council/decision/65-ec-70",
    ]


def test_a_conference_known_by_its_acronym() -> None:
    resolved = resolve("Resolution 646 (Rev.WRC-19) and Resolution 750 (WRC-19)")
    assert [iri.rpartition("instrument/")[2] for iri in resolved.iris if iri] == [
        "world-radiocommunication-conference/resolution/646/rev/sharm-el-sheikh-2019",
        "world-radiocommunication-conference/resolution/750",
    ]
    assert (
        only(resolved, "world-radiocommunication-conference/resolution/646/rev/sharm-el-sheikh-2019").session
        == "WRC-19"
    )


def test_an_unknown_conference_stays_under_the_plan() -> None:
    resolved = resolve("Resolution 9 (Rev. Atlantis, 2019)")
    assert [one.iri for one in resolved.instruments] == [
        f"{PLAN}/instrument/resolution/9",
        f"{PLAN}/instrument/resolution/9/rev/atlantis-2019",
    ]
    assert resolved.organizations == ()
    assert resolved.events == ()
    assert resolved.notes == (
        "issuer unknown: 'Resolution 9 (Rev. Atlantis, 2019)' does not say whose it is",
    )


def test_eu_acts_have_one_iri_in_every_language_and_numbering() -> None:
    resolved = resolve("Directive 2007/2/EC, Direttiva 2007/2/CE and GDPR, Regolamento (UE) 2016/679")
    directive = only(resolved, "european-union/legislation/directive-2007-2")
    regulation = only(resolved, "european-union/legislation/regulation-2016-679")
    assert len(resolved.instruments) == 2
    assert directive.alternatives == ("Directive 2007/2/EC", "Direttiva 2007/2/CE")
    assert directive.same_as == (
        "http://data.europa.eu/eli/dir/2007/2/oj",
        "http://publications.europa.eu/resource/celex/32007L0002",
    )
    assert regulation.number == "2016/679"
    assert regulation.alternatives == ("GDPR", "Regolamento (UE) 2016/679")


def test_the_base_iri_is_the_callers() -> None:
    (iri,) = resolve_instruments(
        find_cited([passage(text := "UNGA Resolution 70/1", [(0, len(text))])])[0],
        Namer("urn:x:"),
        "urn:p",
        None,
    ).iris
    assert iri == "urn:x:instrument/united-nations-general-assembly/resolution/70-1"


# --------------------------------------------------------------------------------------------------
# What the words leave open


def test_a_number_means_the_one_cited_before() -> None:
    full = f"{PP}/resolution/71/rev/dubai-2018"
    assert names("Resolution 71 (Rev. Dubai, 2018)", "Resolution 71 says") == [full, full]


def test_of_two_revisions_a_number_means_the_resolution_itself() -> None:
    assert names("Resolutions 71 (Rev. Dubai, 2018) and 71 (Rev. Busan, 2014)", "Resolution 71 says")[-1] == (
        f"{PP}/resolution/71"
    )


def test_of_two_bodies_a_number_means_neither() -> None:
    found = names("Resolution 58 (Rev. Dubai, 2018), Resolution 58 (Rev. Dubai, 2012)", "Resolution 58 says")
    assert found[-1] == "plan/p/instrument/resolution/58"


def test_a_later_full_form_tells_the_body_but_not_the_revision() -> None:
    assert names("Resolution 71 says", "Resolution 71 (Rev. Dubai, 2018)")[0] == f"{PP}/resolution/71"
    assert (
        names("resolution 70/1", "UNGA Resolution 70/1")[0]
        == "united-nations-general-assembly/resolution/70-1"
    )


def test_a_short_name_of_an_organ_needs_its_organisation() -> None:
    assert names("Council Resolution 1305") == ["plan/p/instrument/resolution/1305"]
    assert names("Council Resolution 1305", owner="itu") == ["itu-council/resolution/1305"]
    assert names("COUNCIL RESOLUTION 1305", owner="itu") == ["itu-council/resolution/1305"]
    assert (
        names("Council Resolution 1305", "Resolution 71 (Rev. Dubai, 2018)")[0]
        == "itu-council/resolution/1305"
    )
    assert names("Executive Board decision 2021/17", owner="unicef") == [
        "unicef-executive-board/decision/2021-17"
    ]


def test_another_council_is_not_the_owners() -> None:
    assert names("Governing Council resolution 26/1", owner="itu") == ["plan/p/instrument/resolution/26-1"]
    assert names("WHO Executive Board decision 5/1", owner="unicef") == ["who-executive-board/decision/5-1"]


def test_a_decision_of_the_board_that_the_owner_has() -> None:
    assert names("decision 2024/7", owner="unicef") == ["unicef-executive-board/decision/2024-7"]
    assert names("decision 2024/7", owner="unfpa") == ["undp-unfpa-unops-executive-board/decision/2024-7"]
    assert names("Executive Board decision 2024/7", owner="unops") == [
        "undp-unfpa-unops-executive-board/decision/2024-7"
    ]
    assert names("resolution 2024/7", owner="unicef") == ["plan/p/instrument/resolution/2024-7"]
    assert names("decision 2/3", owner="un-habitat") == ["plan/p/instrument/decision/2-3"]
    assert names("decision 2024/7", owner="who") == ["plan/p/instrument/decision/2024-7"]
    assert names("decision 2024/7") == ["plan/p/instrument/decision/2024-7"]


def test_another_assembly_may_number_as_that_of_imo() -> None:
    def named(words: str, *, unlisted_owner: bool, owner: str | None = None) -> str:
        found = find_cited([passage(words, [(0, len(words))])])[0]
        (iri,) = resolve_instruments(found, Namer(), PLAN, owner, unlisted_owner=unlisted_owner).iris
        assert iri is not None
        return iri.removeprefix(BASE)

    imo, unknown = "instrument/imo-assembly/resolution/a-1173-33", "plan/p/instrument/resolution/a-1173-33"
    assert named("resolution A.1173(33)", unlisted_owner=False) == imo
    assert named("resolution A.1173(33)", unlisted_owner=False, owner="imo") == imo
    assert named("resolution A.1173(33)", unlisted_owner=True) == unknown
    assert named("IMO Assembly resolution A.1173(33)", unlisted_owner=True) == imo
    assert named("resolution 71/243", unlisted_owner=True).startswith("instrument/united-nations-general")
    assert named("resolution A.38(10)", unlisted_owner=False) == "plan/p/instrument/resolution/a-38-10"


def test_a_bare_number_means_the_one_in_brackets_even_of_an_unknown_body() -> None:
    full = "plan/p/instrument/decision/5/rev/atlantis-2022"
    assert names("Decision 5 (Rev. Atlantis, 2022)", "The plan is read with Decision 5.") == [full, full]


def test_the_numbers_of_a_list_share_their_body() -> None:
    assert names("ITU Council Resolution 1305", "Resolutions 1305, 1336 and 1344")[1:] == [
        "itu-council/resolution/1305",
        "itu-council/resolution/1336",
        "itu-council/resolution/1344",
    ]


def test_the_resolution_and_ibid() -> None:
    full = f"{PP}/resolution/71/rev/dubai-2018"
    assert names("Resolution 71 (Rev. Dubai, 2018).", "The Resolution says. Ibid., p. 2.") == [
        full,
        full,
        full,
    ]
    assert (
        names("Resolution 71 (Rev. Dubai, 2018), UNGA Resolution 70/1.", "The Resolution says.")[-1] is None
    )
    assert names("Resolutions 1 and 2 (Rev. Dubai, 2018).", "Ibid.")[-1] is None


def test_what_points_to_nothing_certain_is_noted() -> None:
    resolved = resolve("Foo Act of 2001, Bar Act of 2002. The Act says.")
    assert resolved.iris[-1] is None
    assert resolved.notes == ("not identified: 'The Act' does not mean one certain instrument",)


def test_a_law_cited_in_part_is_the_one_cited_in_full() -> None:
    assert (
        names("Geospatial Data Act", "Geospatial Data Act of 2018")
        == ["plan/p/instrument/legislation/geospatial-data-act-of-2018"] * 2
    )
    full = "Foundations for Evidence-Based Policymaking Act of 2018"
    assert len(set(names("Evidence Act", full))) == 1
    assert len(set(names("Evidence Act", "Evidence Act 1872", full))) == 2
    assert len(set(names("Data Act", "Data Act of 2018", "Data Act of 2020"))) == 3
    assert len(set(names("44 U.S.C. §3511(c)(2)", "44 U.S.C. § 3511"))) == 1
    assert len(set(names("44 U.S.C. §3511(c)(2)", "44 U.S.C. §3511(a)"))) == 2
    assert len(set(names("Evidence Act of 2018 (Public Law 115-435)", "P.L. 115–435"))) == 1


def test_a_public_law_is_one_in_every_spelling() -> None:
    resolved = resolve("P.L. 115–435, Pub. L. No. 115-435")
    (law,) = resolved.instruments
    assert (law.label, law.number) == ("Public Law 115-435", "115-435")
    assert len(set(names("Evidence Act of 2018 (P.L. 115-435)", "Public Law 115-435"))) == 1
    assert len(set(names("Evidence Act of 2018 (P.L. 115-435)", "Public Law 115-436"))) == 2


def test_a_code_in_brackets_after_an_act_is_that_act() -> None:
    act = "plan/p/instrument/legislation/waters-act-of-1958"
    assert (
        names("the Waters Act of 1958 (33 U.S.C. § 601 et seq.)", "See 33 U.S.C. § 601 et seq.") == [act] * 3
    )
    assert len(set(names("the Waters Act of 1958 and 33 U.S.C. § 601"))) == 2


def test_provisions_of_the_constitution() -> None:
    itu = "itu/treaty/itu-constitution"
    assert names("Article 56 of the Constitution", owner="itu") == [itu]
    assert names("The ITU Constitution", "Article 56 of the Constitution") == [itu, itu]
    resolved = resolve("Article 56 of the Constitution", owner="agid")
    assert resolved.iris == (None,)
    assert resolved.instruments == ()
    assert len(resolved.notes) == 1
    assert names("ILO Convention No. 169", "Article 56 of the Constitution")[1] is None


def test_the_order_of_instruments_does_not_depend_on_the_text() -> None:
    one = resolve("UNGA Resolution 70/1", "Resolution 71 (Rev. Dubai, 2018)")
    other = resolve("Resolution 71 (Rev. Dubai, 2018)", "UNGA Resolution 70/1")
    assert (one.instruments, one.organizations, one.events) == (
        other.instruments,
        other.organizations,
        other.events,
    )


@pytest.mark.usefixtures("in_proportion")
def test_many_citations_take_time_in_proportion() -> None:
    text = (
        "Resolution 71 (Rev. Dubai, 2018), Resolution 71, Foo Act of 2001. The Act, the Resolution, ibid. "
        * 2000
    )
    found = find_cited([passage(text, [(0, len(text))])])[0]
    assert len(found) == 12000
    resolve_instruments(found, Namer(), PLAN, None)


def test_nothing_cited() -> None:
    assert resolve("Nothing.") == ResolvedInstruments((), (), (), (), ())
