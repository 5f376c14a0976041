"""Search: what the public may see, found by words in any of their forms, roughly spelt ones included."""

from partnerships.search.finding import Group, Hit, Results, search
from partnerships.search.marking import Piece
from partnerships.search.suggesting import Suggestion, suggest

__all__ = ["Group", "Hit", "Piece", "Results", "Suggestion", "search", "suggest"]
