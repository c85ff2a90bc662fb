"""Whose fault it is: said honestly, because no text can mend a template or the program."""


def template_fault(mend: str) -> str:
    """A remedy for what the templates do wrong; `mend` tells their keeper what to do."""
    return (
        "This is a fault of the template, not of your text: tell whoever looks after the "
        f"templates. {mend}"
    )


def program_fault(mend: str) -> str:
    """A remedy for what the program does wrong; `mend` tells its keeper what to do."""
    return "This is a fault of the program, not of your text: tell whoever looks after it. " + mend
