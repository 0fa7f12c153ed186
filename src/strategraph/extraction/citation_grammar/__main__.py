"""Print the page of citation forms.

``python -m strategraph.extraction.citation_grammar > docs/citations.md``
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.relations import adoption_rules
from strategraph.extraction.citation_grammar.roles import role_rules
from strategraph.extraction.citation_grammar.tables import FormEntry

_INTRODUCTION = """\
# Citations

What is read as a citation of a resolution, decision, treaty, law or order, and which instrument it then
means. This page is made from `data/citations/` by
`python -m strategraph.extraction.citation_grammar > docs/citations.md`; a test keeps the two together, and
others hold every example and counter-example below against the patterns.

## How it works

1. **Find.** Each form in `data/citations/forms/` is a pattern in verbose mode, put together from the
   fragments in `fragments.toml` and from the other tables: series, bodies (`data/organizations.toml`),
   conferences, sessions. Patterns see plain text: no accents, straight quotes, one kind of dash; of two
   matches that overlap the longer wins. A pattern has no repetition within an unbounded repetition, so that
   the time grows with the length of the text.
2. **Read.** The words are taken apart: kind, issuing body, number, session, revision with place and year.
   The body is filled in only where the words or a table make it certain: a name, the conference that met in
   that place and year, the session in brackets, a shape of number that only one body uses.
3. **Short forms.** A name that the text defines in brackets (`(the "Communications Act")`, `(CRPD)`) means
   what it was defined for, everywhere in the text. "the Resolution" and "ibid." are marked.
   A code in brackets after an act ("… Act of 1958 (33 U.S.C. § 601)") is that act, and a name that the
   glossary calls a treaty is one. An act's name and its number beside it ("Meadow Care Act (MCA) (Public Law
   113-128)", "Lei nº 9.394/1996 (LDB)") are one citation.
4. **Roles.** One sentence at a time, `roles.toml` tells what the instrument did to the plan; "it" is the plan
   where the sentence before speaks of no other. Where the document is itself a resolution, its heading and
   its own text tell; below the title of a plan, an imprint ("Approved by Board Resolution 2023-17"), a field
   of its front matter ("Adopted: …") or a stamp over several lines. In other languages `adoption/` tells
   adoption alone, in sentences, imprints and fields.
5. **Resolve.** Kind, body, number, session and revision make one IRI. What the words leave open is filled in
   from the rest of the document where only one reading is possible: "Resolution 71" after
   "Resolution 71 (Rev. Dubai, 2018)", "Council Resolution 1305" in a text about ITU, "Geospatial Data Act"
   beside "Geospatial Data Act of 2018", "Article 19 of the Convention" in the plan of ITU, "decision 2021/14"
   in a plan of UNICEF, whose Executive Board numbers so. "Resolution A.1173(33)" is of the Assembly of IMO,
   but not in the plan of another organisation, which may have an assembly of its own. What stays open
   is named under the plan and noted for the review; it is never guessed.

An instrument without a number is called by the first words that name it in the text, in their language;
the name that a table has for it is another name of it.

`Resolution 71 (Rev. Dubai, 2018)`, `Resolution 71/243` and `Resolution 71 (Cg-17)` are three instruments;
`RESOLUTION 71 (RÉV. DUBAÏ, 2018)` is the first of them. A revision points at the instrument without revision.
A resolution that was adopted, not revised, at a conference ("Resolution 98 (Hammamet, 2016)") is that
instrument without revision, unless the body begins its numbers anew each time (World
Telecommunication/ICT Policy Forum).

EU acts get their ELI (`http://data.europa.eu/eli/{type}/{year}/{number}/oj`) and CELEX
(`http://publications.europa.eu/resource/celex/3{year}{R|L|D}{number}`) IRIs, computed from year and number,
but not where these are uncertain: decisions before 2015 had two series that share numbers. Of two numbers
that may be years, the second is a regulation's until 2015 and the first its since; of other acts it is not
guessed.

Whose a number of the United Nations is, its date or the year in brackets tells, by when each body gave which
numbers (`symbols.toml`); "its resolution 60/66" is of the organ whose text it is. The symbol of the document
follows from that. A document that decides nothing (a report, a draft) is no instrument: `CitedDocument`.
A list may be of any length, with dates, letters, sections and words between its numbers; what stands between
is no citation. What one cited instrument does to another (`relations.toml`) is a fact of its own.

