"""Problems that WeasyPrint only logs: missing pictures, alternative texts, anchors, bad CSS.

Relies on the name of its logger, and on such messages being warnings or errors.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from pack.problems import Fault


@contextmanager
def collected(found: list[Fault]) -> Iterator[None]:
    """Add everything that is logged in the meantime to a list, as faults."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            what = record.getMessage()
            found.append(Fault(what, "Fix the content or template named here."))

    logger = logging.getLogger("weasyprint")
    others, logger.handlers = logger.handlers, [Collector(logging.WARNING)]
    try:
        yield
    finally:
        logger.handlers = others
