"""A StratML file as nodes that go by the standard's names, whatever their namespace, form and nearness to it.

The names are those of ``data/stratml.toml``. Holders are dissolved, near names become the standard's,
attributes become nodes like the elements that other Parts have in their place, and what our own export kept
in an OtherInformation stands where it belongs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.typed_tables import At, Folded, Words, folded, read_table
from strategraph.reading.content import as_shown
from strategraph.reading.decoding import local_name, xml_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
FIELDS = frozenset(
    (
        "Name", "Description", "Identifier", "SequenceIndicator", "OtherInformation", "Acronym", "StartDate",
        "EndDate", "PublicationDate", "Source", "GivenName", "Surname", "PhoneNumber", "EmailAddress",
        "WebAddress", "Type", "Language", "StakeholderTypeType", "MeasurementDimension", "UnitOfMeasurement",
        "ValueChainStage", "PerformanceIndicatorType", "NumberOfUnits", "Period", "DescriptorName",
        "DescriptorValue", "RelationshipType", "ReferentIdentifier", "RoleType", "Verb", "Object", "AimsAt",
        "Citation",
    )
)  # fmt: skip
"""The nodes that hold words and nothing else."""
ENUMERATED = frozenset(
    ("StakeholderTypeType", "RoleType", "ValueChainStage", "PerformanceIndicatorType", "RelationshipType")
)
"""The nodes whose words are of a closed list, and say nothing by themselves."""
_OF_ACTS = frozenset(("Commitment", "Purpose", "Verb", "Object", "AimsAt", "Citation"))  # of our export only
_MOST_ATTRIBUTES = 100  # of an element; the standard has four
_LONGEST_COUNT = 6  # digits
_TEXT_OF = {"Value": "Name", "Role": "Name"}  # what words directly in an element are, where no Description


@dataclass(frozen=True, slots=True)
class _StratmlName:
    """An element or attribute; the head of the table says what the fields mean."""

    name: str
    parts: tuple[int, ...]
    becomes: str
    also: Words = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class _Holder:
    """Elements that only hold others, and in which Parts of the standard they are."""

    names: Words
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StratmlNames:
    """The names of elements and attributes, looked up without regard to case.

    ``roots`` are the local names of root elements, ``fragment`` that of the element in which our own export
    keeps what a schema has no place for; ``kinds`` the classes of plan elements by name.
    """

    roots: frozenset[str]
    fragment: str
    inline: Folded
    names: Annotated[tuple[_StratmlName, ...], At("name")]
    holders: Annotated[tuple[_Holder, ...], At("holder")]
    kinds: dict[str, str] = field(init=False, default_factory=dict)
    _known: dict[str, str] = field(init=False, default_factory=dict)
    _held: frozenset[str] = field(init=False)
    _standard: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds.update((one.name, one.kind) for one in self.names if one.kind)
        self._known.update((one.name.casefold(), one.name) for one in self.names)
        self._known.update((also.casefold(), one.name) for one in self.names for also in one.also)
        object.__setattr__(self, "_held", folded(name for one in self.holders for name in one.names))
        standard = {one.name for one in self.names if one.parts}
        standard |= {name for one in self.holders if one.parts for name in one.names}
        standard |= {"DocumentType", "PerformerOrBeneficiary"}  # of Part 3
        object.__setattr__(self, "_standard", frozenset(standard))

    def of(self, name: str, *parents: str) -> str | None:
        """Return the standard's name of an element called ``name`` in ``parents``, None if it is unknown.

        >>> names().of("UnitOfMeasure", "PerformanceIndicator"), names().of("Value", "TargetResult")
        ('UnitOfMeasurement', 'NumberOfUnits')
        >>> names().of("Keyword", "StrategicPlan") is None
        True
        """
        for parent in parents:
            if found := self._known.get(f"{parent}/{name}".casefold()):
                return found
        return self._known.get(name.casefold())

    def holds(self, name: str) -> bool:
        """Whether an element only holds others."""
        return name.casefold() in self._held

    def is_inline(self, name: str) -> bool:
        """Whether an element marks up words within a line, as HTML has it."""
        return name.casefold() in self.inline

    def is_standard(self, name: str) -> bool:
        """Whether a name, as written, is one of the standard's own."""
        return name in self._standard


@cache
def names() -> StratmlNames:
    """Return the table."""
    return read_table(StratmlNames, resources.path("data", "stratml.toml"))


