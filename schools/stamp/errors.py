"""Why a school can't be stamped into a base."""


class CannotStamp(Exception):
    """A file shows the specimen school in a way that stamping does not know."""


class DoesNotFit(Exception):
    """A school's words take another number of lines, or signs that the base lacks."""
