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


def small_targets(page: Page) -> list[str]:
    """The visible links that are too small for a finger, also those of editions."""
    found: list[str] = page.evaluate(
        "document.querySelectorAll('details').forEach(one => { one.open = true; });"
        "[...document.querySelectorAll('a:not(.skip), summary')]"
        ".filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)"
        ".map(one => one.outerHTML)"
    )
    return found
