"""What WeasyPrint finds wrong and only logs: missing pictures, alt texts, anchors, bad CSS.

Relies upon the name of its logger, and upon such messages being warnings or errors.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from pack.problems import Fault


@contextmanager
def collected(found: list[Fault]) -> Iterator[None]:
    """Add to a list what is logged meanwhile."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            what = record.getMessage()
            found.append(Fault(what, "Mend the content or template named here."))

    logger = logging.getLogger("weasyprint")
    others, logger.handlers = logger.handlers, [Collector(logging.WARNING)]
    try:
        yield
    finally:
        logger.handlers = others
