"""Remedies for faults of the templates or the program, which no edit of the content can fix."""


def template_fault(fix: str) -> str:
    """The remedy for an error in a template; `fix` is for the person who maintains it."""
    return (
        "This is an error in the template, not in your text: tell the person who maintains the "
        f"templates. {fix}"
    )


def program_fault(fix: str) -> str:
    """The remedy for an error in the program; `fix` is for the person who maintains it."""
    return (
        "This is an error in the program, not in your text: tell the person who maintains it. "
        f"{fix}"
    )
