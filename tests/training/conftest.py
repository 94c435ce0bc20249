"""Tests that need PyTorch are collected where it is: it is large, and only the training of two networks needs it."""

from importlib.util import find_spec

from tests.requirements import UNAVAILABLE

collect_ignore = []

if find_spec("torch") is None:
    collect_ignore.append("test_encoder_torch.py")
    UNAVAILABLE["PyTorch"] = "PyTorch is not installed (.venv/bin/python -m pip install --group training)"
