"""The schema for editors: the committed one is current, and agrees with the program's checks."""

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from pack.json_schema import json_schema
from tests.conftest import CONTENT
from tests.pack.bad_packs import GOOD, changed

SCHEMA: dict[str, Any] = json.loads(json_schema())
UNDERSTOOD = {
    "$schema", "$defs", "$ref", "title", "description", "default", "format",
    "type", "properties", "required", "additionalProperties", "patternProperties",
    "propertyNames", "items", "anyOf", "enum", "pattern",
    "minLength", "maxLength", "minItems", "maxItems",
    "contentMediaType", "x-names", "x-file",  # for forms; they refuse nothing
}  # fmt: skip
TYPES: dict[str, type] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Where a value breaks a schema, for the subset of JSON Schema that we use."""
    assert set(schema) <= UNDERSTOOD, set(schema) - UNDERSTOOD
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], path)
    if "anyOf" in schema:
        fitting = [one for one in schema["anyOf"] if value is None or one != {"type": "null"}]
        choices = [list(faults(value, one, path)) for one in fitting]
        if all(choices):
            yield from choices[-1]
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: not one of the names"
    if "type" in schema:
        expected = TYPES[schema["type"]]
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            yield f"{path}: not of type {schema['type']}"
            return
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        yield f"{path}: too short"
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        yield f"{path}: too long"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{path}: not of the pattern"
    if isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (
            f"{path}: has no {name}" for name in schema.get("required", ()) if name not in value
        )
        for name, entry in value.items():
            patterns = schema.get("patternProperties", {})
            named = (
                [known[name]]
                if name in known
                else [one for pattern, one in patterns.items() if re.search(pattern, name)]
            )
            for one in named:
                yield from faults(entry, one, f"{path}/{name}")
            if not named and schema.get("additionalProperties") is False:
                yield f"{path}: {name} is not known"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{path}: wrong number of entries"
        for number, entry in enumerate(value):
            yield from faults(entry, schema.get("items", {}), f"{path}/{number}")


def as_editors_read(text: str) -> Any:
    """The values with their YAML types, and dates as text, as editors see them."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [plain(entry) for entry in value]
        return value.isoformat() if isinstance(value, datetime.date) else value

    return plain(YAML(typ="safe", pure=True).load(text))


def test_the_committed_schema_is_the_one_that_the_model_makes() -> None:
    committed = CONTENT.with_name("content.schema.json").read_text("utf-8")
    assert committed == json_schema()


def test_the_schema_is_json_and_names_its_dialect() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json_schema().endswith("}\n")


def test_the_shipped_pack_points_editors_to_the_schema_beside_it() -> None:
    first = CONTENT.read_text("utf-8").splitlines()[0]
    name = first.partition("$schema=")[2]
    assert (CONTENT.parent / name).is_file()


@pytest.mark.parametrize("text", [CONTENT.read_text("utf-8"), GOOD], ids=["shipped", "small"])
def test_a_good_pack_is_good_by_the_schema_too(text: str) -> None:
    assert list(faults(as_editors_read(text), SCHEMA)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("short: Keep it.", "short: K.\n    colour: red", "/steps/save-it: colour is not known"),
        ("  subtitle: What tests need\n", "", "/pack: has no subtitle"),
        ("[Parent]\n    from: agency", "[Parent]", "/pledges/promise: has no from"),
        ("sign: [Parent]", "sign: Parent", "/pledges/promise/sign: not of type array"),
        ("help_strip: [bureau]", "help_strip: []", "/pack/help_strip: wrong number of entries"),
        ("template: checklist", "template: check", "/handouts/1/template: not one of the names"),
        ("layout: key-points", "layout: points", "/deck/slides/1/layout: not one of the names"),
        ("[Parent]\n    from: agency", "[Parent]\n    from: {a: b}",
         "/pledges/promise/from: not of type array"),
        ("[Parent]\n    from: agency", "[Parent]\n    from: []",
         "/pledges/promise/from: wrong number of entries"),
        ("id: second-sheet", "id: ../sheet", "/handouts/1/id: not of the pattern"),
        ("  save-it:\n", "  Save it:\n", "/steps: Save it is not known"),
        ("minutes: 1\n", "minutes: one\n", "/deck/slides/0/minutes: not of type integer"),
        ("- pledges:", "- new_page: maybe\n        pledges:",
         "/handouts/1/blocks/1/new_page: not of type boolean"),
    ],
)  # fmt: skip
def test_editors_see_what_the_press_would_refuse(old: str, new: str, fault: str) -> None:
    found = list(faults(as_editors_read(changed((old, new))), SCHEMA))
    assert found == [fault]


def described(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part, definition in (("Pack", schema), *schema["$defs"].items()):
        for name, field in definition["properties"].items():
            reference = schema["$defs"].get(field.get("$ref", "").rpartition("/")[2], {})
            yield f"{part}.{name}", reference | field


def test_every_name_has_a_description_for_the_people_who_type_it() -> None:
    assert [name for name, field in described(SCHEMA) if not field.get("description")] == []


def test_the_names_of_templates_in_the_schema_have_a_template_each() -> None:
    folder = Path(CONTENT.parent.parent / "templates" / "handouts")
    names = SCHEMA["$defs"]["Handout"]["properties"]["template"]["enum"]
    assert all((folder / f"{name}.html.j2").is_file() for name in names)
