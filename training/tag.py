"""Tag the later half of the papers that the teacher read, by the tagger of a model.

python -m training.tag MODEL --facts FOLDER --output FILE.jsonl.gz
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path

from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import build_pipeline, make_doc
from citegraph.extractors.tags import Tags
from citegraph.graph.records import Paper
from training.observe import halves
from training.papers import read_papers
from training.tag_files import write_tagged

_NAMES = "citegraph_catalogue_v1"
_TAGGERS = {"standard": "citegraph_tagger_v1", "accurate": "citegraph_encoder_v1"}


def main() -> None:
    """Read the papers, and write them with their tags."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=_TAGGERS)
    parser.add_argument("--facts", type=Path, required=True, help="folder of the teacher's facts")
    parser.add_argument("--limit", type=int, help="take so many papers")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    nlp = build_pipeline("fast")
    nlp.add_pipe(_TAGGERS[arguments.model], after=_NAMES)
    components = nlp.pipeline[: nlp.pipe_names.index(_TAGGERS[arguments.model]) + 1]
    files = halves(arguments.facts)[1]
    papers = list(islice((paper for path in files for paper in read_papers(path)), arguments.limit))
    tags: list[Tags] = []
    for paper in papers:
        doc = make_doc(nlp, Paper("", paper["title"], paper["abstract"]))
        for _, component in components:
            doc = component(doc)
        found = draft_of(doc).tags
        assert found is not None
        tags.append(found)
    write_tagged(arguments.output, papers, tags)


if __name__ == "__main__":
    main()
