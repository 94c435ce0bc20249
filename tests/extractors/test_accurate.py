"""The accurate model is found where its package is installed, and named where it is not."""

import subprocess
import sys

import pytest

from citegraph.errors import ExtractionError
from citegraph.extractors.accurate import find_package


def test_a_model_that_is_not_installed_is_named_with_how_to_install_it():
    with pytest.raises(ExtractionError) as raised:
        find_package("unheard")
    assert str(raised.value) == (
        "the unheard model is a package of its own: pip install citegraph-unheard, "
        "or from a checkout pip install ./models/unheard"
    )


def test_an_installed_model_gives_its_component_and_its_weights():
    package = find_package()
    assert (package.component, package.weights.name) == ("citegraph_encoder_v1", "weights.json.gz")


def test_to_find_a_model_does_not_load_the_runtime():
    code = "import sys; from citegraph.extractors.accurate import find_package; find_package(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"onnxruntime", "tokenizers"} & set(loaded) == set()
