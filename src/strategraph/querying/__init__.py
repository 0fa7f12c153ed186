"""Questions to a graph: the catalogue of those that come with strategraph, and any SPARQL.

question + parameters ─bind→ SPARQL ─run→ answer ─render→ table, CSV, JSON, Turtle …
"""

from strategraph.querying.answers import FORMATS, AnswerFormat, find_format, render
from strategraph.querying.catalogue import Parameter, Question, catalogue, find_question
from strategraph.querying.dataset import Dataset, load_dataset
from strategraph.querying.engine import run

__all__ = [
    "FORMATS",
    "AnswerFormat",
    "Dataset",
    "Parameter",
    "Question",
    "catalogue",
    "find_format",
    "find_question",
    "load_dataset",
    "render",
    "run",
]
