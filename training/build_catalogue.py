"""Build graph/catalogue.jsonl.gz from the lexicon and the annotated training papers.

    python -m training.build_catalogue

Each lexicon name is looked up in the training texts: a name that occurs there and is seldom annotated as a thing of its
class is dropped, or kept as ambiguous. Names that are annotated but not in the lexicon are added. The output's bytes
depend on nothing but the two inputs.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
from spacy.matcher import PhraseMatcher

from citegraph.extractors.catalogue_matcher import matches_any_case
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.normalise import entity_class, normalise
from citegraph.graph.records import ENTITY_TYPES, EntityType

ROOT = Path(__file__).parent.parent
LEXICON = ROOT / "training" / "lexicon" / "names.jsonl.gz"
TRAIN = ROOT / "training" / "gold" / "train.jsonl.gz"
OUTPUT = ROOT / "graph" / "catalogue.jsonl.gz"

_LEXICON_TYPES: Mapping[str, EntityType] = {"METHOD": "Method", "TASK": "Task", "METRIC": "Metric"}
_PROPER = re.compile(r"[A-Z].*[A-Z0-9]|\d.*[A-Z]|[a-z]\d|[a-z][A-Z]")
_TOO_GENERAL = re.compile(
    r"(?i)^(?:\W*\d[\d.,% ]*|.|methods?|models?|data|datasets?|benchmarks?|tasks?|algorithms?|approach|baselines?)$"
)
_ROMAN_OR_UNIT = re.compile(r"^(?:[IVX]+|AI|ML|NLP|CV|DL|LLMs?|USA?|UK|EU|GPUs?|CPUs?|API|3D|2D|1D|4D|IEEE|ACL|PhD)$")


@dataclass(slots=True)
class Counts:
    """In how many training papers a surface occurs, and as what it is annotated there."""

    papers: int = 0
    core: Counter[EntityType] = field(default_factory=Counter)
    optional: int = 0

    @property
    def share(self) -> float:
        """Of the papers with this surface, the share that annotates it."""
        return (sum(self.core.values()) + 0.5 * self.optional) / self.papers if self.papers else 0.0


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Decode a JSON Lines file, gzipped or not."""
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines():
        yield json.loads(line)


def count_surfaces(surfaces: Iterable[str], papers: Iterable[Mapping[str, Any]]) -> dict[str, Counts]:
    """Count each surface's papers and annotations; a surface matches as the extractor would match it."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    matchers = {attr: PhraseMatcher(nlp.vocab, attr=attr) for attr in ("ORTH", "LOWER")}
    names = sorted(set(surfaces))
    for index, surface in enumerate(names):
        matchers["LOWER" if matches_any_case(surface) else "ORTH"].add(str(index), [nlp.make_doc(surface)])
    counts: dict[str, Counts] = defaultdict(Counts)
    for paper in papers:
        doc = nlp.make_doc(f"{paper['title']}\n\n{paper['abstract']}")
        core, optional = _annotated(paper)
        found = {
            names[int(nlp.vocab.strings[key])]: doc[start:end].text
            for matcher in matchers.values()
            for key, start, end in matcher(doc)
        }
        for surface in found:
            form = normalise(surface)
            counts[surface].papers += 1
            for type_ in core.get(form, ()):
                counts[surface].core[type_] += 1
            counts[surface].optional += form not in core and form in optional
    return counts


def _annotated(paper: Mapping[str, Any]) -> tuple[dict[str, set[EntityType]], set[str]]:
    core: dict[str, set[EntityType]] = defaultdict(set)
    optional: set[str] = set()
    for entity in paper["entities"]:
        for surface in {entity["name"], *entity["surfaces"]}:
            if entity["core"]:
                core[normalise(surface)].add(entity["type"])
            else:
                optional.add(normalise(surface))
    return core, optional


@dataclass(slots=True)
class Thing:
    """A candidate row: its surfaces by how often each was seen, its types by evidence, its number of sources."""

    surfaces: Counter[str] = field(default_factory=Counter)
    types: Counter[EntityType] = field(default_factory=Counter)
    sources: int = 0
    core_papers: int = 0


def collect(lexicon: Iterable[Mapping[str, Any]], papers: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Thing]:
    """Join lexicon rows and annotated entities by class and normalised name."""
    things: dict[tuple[str, str], Thing] = defaultdict(Thing)
    for row in lexicon:
        type_ = _LEXICON_TYPES.get(row["type"]) or ("Benchmark" if row["is_benchmark"] else "Dataset")
        name = row["name"]
        thing = things[entity_class(type_), normalise(name)]
        thing.sources += row["n_sources"]
        thing.types[type_] += 1
        thing.surfaces[name] += 1
        for alias in row["aliases"]:
            if safe_alias(name, alias):
                thing.surfaces[alias] += 0
    for paper in papers:
        for entity in paper["entities"]:
            if entity["core"]:
                _add_annotated(things, entity)
    return things


def _add_annotated(things: dict[tuple[str, str], Thing], entity: Mapping[str, Any]) -> None:
    name, type_ = entity["name"], entity["type"]
    thing = things[entity_class(type_), normalise(name)]
    thing.core_papers += 1
    thing.types[type_] += 3
    for surface in entity["surfaces"]:
        if normalise(surface) == normalise(name):
            thing.surfaces[surface] += 2
        elif safe_alias(name, surface):
            thing.surfaces[surface] += 1


def safe_alias(name: str, alias: str) -> bool:
    """Tell whether two names are surely one thing: the same but for spelling, or one is the other's initials.

    >>> safe_alias("Convolutional Neural Network", "CNN"), safe_alias("CIFAR-10", "CIFAR-100")
    (True, False)
    """
    first, second = normalise(name), normalise(alias)
    if first == second or first.replace(" ", "") == second.replace(" ", ""):
        return True
    short, long = sorted((first, second), key=len)
    initials = "".join(word[0] for word in long.split())
    without_small = "".join(word[0] for word in long.split() if word not in {"of", "the", "for", "and", "in", "to"})
    return " " not in short and len(short) >= 2 and short in {initials, without_small} and len(long.split()) >= 2


def keep_surface(surface: str, type_: EntityType, counts: Counts, sources: int) -> bool:
    """Decide by evidence from the training texts, and without any by the surface's own shape."""
    if _TOO_GENERAL.match(surface) or _ROMAN_OR_UNIT.match(surface) or len(surface) > 80 or not surface.isprintable():
        return False
    core = sum(counts.core[t] for t in ENTITY_TYPES if entity_class(t) == entity_class(type_))
    if core < 0.5 * sum(counts.core.values()):
        return False
    if counts.papers:
        return counts.share >= 0.25 and (core > 0 or counts.optional > 0)
    words = surface.split()
    if type_ == "Metric":
        return False
    if type_ == "Task":
        return 2 <= len(words) <= 6 and sources >= 2 and "(" not in surface and " - " not in surface
    proper = bool(_PROPER.search(surface))
    if len(words) == 1:
        return proper and len(surface) >= 3
    return len(words) <= 8 and surface[0].isupper() and (proper or len(words) >= 2)


