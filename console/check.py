"""The commands “check” and “template”: what they try, and what they say of each part."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from console import messages
from console.messages import CommandOutput
from press import pipeline
from slides.draft import DeckDraft


def check(
    files: Sequence[Path], output: Path, *, links: bool, with_verapdf: bool
) -> Iterator[CommandOutput]:
    """Check content, and if asked for, what its links and finished PDFs say.

    Raises `ContentError`, `TemplateError`, and for veraPDF `MissingLibrary` and `UnknownArtifact`.
    """
    versions, found = pipeline.read_versions(files)
    for pack in versions:
        pipeline.check_template(DeckDraft(pack))
    packs = [pack for pack in versions if not pack.origin.translation]
    yield CommandOutput(problems=found)
    yield CommandOutput(tuple(messages.checked(packs, found)))
    if links:
        from preflight.links import check_links

        report = check_links(packs)
        yield CommandOutput(problems=report.problems)
        yield CommandOutput((report.summary,))
    if with_verapdf:
        from preflight.verapdf import check_finished

        count, broken = check_finished(pipeline.output_folders(packs, output), output)
        yield CommandOutput(problems=broken)
        yield CommandOutput((messages.verapdf(count, broken),))


def try_template(files: Sequence[Path], template: Path) -> Iterator[CommandOutput]:
    """Try the deck of each pack on a template. Raises `ContentError` and `TemplateError`."""
    for pack in pipeline.read_all(files):
        if pack.deck:
            report, slides, found = pipeline.try_template(pack, template)
            yield CommandOutput(tuple(messages.template(report)), found)
            yield CommandOutput((messages.template_checked(report, slides, found),))
