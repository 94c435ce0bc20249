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
from citegraph.extractors.words import name_words
from citegraph.graph.normalise import entity_class, normalise
from citegraph.graph.records import ENTITY_TYPES, EntityType

ROOT = Path(__file__).parent.parent
LEXICON = ROOT / "training" / "lexicon" / "names.jsonl.gz"
TRAIN = ROOT / "training" / "gold" / "train.jsonl.gz"
OUTPUT = ROOT / "graph" / "catalogue.jsonl.gz"

_LEXICON_TYPES: Mapping[str, EntityType] = {"METHOD": "Method", "TASK": "Task", "METRIC": "Metric"}
_PROPER = re.compile(r"[A-Z].*[A-Z0-9]|\d.*[A-Z]|[a-z]\d|[a-z][A-Z]")
_DOMINANT = 0.8
_LEAST_SHARE = 0.25
_SURE_SHARE = 0.6
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
    """A candidate row: its names and surfaces by how often papers annotate them, its types by evidence, its sources."""

    names: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    types: Counter[EntityType] = field(default_factory=Counter)
    sources: int = 0
    papers: int = 0

    def absorb(self, other: Thing) -> None:
        """Take over all that is known of another name of the same thing."""
        self.names.update(other.names)
        self.surfaces.update(other.surfaces)
        self.types.update(other.types)
        self.sources += other.sources
        self.papers += other.papers


Key = tuple[str, str]
"""A class and a normalised name."""


def collect(lexicon: Iterable[Mapping[str, Any]], papers: Iterable[Mapping[str, Any]]) -> dict[Key, Thing]:
    """Join lexicon rows and annotated entities by class and normalised name, and short forms with their long form."""
    things: dict[Key, Thing] = defaultdict(Thing)
    long_forms: dict[Key, dict[Key, float]] = defaultdict(lambda: defaultdict(float))
    for row in lexicon:
        type_ = _LEXICON_TYPES.get(row["type"]) or ("Benchmark" if row["is_benchmark"] else "Dataset")
        key = entity_class(type_), normalise(row["name"])
        thing = things[key]
        thing.sources += row["n_sources"]
        thing.types[type_] += 1
        _add_names(thing, key, row["name"], row["aliases"], 0, long_forms)
    for paper in papers:
        for entity in paper["entities"]:
            if entity["core"]:
                key = entity_class(entity["type"]), normalise(entity["name"])
                thing = things[key]
                thing.papers += 1
                thing.types[entity["type"]] += 3
                _add_names(thing, key, entity["name"], entity["surfaces"], 1, long_forms)
    _join_short_forms(things, long_forms)
    return things


def _add_names(
    thing: Thing, key: Key, name: str, others: Iterable[str], weight: int, long_forms: dict[Key, dict[Key, float]]
) -> None:
    thing.names[name] += weight
    thing.surfaces[name] += 0
    for other in others:
        form = normalise(other)
        if form == key[1] or form.replace(" ", "") == key[1].replace(" ", ""):
            thing.surfaces[other] += weight
        elif is_short_form(other, name):
            long_forms[key[0], form][key] += weight + 0.25
            thing.surfaces[other] += weight
        elif is_short_form(name, other):
            long_forms[key][key[0], form] += weight + 0.25


def _join_short_forms(things: dict[Key, Thing], long_forms: Mapping[Key, Mapping[Key, float]]) -> None:
    """Give each short form to the one thing it nearly always stands for, and to none where there is no such thing."""
    for short, longs in sorted(long_forms.items()):
        known = {key: count for key, count in longs.items() if key in things}
        if not known:
            continue
        owner = min(known, key=lambda key: (-known[key], key))
        if known[owner] < _DOMINANT * sum(longs.values()):
            owner = short
        for key in longs:
            if key != owner and key in things:
                for surface in [s for s in things[key].surfaces if normalise(s) == short[1]]:
                    del things[key].surfaces[surface]
        if owner != short and short in things and owner in things:
            things[owner].absorb(things.pop(short))


