"""What tests ask of a page in a browser."""

from playwright.sync_api import Page


def load_pictures(page: Page) -> None:
    """Wait for every picture of a page; an error when one can't be shown.

    One question and its answer: what asks again and again, as wait_for_function does, is stopped
    by the pages' content security policy whenever the first answer was no.
    """
    page.evaluate(
        "Promise.all([...document.images].map(one => {"
        " one.loading = 'eager'; return one.decode() }))"
    )
