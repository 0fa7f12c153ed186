"""Claims: every literal that says what the text says, and every name that says what it was made from.

None needs the source: the words stand in the evidence, and the IRIs are hashes of what stands in the graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.extraction.measures import measures
from strategraph.knowledge.measure_words import is_unit_said, measure_words, measured_languages, whole
from strategraph.knowledge.rule_names import is_known_rule
from strategraph.model.identifiers import Namer
from strategraph.rdf.namespace import NAMING, OA, PLAN_INSTRUMENT_LINKS, SG, TO_ELEMENTS
from strategraph.validation.elements import ACTS
from strategraph.validation.quoted_literals import is_quoted, is_whole, is_written, says_number, says_year
from strategraph.validation.subject import Fault, Quotes, Subject, evidence, facts, integer, literal, only

_CUT = "…"
_LEAST_LABEL = 40  # characters of a label that was cut
_LONGEST_COUNT = 6  # digits of a place in a list
_PLAIN = "text/plain"  # of what is printed nothing is left out
_HEADS = (SG.number, DCTERMS.title)
_OF_NAMED = (SG.owner, SG.mentions)
_OWN_READING = ("measure:prose", "measure:column")
_READ = (SG.value, SG.unit, SG.comparator)
_DIGITS = re.compile(r"\d+")
_YEARS = (SG.startYear, SG.endYear)
_WITHIN = NAMING | PLAN_INSTRUMENT_LINKS | {SG.supports}
_NAME_OF: Mapping[Node, URIRef] = MappingProxyType({SG.supports: SG.number, DCTERMS.replaces: RDFS.label})


def words_are_quoted(subject: Subject) -> Iterator[Fault]:
    """Fail where a title, statement, number, verb or object has words that its evidence does not quote."""
    graph, quotes = subject.graph, subject.quotes
    given = {value for *_, value in facts(graph, SG.GivenFact)}  # a curator can give an element its number
    stating = _stating(quotes)
    for element, nodes in stating.items():
        said = [str(exact) for node in nodes for exact in graph.objects(node, OA.exact)]
        act = any((element, RDF.type, kind) in graph for kind in ACTS)
        # an act's statement is its verb and its object: other verbs may share the object
        for claim in (DCTERMS.title, SG.verb, SG.object) if act else (DCTERMS.title, SG.statement):
            for value in graph.objects(element, claim):
                if not any(is_quoted(str(value), quote) for quote in said):
                    yield Fault(element, claim, value)
        for number in graph.objects(element, SG.number) if element not in given else ():
            around = [*said, *(str(before) for node in nodes for before in graph.objects(node, OA.prefix))]
            if not any(is_quoted(str(number), quote) for quote in around) and not _counts(
                graph, element, str(number), stating
            ):
                yield Fault(element, SG.number, number)
    for node, plan, predicate, value in evidence(quotes):
        if predicate == DCTERMS.title:
            exact = only(graph, node, OA.exact)
            if exact is not None and not is_quoted(str(value), str(exact)):
                yield Fault(plan, DCTERMS.title, value)


def text_is_written_as_quoted(subject: Subject) -> Iterator[Fault]:
    """Fail where a title or statement has marks or capitals that its evidence has not, or is cut off."""
    graph, quotes = subject.graph, subject.quotes
    for element, nodes in _stating(quotes).items():
        said = [str(exact) for node in nodes for exact in graph.objects(node, OA.exact)]
        act = any((element, RDF.type, kind) in graph for kind in ACTS)
        for claim in (SG.object,) if act else (DCTERMS.title, SG.statement):
            for value in graph.objects(element, claim):
                if not any(is_written(str(value), quote) for quote in said):
                    yield Fault(element, claim, value)
        # other verbs may stand between a verb and the object that they share
        heads = None if act else [str(head) for p in _HEADS for head in graph.objects(element, p)]
        for claim in (SG.object if act else SG.statement,):
            for value in graph.objects(element, claim):
                if not any(is_whole(str(value), quote, heads) for quote in said):
                    yield Fault(element, claim, value)


def year_is_quoted(subject: Subject) -> Iterator[Fault]:
    """Fail where the words behind a year have other numbers in them."""
    graph, quotes = subject.graph, subject.quotes
    for node, plan, predicate, value in evidence(quotes):
        exact = only(graph, node, OA.exact)
        if predicate in _YEARS and exact is not None and not says_year(str(exact), str(value)):
            yield Fault(plan, predicate if isinstance(predicate, URIRef) else None, value)


def measure_is_quoted(subject: Subject) -> Iterator[Fault]:
    """Fail where the value or baseline of a measure, or a deadline, has digits that its words do not have."""
    graph = subject.graph
    for node, element, predicate, value in evidence(subject.quotes):
        exact = only(graph, node, OA.exact)
        if exact is None:
            continue
        if predicate in (SG.hasMeasure, SG.budget):
            for part in (SG.value, SG.baselineValue):
                for number in graph.objects(value, part):
                    if not says_number(str(exact), str(number)):
                        yield Fault(value, part, number)
            if (node, SG.xpath, None) in graph:
                continue  # a structured source says in parts what prose says in one phrase
            yield from _measured(graph, value, str(exact), literal(graph, node, OA.suffix) or "")
            if literal(graph, node, SG.rule) in _OWN_READING:  # what a model or a person reads is their own
                yield from _read_again(graph, value, str(exact))
            dues = {str(due) for due in graph.objects(element, SG.due)}
            for due in graph.objects(value, SG.dueDate):
                if str(due) not in dues and not (
                    _has_digits(str(exact)) and says_year(str(exact), str(due)[:4])
                ):
                    yield Fault(value, SG.dueDate, due)
        elif (
            predicate == SG.due
            and not is_quoted(str(value), str(exact))
            and not says_year(str(exact), str(value).partition("-")[0])
        ):
            yield Fault(node, SG.due, value)


def _measured(graph: Graph, measure: Node, quote: str, after: str) -> Iterator[Fault]:
    """Yield what a measure says that its words do not; the first number of a range has its unit after it."""
    bare = not any(sign.isalpha() or sign in "%‰" for sign in quote)
    for part in (SG.value, SG.baselineValue):
        for number in graph.objects(measure, part):
            if not _has_digits(quote) and not _spelt(quote, str(number)):
                yield Fault(measure, part, number)
    for year in graph.objects(measure, SG.baselineYear):
        if not _has_digits(quote) or not says_year(quote, str(year)):
            yield Fault(measure, SG.baselineYear, year)
    for unit in graph.objects(measure, SG.unit):
        if not is_unit_said(str(unit), quote + after if bare else quote):
            yield Fault(measure, SG.unit, unit)
    for label in graph.objects(measure, RDFS.label):
        said, cut, _ = str(label).rpartition(_CUT) if str(label).endswith(_CUT) else (str(label), "", "")
        whole_words = said.rpartition(" ")[0] if cut else said  # it may be cut within a word
        if not is_quoted(whole_words, quote):
            yield Fault(measure, RDFS.label, label)


def _read_again(graph: Graph, measure: Node, quote: str) -> Iterator[Fault]:
    """Yield what of a measure its words, read anew, do not give; words that give none alone tell nothing."""
    said = [literal(graph, measure, part) for part in _READ]
    spoken = [
        str(label.language) for label in graph.objects(measure, RDFS.label) if isinstance(label, Literal)
    ]
    tables = filter(None, map(measure_words, spoken if spoken != ["None"] else measured_languages()))
    text = " ".join(quote.split())
    found = [(str(one.value), one.unit, one.comparator) for words in tables for one in measures(text, words)]
    if None in said:
        return
    if not found:  # "forty meadows": the comparator is read of words, or equal
        if said[-1] != "equal" and not _compares(said[-1] or "", text):
            yield from (
                Fault(measure, SG.comparator, value) for value in graph.objects(measure, SG.comparator)
            )
        return
    left = [one for one in found if Decimal(one[0]) == _number(said[0] or "")]
    for place, part in enumerate(_READ):
        if place:
            left = [one for one in left if one[place] == said[place]]
        if not left:
            yield from (Fault(measure, part, value) for value in graph.objects(measure, part))
            return


def _compares(comparator: str, quote: str) -> bool:
    """Whether a quote has a word of some language, or a sign, that can say a comparator."""
    tables = filter(None, map(measure_words, measured_languages()))
    listed = [
        word
        for words in tables
        for table in (words.comparators, words.after, words.directions)
        for word in table.get(comparator, ())
    ]
    return re.search(rf"{whole(listed)}|[<>≤≥~≈+]", quote, re.IGNORECASE) is not None


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _has_digits(quote: str) -> bool:
    return any(character.isnumeric() for character in quote)


def _spelt(quote: str, value: str) -> bool:
    """Whether words of a quote are a number in some language, alone or with a multiplier ("two million")."""
    try:
        wanted = Decimal(value)
    except InvalidOperation:
        return True  # that it is no number is another fault
    for language in measured_languages():
        known = measure_words(language)
        assert known is not None
        numbers, scales = _said(known.numbers, quote), _said(known.multipliers, quote)
        if any(number * scale == wanted for number in numbers for scale in (Decimal(1), *scales)):
            return True
    return False


def _said(table: Mapping[str, Decimal], quote: str) -> list[Decimal]:
    """Return the numbers of a table that a quote says, of "a dozen" and "a" the longer."""
    values = {word.casefold(): value for word, value in table.items()}
    found = re.findall(whole(values), " ".join(quote.casefold().split()))
    return [values[word] for word in found]


def named_is_quoted(subject: Subject) -> Iterator[Fault]:
    """Fail where the words behind a support or citation lack a number, or those of a succession a name.

    Words without any number ("that Resolution", the name of an act) may stand for an instrument that has one.
    """
    graph = subject.graph
    for node, one, predicate, other in evidence(subject.quotes):
        exact = only(graph, node, OA.exact)
        if exact is None:
            continue
        if predicate in PLAN_INSTRUMENT_LINKS and _has_digits(str(exact)):
            for number in graph.objects(other, SG.number):
                if not set(_DIGITS.findall(str(exact))) & {*_DIGITS.findall(str(number)), ""}:
                    yield Fault(one, predicate if isinstance(predicate, URIRef) else None, other)
        if predicate in _OF_NAMED:
            names = [str(name) for p in (RDFS.label, SKOS.altLabel) for name in graph.objects(other, p)]
            if not any(is_quoted(name, str(exact)) for name in names):
                yield Fault(one, predicate if isinstance(predicate, URIRef) else None, other)
        if predicate not in _NAME_OF:
            continue
        for name in graph.objects(other, _NAME_OF[predicate]):
            if not is_quoted(str(name), str(exact)):
                yield Fault(one, predicate if isinstance(predicate, URIRef) else None, other)


def label_says_what_it_labels(subject: Subject) -> Iterator[Fault]:
    """Fail where the label of a plan or element says what its title, statement, kind and number do not."""
    graph = subject.graph
    for plan in graph.subjects(RDF.type, SG.StrategicPlan):
        title, label = only(graph, plan, DCTERMS.title), only(graph, plan, RDFS.label)
        if title is not None and label is not None and str(title) != str(label):
            yield Fault(plan, RDFS.label, label)
    for element in graph.subjects(RDF.type, SG.PlanElement):
        label = only(graph, element, RDFS.label)
        texts = [str(text) for p in (DCTERMS.title, SG.statement) for text in graph.objects(element, p)]
        if label is None or not texts:
            continue
        kinds = [str(kind).removeprefix(str(SG)) for kind in graph.objects(element, RDF.type)]
        numbers = ["", *(f" {number}" for number in graph.objects(element, SG.number))]
        said = str(label).removesuffix(_CUT)
        whole = {f"{kind}{number}" for kind in kinds for number in numbers}
        begun = {*texts, *(f"{name}: {text}" for name in whole for text in texts)}
        if str(label) not in whole and not any(text.startswith(said) for text in begun):
            yield Fault(element, RDFS.label, label)


def evidence_label_is_quoted(subject: Subject) -> Iterator[Fault]:
    """Fail where the label of an evidence is neither its quote nor, cut, what that begins with."""
    graph = subject.graph
    for node in graph.subjects(RDF.type, SG.Evidence):
        label, exact = only(graph, node, RDFS.label), only(graph, node, OA.exact)
        if label is None or exact is None or str(label) == str(exact):
            continue
        begun = str(label).removesuffix(_CUT)
        if len(begun) < _LEAST_LABEL or begun == str(label) or not str(exact).startswith(begun):
            yield Fault(node, RDFS.label, label)


def rule_is_known(subject: Subject) -> Iterator[Fault]:
    """Fail where an evidence names a rule that is not in ``data/rules.toml``."""
    for node, rule in subject.graph.subject_objects(SG.rule):
        if not is_known_rule(str(rule)):
            yield Fault(node, SG.rule, rule)


def quote_stands_in_its_element(subject: Subject) -> Iterator[Fault]:
    """Fail where the words that name a group, theme or instrument stand outside the element that names it.

    Of a structured source they may stand in any part of the element that its XPath leads to.
    """
    graph, quotes = subject.graph, subject.quotes
    nodes_of = _stating(quotes)
    stating = {
        element: [(start, end) for node in nodes for start, end in [_span(graph, node)] if start is not None]
        for element, nodes in nodes_of.items()
    }
    for node, element, predicate, value in evidence(quotes):
        start, end = _span(graph, node)
        if element not in stating or predicate not in _WITHIN or start is None or end is None:
            continue
        if not any(left <= start and (right or 0) >= end for left, right in stating[element]) and not any(
            _within(graph, node, one) for one in nodes_of[element]
        ):
            yield Fault(node, predicate if isinstance(predicate, URIRef) else None, value)


def evidence_is_named_by_its_words(subject: Subject) -> Iterator[Fault]:
    """Fail where the IRI of an evidence is not the hash of its plan, triple and words."""
    for node, name in evidence_names(subject.graph, subject.quotes).items():
        if str(node) != name:
            yield Fault(node)


def source_is_named_by_its_bytes(subject: Subject) -> Iterator[Fault]:
    """Fail where the IRI of a source does not end in the checksum of its bytes."""
    graph = subject.graph
    for source in graph.subjects(RDF.type, SG.SourceDocument):
        for checksum in graph.objects(source, SG.byteSha256):
            if not str(source).endswith(f"/{checksum}"):
                yield Fault(source, SG.byteSha256, checksum)


def evidence_names(graph: Graph, quotes: Quotes) -> Mapping[Node, str]:
    """Return of each evidence that is whole the IRI that its plan, triple and words make."""
    alike: defaultdict[tuple[str, ...], list[tuple[int, str, Node]]] = defaultdict(list)
    for node, about, predicate, object_ in evidence(quotes):
        source = only(graph, node, DCTERMS.source)
        plan = None if source is None else only(graph, source, SG.presents)
        words = [only(graph, node, part) for part in (OA.exact, OA.prefix, OA.suffix)]
        start = integer(graph, node, OA.start)
        if plan is None or start is None or None in words:
            continue
        base = str(node).rpartition("evidence/")[0]
        key = (base, *map(str, (plan, about, predicate, object_, *words)))
        alike[key].append((start, str(node), node))
    names: dict[Node, str] = {}
    for key, nodes in alike.items():
        base, *parts = key
        for number, (_, _, node) in enumerate(sorted(nodes, key=lambda item: item[:2]), start=1):
            names[node] = _name(Namer(base), parts, number)
    return names


def _name(namer: Namer, parts: list[str], occurrence: int) -> str:
    plan, subject, predicate, object_, exact, prefix, suffix = parts
    return namer.evidence(plan, subject, predicate, object_, exact, prefix, suffix, occurrence)


def _stating(quotes: Quotes) -> Mapping[Node, list[Node]]:
    """Return the evidence that states each element."""
    found: defaultdict[Node, list[Node]] = defaultdict(list)
    for node, _, predicate, element in evidence(quotes):
        if predicate in TO_ELEMENTS:
            found[element].append(node)
    return found


def _counts(graph: Graph, element: Node, number: str, stating: Mapping[Node, list[Node]]) -> bool:
    """Whether a number may be none that is printed, but the place of an item in a list that counts by itself.

    A list can start anew among the elements of one kind and parent, so the place is at most the position.
    Where a format numbers the items, some may be no elements: each of these has a line of its own since the
    element before.
    """
    position = integer(graph, element, SG.position)
    if position is None or not number.isdecimal() or len(number) > _LONGEST_COUNT:
        return False
    if int(number) <= position:
        return int(number) >= 1
    sources = (source for node in stating[element] for source in graph.objects(node, DCTERMS.source))
    formats = [str(one) for source in sources for one in graph.objects(source, DCTERMS.format)]
    line = _line(graph, stating[element])
    if line is None or any(one.startswith(_PLAIN) for one in formats):
        return False
    siblings = {
        other
        for parent in graph.subjects(SG.hasElement, element)
        for other in graph.objects(parent, SG.hasElement)
    }
    before = [(at, other) for other in siblings if (at := _line(graph, stating.get(other, []))) and at < line]
    last, sibling = max(before, default=(0, None), key=lambda item: item[0])
    reached = "" if sibling is None else literal(graph, sibling, SG.number) or ""
    begun = int(reached) if reached.isdecimal() and len(reached) <= _LONGEST_COUNT else 0
    return int(number) <= line - last or begun < int(number) <= begun + line - last


def _line(graph: Graph, nodes: list[Node]) -> int | None:
    """Return the line of the first quote among evidence."""
    lines = (integer(graph, node, SG.line) for node in nodes)
    return min((line for line in lines if line is not None), default=None)


def _within(graph: Graph, node: Node, other: Node) -> bool:
    """Whether the XPath of an evidence leads into what the XPath of another leads to."""
    path, whole = only(graph, node, SG.xpath), only(graph, other, SG.xpath)
    return path is not None and whole is not None and f"{path}/".startswith(f"{whole}/")


def _span(graph: Graph, node: Node) -> tuple[int | None, int | None]:
    return integer(graph, node, OA.start), integer(graph, node, OA.end)
