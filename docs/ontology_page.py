"""Write the ontology as one HTML page: ``python docs/ontology_page.py out/ontology.html``.

The page needs no network and no scripts. pyLODE was tried first: its current release does not start from
its wheel, and the one before leaves out what matters most here, where the values of a property come from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, VANN, Graph, Node, URIRef

from strategraph.knowledge import resources
from strategraph.rdf.namespace import SG

_KINDS = (
    ("Classes", OWL.Class),
    ("Object properties", OWL.ObjectProperty),
    ("Datatype properties", OWL.DatatypeProperty),
    ("Individuals", OWL.NamedIndividual),
    ("Annotation properties", OWL.AnnotationProperty),
)

_STYLE = """
:root { --ink: #1c2430; --soft: #5b6675; --line: #dfe4ea; --link: #0b5cad; --wash: #f6f8fa }
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); font: 16px/1.5 system-ui, sans-serif; display: flex }
nav { width: 17rem; height: 100vh; position: sticky; top: 0; overflow-y: auto; padding: 1.5rem 1.2rem;
  border-right: 1px solid var(--line); background: var(--wash); font-size: .87rem; flex: none }
nav h2 { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft);
  margin: 1.2rem 0 .3rem }
nav ul { list-style: none; margin: 0; padding: 0 }
nav ul ul { padding-left: .9rem }
main { max-width: 52rem; padding: 1.5rem 2.5rem 4rem; min-width: 0 }
a { color: var(--link); text-decoration: none } a:hover { text-decoration: underline }
h1 { margin: 0 0 .3rem } h2 { margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line) }
section { padding: 1rem 0 .2rem; border-top: 1px solid var(--line) }
h2 + section { border-top: 0 } section:target { background: #fff9e0 }
h3 { margin: 0; font-size: 1.08rem } h3 code { font-weight: 400; color: var(--soft) }
h3 > code { margin-left: .5rem }
p { margin: .35rem 0 } .example { color: var(--soft) }
dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: .15rem .8rem; margin: .5rem 0 .7rem;
  font-size: .92rem }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
