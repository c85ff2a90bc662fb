"""The commands that run the program and set it up, where it is: messages name them.

Imports almost nothing, because it is needed when packages are missing.
"""

from pathlib import Path

#: In the repository, not in an installed wheel.
_IN_REPOSITORY = (Path(__file__).resolve().parent.parent / "Makefile").is_file()


def command(arguments: str) -> str:
    """The command that runs the program with these arguments."""
    program = ".venv/bin/python make_materials.py" if _IN_REPOSITORY else "make-materials"
    return f"{program} {arguments}"


def setup() -> str:
    """The command that installs the packages that the program needs."""
    return "make setup" if _IN_REPOSITORY else "pip install handout-press"


def setup_extra(name: str) -> str:
    """The command that installs packages for a special purpose (`pyproject.toml` lists them)."""
    if _IN_REPOSITORY:
        return f".venv/bin/pip install -e '.[{name}]'"
    return f"pip install 'handout-press[{name}]'"