@dataclass(slots=True)
class StratmlNode:
    """An element or attribute: its standard name ("" if unknown), as written, its words (white
    space collapsed), its XPath.

    ``marks`` are the attributes of the fragment that our export put into it.
    """

    name: str
    written: str
    text: str
    path: str
    parts: list[StratmlNode] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)

    def all(self, name: str) -> Iterator[StratmlNode]:
        """Yield the parts of that name."""
        return (part for part in self.parts if part.name == name)

    def besides(self, taken: Iterable[StratmlNode]) -> Iterator[StratmlNode]:
        """Yield the parts but for those that are taken."""
        gone = set(map(id, taken))
        return (part for part in self.parts if id(part) not in gone)

    def words(self) -> Iterator[StratmlNode]:
        """Yield all nodes with words in this one, itself first, in document order."""
        if self.text:
            yield self
        for part in self.parts:
            yield from part.words()

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it but words of closed lists."""
        return all(one.name in ENUMERATED for one in self.words())


def tree_of(root: Element) -> tuple[StratmlNode, tuple[str, ...]]:
    """Return the root as a node, and in a few words each what was mended."""
    reader = _Reader(names())
    tree = reader.node(root, (), "/*")
    return tree, tuple(reader.told())


class _Reader:
    """Makes nodes of elements and counts what it mends."""

    def __init__(self, known: StratmlNames) -> None:
        self._known = known
        self._near: Counter[tuple[str, str]] = Counter()
        self._loose: Counter[str] = Counter()
        self._marked_up: Counter[str] = Counter()
        self._crowded: Counter[str] = Counter()
        self._entities = 0

    def told(self) -> Iterator[str]:
        """Yield what was mended."""
        for (written, name), count in self._near.items():
            yield f"mended: {count} <{written}> read as {name}"
        for name, count in self._loose.items():
            part = _TEXT_OF.get(name, "Description")
            yield f"mended: words directly in {count} <{name}> read as its {part}"
        for name, count in self._marked_up.items():
            yield f"mended: markup within {count} <{name}> left out, its words read"
        for name, count in self._crowded.items():
            yield f"the attributes of {count} <{name}>, more than {_MOST_ATTRIBUTES} each"
        if self._entities:
            yield f"{self._entities} entities that nothing defines"

    def node(
        self, element: Element, parents: tuple[str, ...], path: str, *, fixed: bool = False
    ) -> StratmlNode:
        """Return an element as a node; ``fixed`` says that all in it has its path.

        ``parents`` are the names of what it is directly in: of the node, and of a holder between the two.
        """
        written = local_name(element)
        name = (element.get("kind") if fixed else None) or self._name(element, written, parents, fixed=fixed)
        node = StratmlNode(name, written, "", path)
        if name in FIELDS and not self._holds_elements(name, element):
            if len(element):
                self._marked_up.update([name] * any(True for _ in children(element)))
                self._entities += sum(not isinstance(child.tag, str) for child in element)
            node.text = as_shown(self._all_words(element))
            self._attributes(node, element, fixed=fixed)
            return node
        self._attributes(node, element, fixed=fixed)
        self._hold(node, element, path, fixed=fixed)
        if not fixed:
            for part in [part for part in node.parts if part.name == "OtherInformation"]:
                self._unpack(node, part)
        return node

    def _hold(self, node: StratmlNode, element: Element, path: str, *, fixed: bool) -> None:
        """Add what is in an element to a node; holders are gone into, loose words become a part."""
        counts: Counter[str] = Counter(local_name(child) for child in children(element))
        seen: Counter[str] = Counter()
        parents = (local_name(element), node.name)
        for child in element:
            if not isinstance(child.tag, str):
                self._entities += 1
                continue
            local = local_name(child)
            seen[local] += 1
            step = f"/*[local-name()='{local}']" + (f"[{seen[local]}]" if counts[local] > 1 else "")
            below = path if fixed else path + step
            if (self._known.holds(local) and not self._is_field(child, local, node.name)) or self._only_holds(
                child, local, node.name, fixed=fixed
            ):
                if not self._known.is_standard(local):
                    self._near[local, "what it holds"] += 1
                self._attributes(node, child, path=below, fixed=fixed)
                self._hold(node, child, below, fixed=fixed)
            else:
                part = self.node(child, parents, below, fixed=fixed)
                node.parts.append(part)
                if part.name in FIELDS and part.parts and not self._holds_elements(part.name, child):
                    node.parts += _beside(part)
        loose = as_shown(
            " ".join(part for part in (element.text, *(child.tail for child in element)) if part)
        )
        if loose and node.name:
            if not fixed:
                self._loose[node.name] += 1
            node.parts.insert(0, StratmlNode(_TEXT_OF.get(node.name, "Description"), "", loose, path))
        else:
            node.text = loose

    def _holds_elements(self, name: str, element: Element) -> bool:
        """Whether an element holds others rather than marked-up words: in Part 3, other information does."""
        return name == "OtherInformation" and any(True for _ in children(element))

    def _is_field(self, element: Element, local: str, parent: str) -> bool:
        """Whether an element that elsewhere holds others has words alone, and a name of its own for them."""
        return self._known.of(local, parent) in FIELDS and not any(True for _ in children(element))

    def _only_holds(self, element: Element, local: str, parent: str, *, fixed: bool) -> bool:
        """Whether an element of an unknown name has elements of a plan within it."""
        if (fixed and local in _OF_ACTS) or self._known.of(local, parent):
            return False
        within = (self._known.of(local_name(each), "") for each in children(element))
        return any(name in self._known.kinds or name == "Stakeholder" for name in within)

    def _name(self, element: Element, written: str, parents: tuple[str, ...], *, fixed: bool) -> str:
        if fixed and written in _OF_ACTS:
            return written
        if written == "RoleType" and any(True for _ in children(element)):
            return "Role"  # Part 3 calls so what Part 2 calls Role
        name = self._known.of(written, *parents) or ""
        if name and name != written and not self._known.is_standard(written):
            self._near[written, name] += 1
        return name

    def _attributes(self, node: StratmlNode, element: Element, *, path: str = "", fixed: bool) -> None:
        if len(element.attrib) > _MOST_ATTRIBUTES:  # listing them takes the square of their number
            self._crowded[local_name(element)] += 1
            return
        for key, value in element.attrib.items():
            namespace, _, local = str(key).rpartition("}")
            words = as_shown(str(value))
            if namespace.endswith("XML/1998/namespace"):
                if local == "lang" and node.path == "/*":
                    node.parts.append(StratmlNode("Language", local, words, "/*/@xml:lang"))
                continue
            if namespace.lstrip("{") == _INSTANCE:
                continue
            if fixed:  # the fragment has attributes of ours only
                node.marks[local] = words
            elif words:
                at = f"{path or node.path}/@*[local-name()='{local}']"
                known = self._known.of(local, node.name) or ""
                name = known if known in FIELDS else ""  # Priority="High" is no priority
                node.parts.append(StratmlNode(name, local, words, at))

    def _all_words(self, element: Element) -> str:
        """Return the words of an element and of all in it; those of a block of text stand apart."""
        words = [element.text or ""]
        for child in element:
            apart = "" if self._known.is_inline(local_name(child)) else " "
            words += [apart, self._all_words(child), apart, child.tail or ""]
        return "".join(words)

    def _unpack(self, node: StratmlNode, other: StratmlNode) -> None:
        """Put what our export kept in the words of an OtherInformation into the node that it belongs to."""
        from lxml import etree

        start = other.text.rfind(f"<{self._known.fragment}")
        if start < 0 or not other.text.endswith((f"</{self._known.fragment}>", "/>")):
            return
        try:
            fragment = etree.fromstring(other.text[start:], xml_parser())
        except etree.XMLSyntaxError:
            return  # somebody's own words, that only look like it
        if fragment.tag != self._known.fragment:
            return
        other.text = other.text[:start].strip()
        kept = StratmlNode(node.name, "", "", other.path)
        self._attributes(kept, fragment, fixed=True)
        self._hold(kept, fragment, other.path, fixed=True)
        node.marks |= kept.marks
        for part in kept.parts:
            place = counted(part.marks.pop("at", ""))
            same = list(node.all(part.name)) if place else []
            if 1 <= place <= len(same):
                node.parts[node.parts.index(same[place - 1])] = part
            else:
                node.parts.append(part)


def _beside(field: StratmlNode) -> list[StratmlNode]:
    """Take the attributes of words away from them, to stand beside them; of none, they stand for them."""
    taken = [
        part if not field.text else StratmlNode("", part.written, part.text, part.path)
        for part in field.parts
        if part.text
    ]
    field.parts = []
    return taken


def counted(words: str) -> int:
    """Return the place that some words count, from 1 on; 0 where they count none.

    >>> counted("12"), counted("twelve"), counted("9" * 5000)
    (12, 0, 0)
    """
    return int(words) if words.isdecimal() and len(words) <= _LONGEST_COUNT else 0


def children(node: Element) -> Iterator[Element]:
    """Yield the elements directly within one."""
    return (child for child in node if isinstance(child.tag, str))
