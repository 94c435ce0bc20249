"""LaTeX in titles and names."""

import pytest

from citegraph.readers.latex import decode_accents


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"M{\"{u}}ller", "Müller"),
        (r"Erd\H{o}s and \O stergaard", "Erdős and Østergaard"),
        (r"Stra{\ss}e", "Straße"),
        (r"50\% of {\textquotedblleft}all{\textquotedblright}", "50% of “all”"),
        (r"$\{a\}$ costs \$5", r"$\{a\}$ costs $5"),
        (r"{{V}i{T}} on \textbf{{all}}", r"ViT on \textbf{{all}}"),
        (r"\Delta-learning", r"\Delta-learning"),
        ("100% of it", "100% of it"),
        ("a } b {", "a } b "),
    ],
)
def test_accents_are_decoded_and_the_rest_stays(written, text):
    assert decode_accents(written) == text
