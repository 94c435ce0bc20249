import time

import pytest

from citegraph.extractors.urls import outside_urls, url_spans


def found(text):
    return [text[start:end] for start, end in url_spans(text)]


@pytest.mark.parametrize(
    "url", ["https://x.y/z", "http://a.b", "www.foo.org", "github.com/Foo/Bar", "foo.github.io/bar", "hf.co/datasets/X"]
)
def test_urls_are_found_with_and_without_a_scheme(url):
    assert found(f"code: {url} here") == [url]


@pytest.mark.parametrize("text", ["TCP/IP", "and/or", "1.5/2.0", "e.g. and i.e./etc", "ViT-B/16", "me@foo.org/bar", ""])
def test_other_slashes_and_points_are_no_url(text):
    assert found(text) == []


def test_an_offset_is_outside_before_and_after_a_url():
    outside = outside_urls("a www.b.c d https://e.f g")
    assert [outside(offset) for offset in (0, 2, 8, 9, 12, 22, 23)] == [True, False, False, True, False, False, True]


def test_a_long_chain_of_urls_is_read_once():
    text = "https://" * 50_000
    begin = time.process_time()
    assert url_spans(text) == [(0, len(text))]
    assert time.process_time() - begin < 1
