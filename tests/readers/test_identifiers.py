"""Only recognised shapes are identifiers."""

import pytest

from citegraph.readers.identifiers import arxiv_month, parse_identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("10.7717/PeerJ.4375", "doi:10.7717/peerj.4375"),
        ("https://doi.org/10.7717/peerj.4375", "doi:10.7717/peerj.4375"),
        ("http://dx.doi.org/10.7717/peerj.4375", "doi:10.7717/peerj.4375"),
        ("DOI: 10.7717/peerj.4375.", "doi:10.7717/peerj.4375"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "arxiv:1706.03762"),
        ("1706.03762", "arxiv:1706.03762"),
        ("1706.03762v5", "arxiv:1706.03762"),
        ("arXiv:1706.03762 [cs.CL]", "arxiv:1706.03762"),
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "arxiv:1706.03762"),
        ("https://huggingface.co/papers/1706.03762", "arxiv:1706.03762"),
        ("0704.0001", "arxiv:0704.0001"),
        ("cs.CL/0001001", "arxiv:cs.CL/0001001"),
        ("2022.findings-emnlp.7", "acl:2022.findings-emnlp.7"),
        ("https://www.aclweb.org/anthology/W17-4701.pdf", "acl:W17-4701"),
        ("acl:P18-1001", "acl:P18-1001"),
        ("https://api.openalex.org/works/w2741809807", "openalex:W2741809807"),
    ],
)
def test_recognised_shape_has_one_spelling(text, identifier):
    assert parse_identifier(text) == identifier
    assert parse_identifier(identifier) == identifier


@pytest.mark.parametrize(
    "text",
    [
        "", "42", "1706.0376", "0704.00010", "1713.03762", "wacv2024:dfc39332d5", "title:ca978112ca1bbdca", "W17",
        "https://example.org/1706.03762", "204e3073870fae3d05bcbc2f6a8e263d9b72e776", "10.5", "P18-101",
    ],
)  # fmt: skip
def test_other_shapes_are_no_identifiers(text):
    assert parse_identifier(text) is None


def test_month_of_an_old_identifier_is_in_its_century():
    assert (arxiv_month("arxiv:hep-th/9108001"), arxiv_month("arxiv:math/0703001")) == ("1991-08", "2007-03")
