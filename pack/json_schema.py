"""The JSON Schema of content files: editors use it to complete and check what staff type."""

import json
from typing import Any

from pack.model import Pack
from pack.theme import load_theme


def _close(schema: Any) -> None:
    """Let editors refuse names that don't match their pattern, too."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema["additionalProperties"] = False
        for part in schema.values():
            _close(part)


def json_schema() -> str:
    """The schema as JSON text (JSON Schema 2020-12)."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Pack.model_json_schema(mode="validation"),
    }
    schema["title"] = "Handout pack"
    # Labels that are left out come with the program.
    schema["required"].remove("labels")
    del schema["$defs"]["Labels"]["required"]
    # Slides may name their layouts as they were called before.
    schema["$defs"]["Slide"]["properties"]["layout"]["enum"] += sorted(load_theme().former_layouts)
    _close(schema)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