## What is left out on purpose

- Declarations, agendas and frameworks without binding force: the Universal Declaration of Human Rights, the
  2030 Agenda, the Sendai Framework; guidelines and codes, but for those that a form below names.
- `Decision 5`, `Recommendation 3` and `Opinion 2` alone, unless the same text cites them in full elsewhere.
- "Resolution 11.2": a number with a full stop is more often a paragraph's.
- Names of regulations without year ("Building Regulations") and of rules; policies of one word ("Privacy
  Policy"); conventions called by a place, but for those that a table names: most conventions are meetings.
- "The Constitution" without its country, and laws by their subject in small letters ("la ley de aguas").
- "Article 5 of the Constitution" where neither the owner nor another citation tells whose it is.
- Names of acts without a capitalised name before "Act"; "the Act" where two acts could be meant.
- Numbers joined by a range ("Resolutions 1 to 12") and titles that are cited without series and number.
- Resolutions of the European Parliament in several languages are not brought together: they are known by
  their date, which keeps the words it was printed in.
- "Decreto Legislativo 33/2013" is read as Italian unless "Real" stands before it.
- A document's own symbol in its masthead and running headers.
"""


def page() -> str:
    """Return the page, in Markdown."""
    return "\n".join((_INTRODUCTION, *_forms(), *_roles(), ""))


def _forms() -> Iterator[str]:
    entries = tables.form_entries()
    yield f"## The forms\n\n{len(entries)} forms, with {sum(len(e.examples) for e in entries)} examples.\n"
    for family, forms in groupby(entries, key=lambda entry: entry.family):
        yield f"### {family.replace('-', ' ')}\n"
        yield "| form | example | read as | not read |"
        yield "| --- | --- | --- | --- |"
        for form in forms:
            yield from _rows(form)
        yield ""


def _rows(form: FormEntry) -> Iterator[str]:
    not_read = [_code(text) for text in form.counter_examples]
    for number, example in enumerate(form.examples):
        read = "; ".join(_fields(cited) for cited in example.cites)
        last = ", ".join(not_read) if number == 0 else ""
        yield _row((f"`{form.name}`" if number == 0 else "", _code(example.text), read, last))


def _fields(cited: Mapping[str, Any]) -> str:
    """Return the fields of one citation in an example as a phrase."""
    name = cited.get("title") or cited.get("number")
    if cited.get("title") and cited.get("number"):
        name = f"{name} (number {cited['number']})"
    at = ", ".join(str(cited[key]) for key in ("place", "year") if key in cited)
    parts = [
        f"{cited['kind']} {name}",
        f"of {cited['body']}" if "body" in cited else "",
        f"session {cited['session']}" if "session" in cited else "",
        f"{'revised' if cited.get('revised') else 'adopted'} {at}" if at else "",
    ]
    return ", ".join(part for part in parts if part)


def _roles() -> Iterator[str]:
    yield "## Roles\n"
    yield "`«cite»` stands for the citation. Everything else is `cites`. Approval counts as adoption"
    yield "(`adoptedBy`): the contract makes no difference. Negations and conditions cancel a rule; so do the"
    yield "period or the name of another plan, words by which this plan replaces it, and, for laws and"
    yield "treaties, that they are only the ground (`under section 90 of the «cite»`). The last five read the"
    yield "document's own text, date, title, heading and imprint.\n"
    yield "| role | rule | examples | not |"
    yield "| --- | --- | --- | --- |"
    rules = role_rules()
    for rule in (
        *rules.rules,
        rules.own_text,
        rules.own_date,
        rules.own_title,
        rules.own_adoption,
        rules.imprint,
    ):
        examples = "; ".join(_code(text) for text in rule.examples)
        not_read = "; ".join(_code(text) for text in rule.counter_examples)
        yield _row((f"`{rule.role}`", f"`{rule.name}`", examples, not_read))
    yield "\n### Adoption in other languages\n"
    yield "Roles other than adoption are read in English alone. The examples stand in plain letters, as the"
    yield "patterns see them.\n"
    yield "| rule | examples | not |"
    yield "| --- | --- | --- |"
    for language in adoption_rules():
        for one in (*language.rules, language.imprint):
            read = "; ".join(_code(text) for text in one.examples)
            yield _row((f"`{one.name}`", read, "; ".join(_code(text) for text in one.counter_examples)))


def _code(text: str) -> str:
    return f"`{text.strip()}`"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
