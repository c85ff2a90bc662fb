#!/bin/sh
# Pin every dependency with its hashes, for all systems, without addresses of this machine.
set -eu
cd "$(dirname "$0")/.."
PYTHON=.venv/bin/python
$PYTHON -m pip install --quiet uv
pin() {
    $PYTHON -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}
pin pyproject.toml --output-file requirements/run.txt
pin pyproject.toml --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
