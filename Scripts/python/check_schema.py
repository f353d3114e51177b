"""Checks the JSON files of the tree: that they parse, that the schemas in Reports/schema are sound,
and that every tracked report obeys the schema of its kind and version.

Only the part of JSON Schema (2020-12) is known that the schemas use; an unknown keyword is an error,
so that nothing goes unchecked in silence. Standard library only, so it runs everywhere.

usage: check_schema.py [REPORT…]     with reports: checks those instead of the tracked ones
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT / "Reports" / "schema"
TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
NOTES = {"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default"}
CHECKED = {
    "$ref", "type", "enum", "const", "required", "properties", "additionalProperties", "items", "anyOf", "oneOf",
    "allOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern",
    "minItems", "maxItems", "uniqueItems", "propertyNames", "minProperties", "maxProperties",
}


def same(one, other):
    """Equality in JSON's sense: true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def target_of(reference, root):
    """The subschema that a local reference names, or None."""
    if not reference.startswith("#"):
        return None
    node = root
    for part in reference[1:].split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, dict) or part not in node:
            return None
        node = node[part]
    return node


def soundness(schema, root, place):
    """What is wrong with a schema itself."""
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        yield f"{place}: a schema is an object or a boolean"
        return
    for keyword in sorted(set(schema) - NOTES - CHECKED):
        yield f"{place}: keyword '{keyword}' is not known to this check"
    kinds = schema.get("type", [])
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if kind not in TYPES:
            yield f"{place}: there is no type '{kind}'"
    if "$ref" in schema and target_of(schema["$ref"], root) is None:
        yield f"{place}: '{schema['$ref']}' leads nowhere"
    if "enum" in schema and (not schema["enum"] or len(set(map(json.dumps, schema["enum"]))) < len(schema["enum"])):
        yield f"{place}: an enum is not empty and repeats nothing"
    if "pattern" in schema:
        try:
            re.compile(schema["pattern"])
        except re.error as error:
            yield f"{place}: pattern: {error}"
    for name in schema.get("required", []):
        if "properties" in schema and name not in schema["properties"]:
            yield f"{place}: '{name}' is required and not described"
    for keyword in ("properties", "$defs"):
        for name, part in schema.get(keyword, {}).items():
            yield from soundness(part, root, f"{place}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if keyword in schema:
            yield from soundness(schema[keyword], root, f"{place}/{keyword}")
    for keyword in ("anyOf", "oneOf", "allOf"):
        for number, part in enumerate(schema.get(keyword, [])):
            yield from soundness(part, root, f"{place}/{keyword}/{number}")


LIMITS = [
    ("minimum", "number", lambda value, limit: value >= limit),
    ("maximum", "number", lambda value, limit: value <= limit),
    ("exclusiveMinimum", "number", lambda value, limit: value > limit),
    ("exclusiveMaximum", "number", lambda value, limit: value < limit),
    ("minLength", "string", lambda value, limit: len(value) >= limit),
    ("maxLength", "string", lambda value, limit: len(value) <= limit),
    ("pattern", "string", lambda value, limit: re.search(limit, value) is not None),
    ("minItems", "array", lambda value, limit: len(value) >= limit),
    ("maxItems", "array", lambda value, limit: len(value) <= limit),
    ("uniqueItems", "array", lambda value, limit: not limit or len(set(map(json.dumps, value))) == len(value)),
    ("minProperties", "object", lambda value, limit: len(value) >= limit),
    ("maxProperties", "object", lambda value, limit: len(value) <= limit),
]


def violations(value, schema, root, place="$"):
    """Where a value does not obey a sound schema."""
    if isinstance(schema, bool):
        if not schema:
            yield f"{place}: is not allowed"
        return
    if "$ref" in schema:
        yield from violations(value, target_of(schema["$ref"], root), root, place)
    kinds = schema.get("type")
    if kinds is not None:
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if not any(TYPES[kind](value) for kind in kinds):
            yield f"{place}: is not of type {' or '.join(kinds)}"
            return
    if "enum" in schema and not any(same(value, each) for each in schema["enum"]):
        yield f"{place}: {json.dumps(value)} is not one of {json.dumps(schema['enum'])}"
    if "const" in schema and not same(value, schema["const"]):
        yield f"{place}: {json.dumps(value)} is not {json.dumps(schema['const'])}"
    for keyword, kind, holds in LIMITS:
        if keyword in schema and TYPES[kind](value) and not holds(value, schema[keyword]):
            yield f"{place}: {keyword} {schema[keyword]} is not kept"
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                yield f"{place}: '{name}' is missing"
        for name in sorted(value):
            part = properties.get(name, schema.get("additionalProperties", True))
            yield from violations(value[name], part, root, f"{place}.{name}")
            yield from violations(name, schema.get("propertyNames", True), root, f"{place}.{name} (its name)")
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from violations(item, schema["items"], root, f"{place}[{number}]")
    for part in schema.get("allOf", []):
        yield from violations(value, part, root, place)
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            fitting = sum(not any(violations(value, part, root, place)) for part in schema[keyword])
            if fitting == 0 or keyword == "oneOf" and fitting > 1:
                yield f"{place}: {fitting} of the alternatives of {keyword} fit"


def tracked():
    """All JSON files that git knows; deleted ones are not asked for."""
    run = subprocess.run(
        ["git", "ls-files", "-z", "*.json"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return [ROOT / name for name in run.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def main(arguments):
    complaints = []
    values = {}
    for path in sorted({*tracked(), *SCHEMAS.glob("*.json"), *map(Path, arguments)}):
        # A fixture may be broken on purpose.
        if "TestExtensions" in path.parts or "Fixtures" in path.parts:
            continue
        try:
            values[path] = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            complaints.append(f"{path}: {error}")
    schemas = {}
    if not any(SCHEMAS.glob("*.json")):
        complaints.append("Reports/schema holds no schema")
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = values.get(path, True)
        found = [f"{path.name}: {each}" for each in soundness(schema, schema, "#")]
        complaints += found
        properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
        version = properties.get("schemaVersion", {})
        for name in version.get("enum", [version["const"]] if "const" in version else []):
            if not found:
                schemas[properties.get("kind", {}).get("const"), name] = schema
    reports = 0
    wanted = set(map(Path, arguments))
    for path, value in values.items():
        is_report = isinstance(value, dict) and isinstance(value.get("schemaVersion"), str)
        if path in wanted and not is_report:
            complaints.append(f"{path}: is no report")
        if not is_report or (wanted and path not in wanted):
            continue
        reports += 1
        schema = schemas.get((value.get("kind"), value["schemaVersion"]))
        if schema is None:
            complaints.append(f"{path}: there is no sound schema of version {value['schemaVersion']}")
            continue
        complaints += [f"{path}: {each}" for each in violations(value, schema, schema)]
    for complaint in complaints:
        print(complaint)
    print(f"{len(schemas)} schemas, {reports} reports, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
