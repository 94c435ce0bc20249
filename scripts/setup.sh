#!/bin/sh
# Make .venv and install citegraph into it; with the word "dev", also the accurate model and what its
# developers need.
# Done once, and again when pyproject.toml, the folder's place or the interpreter changes.
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-run}
python=${PYTHON:-python3}

"$python" - <<'CHECK' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit(f"citegraph needs Python 3.11 or newer, and {sys.executable} is {sys.version.split()[0]}; "
             "name a newer one, for example: make setup PYTHON=python3.11")
CHECK

show_version='import sys; print(sys.version)'
version=$("$python" -c "$show_version")
state="$(pwd) $version $(cat pyproject.toml models/accurate/pyproject.toml | cksum)"
for stamp in .venv/installed-dev ".venv/installed-$wanted"; do
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ]; then
        exit 0
    fi
done

# A venv that was half made, or made by another Python, is made anew; one that was moved here is installed into again.
if ! [ "$(.venv/bin/python -c "import pip; $show_version" 2>/dev/null)" = "$version" ]; then
    echo "making .venv"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        scripts/packages.sh python3-venv
    fi
    "$python" -m venv --clear .venv
fi
rm -f .venv/installed-*

if [ "$wanted" = dev ]; then
    echo "installing citegraph and its development packages into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable . --editable models/accurate --group dev
else
    echo "installing citegraph into .venv (a minute or two the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable .
fi
printf '%s\n' "$state" >".venv/installed-$wanted"
