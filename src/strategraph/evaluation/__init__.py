"""How well a plan was read: predictions compared with hand-made gold."""

from strategraph.evaluation.gold import Gold, find_gold, load_gold
from strategraph.evaluation.scores import Scores, total
from strategraph.evaluation.scoring import score

__all__ = ["Gold", "Scores", "find_gold", "load_gold", "score", "total"]
