"""The user's own tables, read before anything else is, so that what is wrong in them ends in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from strategraph.errors import UnusableInputError
from strategraph.extraction import concepts
from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.numbering import symbols
from strategraph.extraction.citation_grammar.patterns import Form, forms
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.readings import Found
from strategraph.extraction.citation_grammar.relations import adoption_rules
from strategraph.extraction.citation_grammar.roles import role_rules
from strategraph.extraction.citation_grammar.short_forms import patterns as short_forms
from strategraph.extraction.citations import find_in
from strategraph.extraction.groups import role_words
from strategraph.extraction.names import known_events
from strategraph.extraction.provisions.openings import openings
from strategraph.knowledge import languages, resources
from strategraph.knowledge.measure_words import measure_words, measured_languages, signs
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.resources import cache
from strategraph.knowledge.word_classes import word_classes
from strategraph.reading.language import detect


@cache
def check_own_tables() -> None:
    """Read the user's own tables; see :func:`strategraph.knowledge.resources.own_tables`.

    Raises :class:`UnusableInputError`, in one line, for a table that is not of the form, a pattern that is
    none, and an example that does not hold.
    """
    folder = resources.own_folder()
    if folder is None:
        return
    for file in resources.own_files(folder):
        try:
            fault = next(_faults(file, file.relative_to(folder).parts), None)
        except KeyError as error:
            raise UnusableInputError(f"{file}: {error.args[0]!r} is missing, or not known") from error
        except (re.error, ValueError, TypeError, AttributeError) as error:
            raise UnusableInputError(f"{file}: is not of the form of ours: {error}") from error
        if fault is not None:
            raise UnusableInputError(f"{file}: {fault}")


def _faults(file: Path, parts: tuple[str, ...]) -> Iterator[str]:
    """Read one table; yield the examples that do not hold."""
    if parts[0] == "languages":
        yield from _faults_of_language(languages.rules(file.stem))
    elif parts[:2] == ("citations", "forms"):
        for form in forms():
            if form.entry.file == str(file):
                yield from _faults_of_form(form)
    else:
        for read in _READERS[parts[0]]:
            read()
        if parts[0] == "measures" and file.stem in measured_languages():
            measure_words(file.stem)
        if parts[0] == "words":
            word_classes(file.stem.partition("-")[0])


_READERS: Mapping[str, tuple[Callable[[], object], ...]] = {
    "measures": (signs,),
    "words": (),
    "provisions": (openings,),
    "citations": (forms, short_forms, role_rules, adoption_rules, symbols, tables.number_shapes),
    "organizations.toml": (directory,),
    "events.toml": (known_events,),
    "senses.toml": (concepts.senses,),
    "roles.toml": (role_words,),
    "language-detection.toml": (partial(detect, ""),),
}


def _faults_of_language(rules: languages.LanguageRules) -> Iterator[str]:
    for family in (rules.codes, rules.periods, rules.owners):
        for rule in family:
            search = rule.pattern.match if family is rules.codes else rule.pattern.search
            yield from _unlike(rule.pattern.pattern, rule.examples, rule.counter_examples, search)


def _faults_of_form(form: Form) -> Iterator[str]:
    entry = form.entry
    try:
        _ = form.pattern(frozenset()), form.item, form.more
    except re.error as error:
        yield f"{entry.name}: is no pattern: {error}"
        return
    except KeyError as error:
        yield f"{entry.name}: no fragment {{{error.args[0]}}}"
        return
    examples = [example.text for example in entry.examples]
    yield from _unlike(entry.name, examples, (), partial(_found, form))
    yield from _unlike(entry.name, (), entry.counter_examples, partial(_cited, form))


def _found(form: Form, text: str) -> list[Found]:
    return [one for one in find_in(plain(text).text) if one.rule == form.entry.name]


def _cited(form: Form, text: str) -> bool:
    """Whether a form cites something there; a bare number is seen, and kept only where more speaks for it."""
    return any(not (cited.bare and cited.number) for one in _found(form, text) for cited in one.cited)


def _unlike(
    what: str, examples: Iterable[str], counter_examples: Iterable[str], finds: Callable[[str], object]
) -> Iterator[str]:
    yield from (f"{what} does not find its example {text!r}" for text in examples if not finds(text))
    yield from (f"{what} finds its counter-example {text!r}" for text in counter_examples if finds(text))