code { font: .9em ui-monospace, monospace }
.badge { float: right; font-size: .75rem; padding: .1rem .55rem; border-radius: 1rem; color: var(--ink) }
.extracted { background: #d5efd9 } .computed { background: #dde7f7 } .table { background: #fbe6c8 }
@media (max-width: 50rem) { body { display: block } nav { width: auto; height: auto; position: static } }
"""


class Page:
    """The page of one ontology graph with its alignments and its names in other languages."""

    def __init__(self, ontology: Graph, alignments: Graph, labels: Graph) -> None:
        """Take the three graphs; none is changed."""
        self._ontology = ontology
        self._alignments = alignments
        self._labels = labels
        self._terms = [SG[name] for name in SG.__annotations__]  # in the order of the file

    def html(self) -> str:
        """Return the whole page."""
        header = self._ontology.value(predicate=RDF.type, object=OWL.Ontology)
        assert header is not None, "an ontology says that it is one"
        groups = [(title, [t for t in self._terms if self._is(t, kind)]) for title, kind in _KINDS]
        title = escape(self._text(header, DCTERMS.title))
        description = self._text(header, DCTERMS.description).split("\n\n")
        return "".join(
            (
                '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
                '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
                f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
                f"<nav>\n<strong>{title}</strong>\n",
                *(f"<h2>{name}</h2>\n{self._menu(terms)}" for name, terms in groups),
                '<h2>More</h2>\n<ul><li><a href="#reused">Terms of other vocabularies</a></li></ul>\n',
                f"</nav>\n<main>\n<h1>{title}</h1>\n",
                *(f"<p>{escape(paragraph)}</p>\n" for paragraph in description),
                self._header_facts(header),
                *(f"<h2>{name}</h2>\n{''.join(map(self._section, terms))}" for name, terms in groups),
                f'<h2 id="reused">Terms of other vocabularies</h2>\n{self._reused()}',
                "</main>\n</body>\n</html>\n",
            )
        )

    # ----------------------------------------------------------------------------------------------
    # Parts of the page

    def _menu(self, terms: list[URIRef]) -> str:
        """Return the list of links to ``terms``, each under its superclass or superproperty."""
        items = []
        for term in terms:
            if not self._parents(term):
                below = [child for child in terms if term in self._parents(child)]
                nested = f"\n{self._links_list(below)}" if below else ""
                items.append(f"<li>{self._link(term)}{nested}</li>\n")
        return f"<ul>\n{''.join(items)}</ul>\n"

    def _links_list(self, terms: list[URIRef]) -> str:
        return f"<ul>{''.join(f'<li>{self._link(term)}</li>' for term in terms)}</ul>"

    def _header_facts(self, header: Node) -> str:
        return self._facts(
            ("Namespace", f"<code>{escape(str(SG))}</code>"),
            ("Prefix", f"<code>{escape(self._text(header, VANN.preferredNamespacePrefix))}</code>"),
            ("Version", escape(self._text(header, OWL.versionInfo))),
            ("Made by", escape(self._text(header, DCTERMS.creator))),
            ("Licence", self._links([self._ontology.value(header, DCTERMS.license)])),
        )

    def _section(self, term: URIRef) -> str:
        name = term.removeprefix(str(SG))
        label, definition = self._text(term, RDFS.label), self._text(term, SKOS.definition)
        comment, example = self._text(term, RDFS.comment), self._text(term, SKOS.example)
        domains = self._objects(self._ontology, term, RDFS.domain, SDO.domainIncludes)
        ranges = self._objects(self._ontology, term, RDFS.range, SDO.rangeIncludes)
        aligned = self._objects(self._alignments, term, RDFS.subClassOf, RDFS.subPropertyOf)
        above = self._objects(self._ontology, term, RDFS.subClassOf, RDFS.subPropertyOf)
        used_by = [
            t
            for t in self._terms
            if term in self._objects(self._ontology, t, RDFS.domain, SDO.domainIncludes)
        ]
        led_to = [
            t for t in self._terms if term in self._objects(self._ontology, t, RDFS.range, SDO.rangeIncludes)
        ]
        stratml = self._alignments.value(term, SG.stratmlElement)
        return (
            f'<section id="{name}">\n{self._badge(term)}'
            f"<h3>{escape(label)}<code>sg:{name}</code></h3>\n<p>{escape(definition)}</p>\n"
            + (f"<p>{escape(comment)}</p>\n" if comment else "")
            + f'<p class="example">Example: {escape(example)}</p>\n'
            + self._facts(
                ("Other names", self._other_names(term)),
                ("Inverse of", self._links(self._objects(self._ontology, term, OWL.inverseOf))),
                ("Under", self._links(_unique(above + aligned))),
                ("Above", self._links(t for t in self._terms if term in self._parents(t))),
                ("From", self._links(domains)),
                ("To", self._links(ranges)),
                ("Has", self._links(used_by)),
                ("Led to by", self._links(led_to)),
                ("See also", self._links(self._objects(self._alignments, term, RDFS.seeAlso))),
                ("StratML", f"<code>{escape(str(stratml))}</code>" if stratml is not None else ""),
            )
            + "</section>\n"
        )

    def _other_names(self, term: URIRef) -> str:
        """Return the names of a term in the other languages, each marked as of its language."""
        names = sorted((str(name.language), str(name)) for name in self._labels.objects(term, RDFS.label))
        return ", ".join(
            f'<span lang="{tag}"><bdi>{escape(name)}</bdi></span> ({tag})' for tag, name in names
        )

    def _reused(self) -> str:
        terms = sorted(self._ontology.subjects(VANN.usageNote, unique=True), key=self._name)
        return "".join(
            f"<section>\n{self._badge(term)}<h3>{self._link(term)}</h3>\n"
            f"<p>{escape(self._text(term, VANN.usageNote))}</p>\n</section>\n"
            for term in terms
        )

    def _badge(self, term: Node) -> str:
        origin = self._ontology.value(term, SG.provenance)
        if not isinstance(origin, URIRef):
            return ""
        name = origin.removeprefix(str(SG))
        return f'<a class="badge {name}" href="#{name}">{name}</a>'

    @staticmethod
    def _facts(*rows: tuple[str, str]) -> str:
        body = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)
        return f"<dl>{body}</dl>\n" if body else ""

    # ----------------------------------------------------------------------------------------------
    # Looking things up

    def _is(self, term: URIRef, kind: URIRef) -> bool:
        return (term, RDF.type, kind) in self._ontology

    def _parents(self, term: URIRef) -> list[Node]:
        above = self._objects(self._ontology, term, RDFS.subClassOf, RDFS.subPropertyOf)
        return [parent for parent in above if parent in self._terms]

    def _text(self, node: Node, predicate: URIRef) -> str:
        value = self._ontology.value(node, predicate)
        return "" if value is None else str(value)

    @staticmethod
    def _objects(graph: Graph, term: URIRef, *predicates: URIRef) -> list[Node]:
        return sorted((o for predicate in predicates for o in graph.objects(term, predicate)), key=str)

    def _name(self, node: Node) -> str:
        """Return the prefixed name of a term, or its IRI where the files have no prefix for it."""
        iri = URIRef(str(node))
        for graph in (self._ontology, self._alignments):
            for prefix, namespace in graph.namespaces():
                local = iri.removeprefix(str(namespace))
                if prefix and local != iri and local.isidentifier():
                    return f"{prefix}:{local}"
        return str(iri)

    def _link(self, node: Node) -> str:
        own = node in self._terms
        target = f"#{str(node).removeprefix(str(SG))}" if own else str(node)
        return f'<a href="{escape(target)}"><code>{escape(self._name(node))}</code></a>'

    def _links(self, nodes: Iterable[Node | None]) -> str:
        return ", ".join(self._link(node) for node in nodes if node is not None)


def _unique(nodes: list[Node]) -> list[Node]:
    return list(dict.fromkeys(nodes))


def main(target: Path) -> None:
    """Write the page to ``target``, making its folder if need be."""
    graphs = [
        Graph().parse(resources.path("ontology", name), format="turtle")
        for name in ("strategraph.ttl", "alignments.ttl")
    ]
    labels = Graph()
    for path in resources.files("ontology/labels", ".ttl"):
        labels.parse(path, format="turtle")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(Page(*graphs, labels).html(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
