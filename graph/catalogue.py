"""The catalogue of known names that ships with the package (CC BY-SA 4.0, see CATALOGUE-LICENSE.txt)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

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
        """Index the entries; a form that two entries of one class share belongs to the one that has it as name."""
        self.entries = tuple(entries)
        self._by_form: dict[tuple[EntityClass, str], CatalogueEntry] = {}
        for entry in self.entries:
            self._by_form.setdefault((entity_class(entry.type), normalise(entry.name)), entry)
        for entry in self.entries:
            for alias in entry.aliases:
                self._by_form.setdefault((entity_class(entry.type), normalise(alias)), entry)

    def find(self, class_: EntityClass, surface: str) -> CatalogueEntry | None:
        """Look a surface form up, as name or alias of an entry of this class."""
        return self._by_form.get((class_, normalise(surface)))


def parse_entry(row: Mapping[str, object]) -> CatalogueEntry:
    """Build an entry from one decoded line of catalogue.jsonl.gz."""
    return CatalogueEntry(
        str(row["name"]),
        row["type"],  # type: ignore[arg-type]
        tuple(row.get("aliases", ())),  # type: ignore[arg-type]
        bool(row.get("ambiguous", False)),
    )


@cache
def load_catalogue() -> Catalogue:
    """Read the catalogue that ships with the package."""
    data = resources.files(__package__).joinpath("catalogue.jsonl.gz").read_bytes()
    return Catalogue(parse_entry(json.loads(line)) for line in gzip.decompress(data).decode("utf-8").splitlines())