def is_short_form(short: str, long: str) -> bool:
    """Tell whether a name is made of another's initials, and the other has several words.

    >>> is_short_form("CNNs", "convolutional neural networks"), is_short_form("CIFAR-10", "CIFAR-100")
    (True, False)
    """
    form, words = normalise(short), normalise(long).split()
    if " " in form or len(form) < 2 or len(words) < 2:
        return False
    small = {"of", "the", "for", "and", "in", "to", "a", "with"}
    return form in {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in small)}


def keep_surface(surface: str, thing: Thing, class_: str, counts: Counts) -> bool:
    """Decide by evidence from the training papers, and without any by the surface's own shape."""
    if _TOO_GENERAL.match(surface) or _ROMAN_OR_UNIT.match(surface) or len(surface) > 80 or not surface.isprintable():
        return False
    annotated = thing.surfaces[surface] + thing.names[surface]
    if surface.islower() and " " not in surface and not annotated:
        return False
    if counts.papers:
        core = sum(counts.core[t] for t in ENTITY_TYPES if entity_class(t) == class_)
        return core > 0 and core >= 0.5 * sum(counts.core.values()) and counts.share >= _LEAST_SHARE
    return annotated > 0 or _looks_like_a_name(surface, thing, class_)


def _looks_like_a_name(surface: str, thing: Thing, class_: str) -> bool:
    words = surface.split()
    if class_ == "metric" or "(" in surface or " - " in surface or " + " in surface:
        return False
    if class_ == "task":
        return 2 <= len(words) <= 6 and thing.sources >= 2
    if len(words) == 1:
        return bool(_PROPER.search(surface)) and len(surface) >= 3
    least = 1 if class_ == "resource" else 2
    return len(words) <= 5 and thing.sources >= least and all(not word[0].islower() or len(word) < 4 for word in words)


def build(lexicon: Iterable[Mapping[str, Any]], papers: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Make the catalogue's rows, sorted by name and type; a surface form belongs to one row alone."""
    things = collect(lexicon, papers)
    counts = count_surfaces((s for thing in things.values() for s in thing.surfaces), papers)
    owners: dict[str, list[tuple[float, Key, str]]] = defaultdict(list)
    for key, thing in things.items():
        for surface in thing.surfaces:
            count = counts.get(surface, Counts())
            if keep_surface(surface, thing, key[0], count):
                core = sum(count.core[t] for t in ENTITY_TYPES if entity_class(t) == key[0])
                rank = core + 0.1 * thing.papers + 0.001 * thing.sources
                owners[normalise(surface)].append((rank, key, surface))
    kept: dict[Key, list[str]] = defaultdict(list)
    for rows in owners.values():
        best = max(rows)[1]
        kept[best] += [surface for _, key, surface in rows if key == best]
    made = [_row(things[key], surfaces, counts) for key, surfaces in kept.items()]
    return sorted(made, key=lambda row: (row["name"].casefold(), row["name"], row["type"]))


def _type(thing: Thing) -> EntityType:
    if thing.types["Benchmark"]:
        return "Benchmark"
    return max(ENTITY_TYPES, key=lambda t: (thing.types[t], -ENTITY_TYPES.index(t)))


def _row(thing: Thing, surfaces: Iterable[str], counts: Mapping[str, Counts]) -> dict[str, Any]:
    ordered = sorted(
        set(surfaces), key=lambda s: (-thing.names[s], -thing.surfaces[s], s.islower() and " " not in s, -len(s), s)
    )
    name, aliases, forms = ordered[0], [], {_match_form(ordered[0])}
    for surface in ordered[1:]:
        only_lexicon = not thing.surfaces[surface] and not thing.names[surface]
        if only_lexicon and surface.casefold() == name.casefold():
            continue
        if (form := _match_form(surface)) not in forms:
            forms.add(form)
            aliases.append(surface)
    seen = [counts[s] for s in ordered if s in counts]
    ambiguous = any(count.share < _SURE_SHARE for count in seen) or (not seen and not _PROPER.search(name))
    return {"name": name, "type": _type(thing), "aliases": sorted(aliases), "ambiguous": ambiguous}


def _match_form(surface: str) -> str:
    """Give what the extractor distinguishes: names of one form match the same strings."""
    if not matches_any_case(surface):
        return " ".join(name_words(surface))
    words = name_words(surface.lower())
    return " ".join([*words[:-1], words[-1].removesuffix("s")]) if words else surface


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
