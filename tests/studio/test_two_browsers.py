"""Several people, and other programs, change one file at the same time: nothing is lost."""

from typing import Any

from playwright.sync_api import expect

from tests.studio.conftest import PATIENCE, Studio, field, new_page, save


def test_a_page_shows_what_another_changes(browser: Any, studio: Studio) -> None:
    with new_page(browser) as one, new_page(browser) as other:
        for page in (one, other):
            page.goto(studio.at("edit/publisher"))
        field(one, "Name").fill("The Example Foundation")
        expect(field(other, "Name")).to_have_value("The Example Foundation", timeout=PATIENCE)
        field(other, "Website").fill("https://foundation.example/start")
        expect(field(one, "Website")).to_have_value(
            "https://foundation.example/start", timeout=PATIENCE
        )
        save(one)
        expect(other.locator("#status")).to_contain_text("Everything is saved.", timeout=PATIENCE)
    assert studio.changed_lines() == [
        "-  name: The Foundation",
        "-  website: https://foundation.example/",
        "+  name: The Example Foundation",
        "+  website: https://foundation.example/start",
    ]


def test_of_two_texts_in_one_field_people_choose(browser: Any, studio: Studio) -> None:
    for choice, kept in (("Use what I typed", "Mine"), ("Keep what it says now", "Theirs")):
        with new_page(browser) as one, new_page(browser) as other:
            for page in (one, other):
                page.goto(studio.at("edit/publisher"))
            other.route("**/change", lambda route: None)  # the network is slow here
            field(other, "Name").fill("Mine")
            field(one, "Name").fill("Theirs")
            save(one)
            other.unroute("**/change")
            other.evaluate("send()")
            main = other.locator("main")
            expect(main).to_contain_text("Somebody else changed this", timeout=PATIENCE)
            expect(other.locator(".version")).to_have_text(["Theirs", "Mine"])
            other.get_by_role("button", name=choice).click()
            expect(field(other, "Name")).to_have_value(kept, timeout=PATIENCE)
            save(other) if kept == "Mine" else None
        assert studio.changed_lines() == ["-  name: The Foundation", f"+  name: {kept}"]
        studio.undo_all()


def test_what_another_program_saves_is_taken_in(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/publisher"))
    field(page, "Name").fill("The Example Foundation")
    expect(page.locator("#status")).to_contain_text("Not saved yet", timeout=PATIENCE)
    text = studio.original.decode()
    changed = text.replace("Report the crime\n", "Report every crime\n", 1)
    studio.file.write_text(changed, "utf-8", newline="")
    save(page)
    assert studio.changed_lines() == [
        "-  name: The Foundation",
        "+  name: The Example Foundation",
        "-    use: Report the crime",
        "+    use: Report every crime",
    ]


def test_what_another_program_saves_over_a_draft_is_chosen(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/publisher"))
    field(page, "Name").fill("Mine")
    expect(page.locator("#status")).to_contain_text("Not saved yet", timeout=PATIENCE)
    text = studio.original.decode().replace("name: The Foundation\n", "name: Theirs\n", 1)
    studio.file.write_text(text, "utf-8", newline="")
    page.reload()
    page.get_by_role("link", name="Somebody else changed the same texts").click()
    expect(page.locator(".version")).to_have_text(["Theirs", "Mine"])
    page.get_by_role("button", name="Use what I typed").click()
    expect(field(page, "Name")).to_have_value("Mine")
    save(page)
    assert studio.changed_lines() == ["-  name: The Foundation", "+  name: Mine"]


def test_a_file_that_another_program_breaks_is_left_alone(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/publisher"))
    field(page, "Name").fill("The Example Foundation")
    expect(page.locator("#status")).to_contain_text("Not saved yet", timeout=PATIENCE)
    broken = studio.original + b"\nx: [\n"
    studio.file.write_bytes(broken)
    page.reload()
    expect(page.locator("#status")).to_contain_text("can't be read now. Your draft is kept.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#said")).to_contain_text(
        "was changed by another program", timeout=PATIENCE
    )
    assert studio.file.read_bytes() == broken
    expect(field(page, "Name")).to_have_value("The Example Foundation")
    studio.file.write_bytes(studio.original)


def test_nothing_typed_is_lost_while_the_studio_does_not_answer(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/publisher"))
    page.route("**/change", lambda route: route.abort())
    field(page, "Name").fill("The Example Foundation")
    expect(page.locator("#said")).to_contain_text("The studio does not answer.", timeout=PATIENCE)
    expect(field(page, "Name")).to_have_value("The Example Foundation")
    page.unroute("**/change")
    save(page)
    assert "+  name: The Example Foundation" in studio.changed_lines()
