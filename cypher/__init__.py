"""The query library (``*.cypher``, one statement a file) and the stores that run it; the only driver code."""

from citegraph.cypher.evidence import Statement, evidence_between, evidence_of
from citegraph.cypher.library import Parameter, Query, queries
from citegraph.cypher.opening import open_store
from citegraph.cypher.store import Counts, LoadReport, Store, Table
from citegraph.cypher.text import portability_warnings

__all__ = [
    "Counts",
    "LoadReport",
    "Parameter",
    "Query",
    "Statement",
    "Store",
    "Table",
    "evidence_between",
    "evidence_of",
    "open_store",
    "portability_warnings",
    "queries",
]
