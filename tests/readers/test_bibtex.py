"""BibTeX as reference managers and the ACL Anthology write it."""

import subprocess
import sys

import pytest

from citegraph.errors import InputError
from citegraph.graph.records import Paper
from citegraph.readers import FORMATS

ACL = """\
@proceedings{naacl-2019, title = "Proceedings of NAACL", year = "2019"}
@string{naacl = "Proceedings of NAACL"}
@inproceedings{devlin-etal-2019-bert,
    title = "{BERT}: Pre-training of {D}eep Transformers {\\\\&} $x_{i}$",
    author = "Devlin, Jacob  and
      M{\\\\"u}ller, Hans and {Barnes and Noble, Inc} and others",
    booktitle = naacl # ", Volume 1",
    month = jun,
    year = "2019",
    url = "https://aclanthology.org/N19-1423/",
    doi = "10.18653/v1/N19-1423",
    abstract = "We introduce {BERT},
      which is 5{\\\\%} better."
}
""".replace("\\\\", "\\")


def titles(papers):
    return [paper.title for paper in papers]


def test_entry_of_the_acl_anthology(read):
    assert read("acl.bib", ACL) == [
        Paper(
            "doi:10.18653/v1/n19-1423",
            "BERT: Pre-training of Deep Transformers & $x_{i}$",
            "We introduce {BERT}, which is 5{\\%} better.",
            ("Jacob Devlin", "Hans Müller", "Barnes and Noble, Inc"),
            2019,
            "2019-06",
            "Proceedings of NAACL, Volume 1",
            "https://aclanthology.org/N19-1423/",
            "acl.bib",
        )
    ]


def test_eprint_is_an_identifier(read):
    [paper] = read("x.bib", "@misc{a, title={A}, eprint={1706.03762}, archivePrefix={arXiv}, primaryClass={cs.CL}}")
    assert (paper.id, paper.year) == ("arxiv:1706.03762", 2017)


def test_entries_with_one_key_and_fields_given_twice_are_papers(read):
    entries = "@misc{a, title={A}}\n@misc{a, title={B}}\n@misc{c, title={C}, title={D}}\n"
    assert titles(read("x.bib", entries)) == ["A", "B", "C"]


def test_unbalanced_entry_is_a_broken_record_and_the_next_is_read(read):
    errors = []
    entries = "@misc{a, title={A}}\n@misc{b,\n title={B {b},\n year=2020}\n@misc{c, title={C}}\n"
    assert titles(read("x.bib", entries, on_error=errors.append)) == ["A", "C"]
    assert [(error.line, error.reason.partition(":")[0]) for error in errors] == [(2, "broken entry")]


def test_broken_entries_are_not_logged_besides(tmp_path):
    path = tmp_path / "x.bib"
    path.write_text("@misc{a, title={A}}\n@misc{b, title={B {b}\n@misc{c, title={C}}\n")
    program = (
        "import sys; from citegraph.readers import read_papers\n"
        "print([paper.title for paper in read_papers([sys.argv[1]], on_error=lambda _: None)])"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("['A', 'C']\n", "")


def test_entry_without_title_is_a_broken_record(read):
    with pytest.raises(InputError, match=r"^x.bib:2: no title$"):
        read("x.bib", "@misc{a, title={A}}\n@misc{b, year=2020}\n")


def test_comments_alone_are_no_papers(read):
    with pytest.raises(InputError, match=r"^x.bib: holds no papers, read as bibtex"):
        read("x.bib", "@comment{nothing}\n")


def test_text_before_the_entries_is_allowed():
    assert FORMATS["bibtex"].recognise("Exported by hand\n\n@article{a,\n") == 1
    assert FORMATS["bibtex"].recognise("@article{a,\n") == 2
    assert FORMATS["bibtex"].recognise("mail me at me@article{\n") == 0
