"""Measures on a `KnowledgeGraph`: degree, PageRank, co-use, trends, summary."""

from citegraph.graph.ranking import Degree, Rank, degree, pagerank
from citegraph.graph.summary import Summary, summary
from citegraph.graph.trends import CoUse, Trend, co_use, trends

__all__ = ["CoUse", "Degree", "Rank", "Summary", "Trend", "co_use", "degree", "pagerank", "summary", "trends"]
