"""Known names, found by lookup of word sequences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, Draft, draft_of
from citegraph.extractors.urls import outside_urls
from citegraph.extractors.words import Words, name_words, word_id
from citegraph.graph.catalogue import CatalogueEntry, load_catalogue
from citegraph.graph.model import RESOURCE_LABELS

__all__ = ["CatalogueMatcher", "NameTable", "matches_any_case"]

_SAFE_LENGTH = 10
_BY = "catalogue-1"


def matches_any_case(surface: str) -> bool:
    """Tell whether a name may be written in any case: a term in lower case, or several words of some length.

    >>> [matches_any_case(name) for name in ("dropout", "Visual Genome", "Adam", "MATH", "AQ 2")]
    [True, True, False, False, False]
    """
    return surface.islower() or (len(surface) >= _SAFE_LENGTH and (" " in surface or "-" in surface))


class NameTable:
    """Names by the ids of their words: built in 6 microseconds a name, where a PhraseMatcher's Docs take 35.

    A name also matches with hyphens for spaces, and one that may be written in any case also in the plural.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._single: dict[int, CatalogueEntry] = {}
        self._several: dict[tuple[int, ...], CatalogueEntry] = {}
        self._lengths: dict[int, dict[int, list[int]]] = {}

    def add(self, words: Sequence[str], entry: CatalogueEntry) -> None:
        """Add a name; the first entry of a name stays."""
        ids = tuple(map(word_id, words))
        if len(ids) == 1:
            self._single.setdefault(ids[0], entry)
        elif ids and ids not in self._several:
            self._several[ids] = entry
            lengths = self._lengths.setdefault(ids[0], {}).setdefault(ids[1], [])
            if len(ids) not in lengths:
                lengths.append(len(ids))
                lengths.sort(reverse=True)

    def longest(self, ids: list[int]) -> list[tuple[int, int, CatalogueEntry]]:
        """Find the longest name at each word: its first word, the one after its last, and its entry."""
        found = []
        single, several, lengths = self._single, self._several, self._lengths
        following = [*ids[1:], 0]
        for index, word in enumerate(ids):
            if word in lengths and (known := lengths[word].get(following[index])):
                for length in known:
                    words = tuple(ids[index : index + length])
                    if words in several:
                        found.append((index, index + len(words), several[words]))
                        break
            if word in single:
                found.append((index, index + 1, single[word]))
        return found


class CatalogueMatcher:
    """Propose every longest known name as a candidate. Requires the Doc's words; assigns ``candidates``.

    ``whole_names``: the name of a data set that stands in a longer name is left out. ``urls``: names in URLs are.
    """

    def __init__(self, entries: Iterable[CatalogueEntry], *, whole_names: bool = True, urls: bool = True) -> None:
        """Index names and aliases; of entries that share a surface form the first wins, names before aliases."""
        self._whole_names, self._urls = whole_names, urls
        self._exact, self._any_case = NameTable(), NameTable()
        kept = list(entries)
        for entry in kept:
            self._add(entry.name, entry)
        for entry in kept:
            for alias in entry.aliases:
                self._add(alias, entry)

    def _add(self, surface: str, entry: CatalogueEntry) -> None:
        if not matches_any_case(surface):
            self._exact.add(name_words(surface), entry)
            return
        words = name_words(surface.lower())
        self._any_case.add(words, entry)
        if words and words[-1].isalpha() and not words[-1].endswith("s"):
            self._any_case.add([*words[:-1], words[-1] + "s"], entry)

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each known name that no longer known name holds."""
        draft = draft_of(doc)
        found = self._matches(draft.words)
        if self._whole_names:
            found = [candidate for candidate in found if not _is_part_of_a_name(candidate, draft)]
        if self._urls:
            outside = outside_urls(draft.text)
            found = [candidate for candidate in found if outside(draft.words.starts[candidate.start])]
        draft.candidates += found
        return doc

    def _matches(self, words: Words) -> list[Candidate]:
        found: list[Candidate] = []
        reach = 0
        matches = self._exact.longest(words.orth) + self._any_case.longest(words.lower)
        for start, end, entry in sorted(matches, key=lambda match: (match[0], -match[1])):
            if end > reach:
                reach = end
                found.append(Candidate(start, end, _BY, entry))
        return found


def _is_part_of_a_name(candidate: Candidate, draft: Draft) -> bool:
    """Tell whether a data set's name stands in a longer one: "ImageNet-Subset", "Split-MNIST"."""
    if candidate.entry is None or candidate.entry.type not in RESOURCE_LABELS:
        return False
    text, words = draft.text, draft.words
    start, end = words.starts[candidate.start], words.ends[candidate.end - 1]
    if text[end : end + 1] == "-" and (text[end + 1 : end + 2].isupper() or text[end + 1 : end + 2].isdigit()):
        return True
    return candidate.start > 0 and text[start - 1] == "-" and text[words.starts[candidate.start - 1]].isupper()


@Language.factory(
    "citegraph_catalogue_v1", assigns=["doc.user_data"], default_config={"whole_names": True, "urls": True}
)
def make_catalogue_matcher(nlp: Language, name: str, whole_names: bool, urls: bool) -> CatalogueMatcher:  # noqa: ARG001
    """Build the component with the catalogue that ships with the package."""
    return CatalogueMatcher(load_catalogue().entries, whole_names=whole_names, urls=urls)
