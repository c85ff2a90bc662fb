"""Edits within brackets: {...} and [...]."""

from dataclasses import replace

from editing.changes import Edit, Insert, SetValue, changed, settled
from editing.patches import Patch, collection, has_comment, notes_are_lost, old_text, rebuilt
from editing.spelling import WIDTH, Written, in_line, is_short, text_in_line
from editing.yaml_source import YamlCollection, YamlScalar, YamlSource, YamlValue
from pack.model import YamlPath


def within_brackets(source: YamlSource, edit: Edit, above: YamlPath) -> Patch:
    """An edit within brackets: one text, or the innermost brackets, or all of them as lines."""
    chain = source.find(above) or []
    parent = collection(source, chain)
    depth = next(
        number
        for number, one in enumerate((source.root, *(entry.value for entry in chain)))
        if isinstance(one, YamlCollection) and one.is_flow
    )
    outer = collection(source, chain[:depth])
    must_stay = not depth or has_comment(source, outer.start, outer.end)
    entry = parent.find(edit.path[-1]) if isinstance(edit, SetValue) else None
    old = entry.value if entry else None
    if isinstance(edit, SetValue) and isinstance(old, YamlScalar) and old.start < old.end:
        if isinstance(edit.value, str):
            written = text_in_line(settled(edit.value, old.text), old_text(source, old))
            fits = "\n" not in settled(edit.value)
        else:
            written = in_line(edit.value)
            fits = not isinstance(edit.value, list | dict) or _fits(source, old, written)
        if fits or must_stay:
            return _span(source, old, written)
    if not has_comment(source, parent.start, parent.end):
        new = _changed_spelling(source, parent, edit, len(above))
        inside = source.between(parent.start, parent.end)[1:2]
        written = in_line(new, " " if inside == " " and parent.is_mapping else "")
        if _fits(source, parent, written) or must_stay:
            return _span(source, parent, written)
    if must_stay:
        raise notes_are_lost()
    new = _changed_spelling(source, outer, edit, depth)
    return rebuilt(source, chain[depth - 1], new)


def _changed_spelling(source: YamlSource, value: YamlCollection, edit: Edit, depth: int) -> object:
    """A part in brackets, `depth` steps down the path of an edit, as plain data after the edit."""
    inner = replace(edit, path=edit.path[depth:])
    path = (*inner.path, "") if isinstance(inner, Insert) else inner.path
    return changed(_spelling(source, value, path), inner, lambda new, old: new)


def _spelling(source: YamlSource, value: YamlValue, path: YamlPath) -> object:
    """A part in brackets as plain data, spelled as in the file but for what is on a path."""
    written = source.between(value.start, value.end)
    if isinstance(value, YamlScalar):
        return value.text if "\n" in written else Written(written or "null")
    if not path and "\n" not in written:
        return Written(written)
    inside = [
        _spelling(source, entry.value, path[1:] if path and entry.key == path[0] else ())
        for entry in value.entries
    ]
    if value.is_mapping:
        return {str(entry.key): one for entry, one in zip(value.entries, inside, strict=True)}
    return tuple(inside)


def _fits(source: YamlSource, old: YamlValue, written: str) -> bool:
    """Whether a line with brackets stays short, or gets no longer."""
    head, rest = _around(source, old)
    before = 0 if old.start.line < old.end.line else len(source.lines[old.end.line])
    return is_short(written) and len(head + written + rest) <= max(WIDTH, before)


def _span(source: YamlSource, old: YamlValue, written: str) -> Patch:
    """Put something else in place of a value in brackets."""
    head, rest = _around(source, old)
    return Patch(old.start.line, old.end.line + 1, [head + written + rest])


def _around(source: YamlSource, value: YamlValue) -> tuple[str, str]:
    """What stands before a value in its first line, and behind it in its last."""
    before = source.lines[value.start.line][: value.start.column]
    return before, source.lines[value.end.line][value.end.column :]
