"""Why a school can't be stamped into a base."""


class CannotStamp(Exception):
    """A file shows the specimen school in a way that stamping can't handle."""


class DoesNotFit(Exception):
    """A school's fields need a different number of lines, or glyphs that the base lacks."""
