"""What tests do with a page in a browser."""

from playwright.sync_api import Page


def load_pictures(page: Page) -> None:
    """Wait for every picture of a page; raises an error if one can't be shown.

    This evaluates only once: what polls, as wait_for_function does, is stopped by the pages'
    content security policy if the first answer is no.
    """
    page.evaluate(
        "Promise.all([...document.images].map(one => {"
        " one.loading = 'eager'; return one.decode() }))"
    )
