#!/bin/sh
# Make the models anew; see training/README.md. Argument: a file of abstracts, JSON Lines.
set -eu
cd "$(dirname "$0")/.."
abstracts=${1:-}
if [ -z "$abstracts" ] || ! [ -f "$abstracts" ]; then
    echo "make model: ${abstracts:-nothing}: no such file; name one of abstracts, JSON Lines with title and abstract:" \
        "make model ABSTRACTS=abstracts.jsonl.gz" >&2
    exit 1
fi
abstracts=$(realpath "$abstracts")
echo "installing PyTorch and what else training needs into .venv"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --group training
exec .venv/bin/python -m weasel run all training --vars.abstracts "$abstracts"
