"""The tokenizer: white space, then every letter-digit run and every other character on its own."""

from __future__ import annotations

import re

from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

__all__ = ["make_tokenizer"]

_MARK = r"[\W_]"
_LEADING = r"^(?:[\W_]{65,}|[\W_])"
_CACHE_SIZE = 2_000_000


def make_tokenizer(vocab: Vocab) -> Tokenizer:
    """Build a tokenizer that splits at every mark, so that any name between marks is a run of whole tokens.

    "CIFAR-10/100" gives five tokens and "DAVIS_{16}" five, LaTeX stays exact, and there are no special cases:
    after the first of them spaCy caches nothing more of a text. The cache is made large for the same reason. More
    than 64 marks at the start of a chunk are one token, because spaCy takes time quadratic in their number.
    """
    tokenizer = Tokenizer(
        vocab,
        rules={},
        prefix_search=re.compile(_LEADING).search,
        suffix_search=None,
        infix_finditer=re.compile(_MARK).finditer,
        token_match=None,
        url_match=None,
    )
    tokenizer.max_cache_size = _CACHE_SIZE
    return tokenizer
