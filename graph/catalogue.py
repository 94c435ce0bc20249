"""The catalogue of known names that ships with the package (CC BY-SA 4.0, see CATALOGUE-LICENSE.txt)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from citegraph.graph.normalise import EntityClass, entity_class, normalise
from citegraph.graph.records import EntityType

__all__ = ["Catalogue", "CatalogueEntry", "load_catalogue"]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A known thing: canonical name, type, other names; ``ambiguous`` where the name is also an ordinary word.

    Raises nothing; ``aliases`` never hold the name itself.
    """

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False


class Catalogue:
    """Known things, found by class and normalised surface form."""

    def __init__(self, entries: Iterable[CatalogueEntry]) -> None:
        """Take the entries."""
        self.entries = tuple(entries)

    def find(self, class_: EntityClass, surface: str) -> CatalogueEntry | None:
        """Look a surface form up, as name or alias of an entry of this class."""
        return self._by_form.get((class_, normalise(surface)))

    @cached_property
    def _by_form(self) -> dict[tuple[EntityClass, str], CatalogueEntry]:
        """Index the entries on first use; a form that two of one class share is the one's that has it as name."""
        forms: dict[tuple[EntityClass, str], CatalogueEntry] = {}
        for entry in self.entries:
            forms.setdefault((entity_class(entry.type), normalise(entry.name)), entry)
        for entry in self.entries:
            for alias in entry.aliases:
                forms.setdefault((entity_class(entry.type), normalise(alias)), entry)
        return forms


def parse_entry(row: Mapping[str, Any]) -> CatalogueEntry:
    """Build an entry from one decoded line of catalogue.jsonl.gz."""
    return CatalogueEntry(
        row["name"],
        row["type"],
        tuple(row.get("aliases", ())),
        row.get("ambiguous", False),
    )


@cache
def load_catalogue() -> Catalogue:
    """Read the catalogue that ships with the package."""
    data = resources.files(__package__).joinpath("catalogue.jsonl.gz").read_bytes()
    return Catalogue(parse_entry(json.loads(line)) for line in gzip.decompress(data).decode("utf-8").splitlines())
