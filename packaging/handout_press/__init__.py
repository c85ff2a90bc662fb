"""The program as the wheel installs it: one package with the same folders as the repository.

They import each other by their plain names (`from pack.model import Pack`), so this folder goes
first in `sys.path`: before any package of the same name in site-packages or the current folder.
"""

import sys
from pathlib import Path

_HERE = str(Path(__file__).resolve().parent)
if _HERE not in sys.path:
    sys.path.insert(0, _HERE)


def main() -> None:
    """Run the command line, as the script `make-materials` does."""
    from pack.interrupts import stop_at_once

    stop_at_once()
    from make_materials import main as run

    run()
