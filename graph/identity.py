"""Identity: which surface forms are one thing, as pure functions, so that loads stream, commute and repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from citegraph.graph.catalogue import Catalogue, CatalogueEntry, load_catalogue
from citegraph.graph.normalise import EntityClass, entity_class, normalise
from citegraph.graph.records import Entity, EntityType

__all__ = ["entity_key", "entity_label", "name_key", "preferred_id", "preferred_name"]

_ID_SCHEMES = ("doi:", "arxiv:", "acl:", "openalex:")
_SEPARATORS = re.compile(r"[\s_-]+")
_INNER_CAPITAL = re.compile(r"[A-Z].*[A-Z]|[a-z][A-Z]")


def name_key(type_: EntityType, name: str, catalogue: Catalogue | None = None) -> str:
    """Give the key of the thing that a name alone stands for: class, colon, normalised canonical name.

    >>> name_key("Benchmark", "the Image Net benchmark")
    'resource:image net'
    """
    class_ = entity_class(type_)
    entry = (catalogue or load_catalogue()).find(class_, name)
    return f"{class_}:{normalise(entry.name if entry else name)}"


def entity_key(entity: Entity, catalogue: Catalogue | None = None) -> str:
    """Give an entity's key from its name and the other surface forms that its own paper defines.

    The name (the long form where the paper defines an abbreviation) decides, by the catalogue or else by its
    normal form. Only resources may also be recognised by a short form, because data sets go by their
    acronyms, while a method's acronym often stands for several methods.
    """
    catalogue = catalogue or load_catalogue()
    class_ = entity_class(entity.type)
    forms = [entity.name, *entity.surfaces] if class_ == "resource" else [entity.name]
    for form in forms:
        if entry := catalogue.find(class_, form):
            return f"{class_}:{normalise(entry.name)}"
    return f"{class_}:{normalise(entity.name)}"


def preferred_name(key: str, aliases: Iterable[str], catalogue: Catalogue | None = None) -> str:
    """Choose the name for display from the surface forms of one thing: the catalogue's, else the best written.

    Best written: has the key's normal form, then no plural or type noun, then capitals inside a word, then (for
    several words) lower case, then the shorter, then the first in code point order. Never depends on the order of
    ``aliases``.

    >>> preferred_name("method:contrastive learning", ["Contrastive Learning", "contrastive learning"])
    'contrastive learning'
    >>> preferred_name("method:zznetwork", ["ZzNetworks", "zznetwork"])
    'zznetwork'
    >>> preferred_name("method:zzclr", ["zzclr", "ZZCLR", "ZzCLR"])
    'ZzCLR'
    """
    form = key.partition(":")[2]
    entry = _entry(key, catalogue)
    if entry:
        return entry.name

    def rank(alias: str) -> tuple[bool, bool, bool, bool, bool, int, str]:
        mixed = bool(_INNER_CAPITAL.search(alias.replace(" ", "  ")))
        several = " " in alias
        return (
            normalise(alias) != form,
            _SEPARATORS.sub("", alias.casefold()) != _SEPARATORS.sub("", form),
            not several and not mixed,
            not several and alias.isupper(),
            several and alias != alias.lower(),
            len(alias),
            alias,
        )

    return min(aliases, key=rank)


def entity_label(key: str, labels: Iterable[str], catalogue: Catalogue | None = None) -> str:
    """Join the labels that papers and the catalogue give one thing: Benchmark wins over Dataset.

    The other classes have one label each.

    >>> entity_label("resource:zzset", ["Dataset", "Benchmark", "Dataset"])
    'Benchmark'
    """
    entry = _entry(key, catalogue)
    return min([*labels, entry.type] if entry else labels)


def preferred_id(ids: Iterable[str]) -> str:
    """Choose the best of a paper's identifiers: doi, arxiv, acl, openalex, any other, title hash.

    >>> preferred_id(["title:00", "arxiv:2002.05709"])
    'arxiv:2002.05709'
    """

    def rank(id_: str) -> tuple[int, str]:
        scheme = next((i for i, prefix in enumerate(_ID_SCHEMES) if id_.startswith(prefix)), len(_ID_SCHEMES))
        return scheme + id_.startswith("title:"), id_

    return min(ids, key=rank)


def _entry(key: str, catalogue: Catalogue | None) -> CatalogueEntry | None:
    class_, _, form = key.partition(":")
    entry = (catalogue or load_catalogue()).find(cast("EntityClass", class_), form)
    return entry if entry and normalise(entry.name) == form else None