def build(lexicon: Iterable[Mapping[str, Any]], papers: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Make the catalogue's rows, sorted by name and type."""
    things = collect(lexicon, papers)
    counts = count_surfaces((s for thing in things.values() for s in thing.surfaces), papers)
    owners: dict[str, list[tuple[float, tuple[str, str], str]]] = defaultdict(list)
    for key, thing in things.items():
        type_ = _type(thing)
        for surface, seen in thing.surfaces.items():
            count = counts.get(surface, Counts())
            if keep_surface(surface, type_, count, thing.sources):
                core = sum(count.core[t] for t in ENTITY_TYPES if entity_class(t) == key[0])
                rank = core + 0.1 * thing.core_papers + 0.01 * seen + 0.001 * thing.sources
                owners[normalise(surface)].append((rank, key, surface))
    kept: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rows in owners.values():
        best = max(rows)[1]
        kept[best] += [surface for _, key, surface in rows if key == best]
    rows = [_row(things[key], surfaces, counts) for key, surfaces in kept.items()]
    return sorted(rows, key=lambda row: (row["name"].casefold(), row["name"], row["type"]))


def _type(thing: Thing) -> EntityType:
    if thing.types["Benchmark"]:
        return "Benchmark"
    return max(ENTITY_TYPES, key=lambda t: (thing.types[t], -ENTITY_TYPES.index(t)))


def _row(thing: Thing, surfaces: list[str], counts: Mapping[str, Counts]) -> dict[str, Any]:
    ordered = sorted(
        set(surfaces),
        key=lambda s: (-thing.surfaces[s], -(counts[s].papers if s in counts else 0), -len(s), s),
    )
    seen = [counts[s] for s in ordered if s in counts]
    ambiguous = any(count.share < 0.6 for count in seen) or (not seen and not _PROPER.search(ordered[0]))
    return {"name": ordered[0], "type": _type(thing), "aliases": sorted(ordered[1:]), "ambiguous": ambiguous}


def write(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write gzipped JSON Lines with a fixed time stamp, so that equal rows give equal bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="", compresslevel=9) as file:
        for row in rows:
            file.write((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8"))
    path.write_bytes(buffer.getvalue())


def main() -> None:
    """Read the two inputs and write the catalogue."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--train", type=Path, default=TRAIN)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    rows = build(read_rows(arguments.lexicon), list(read_rows(arguments.train)))
    write(rows, arguments.output)
    print(f"{len(rows)} rows, {sum(1 + len(row['aliases']) for row in rows)} names: {arguments.output}")


if __name__ == "__main__":
    main()
