"""Composes the prelude header from the facts and the hand-written parts."""

import itertools

import tables

PARTS = tables.TARGET / "Prelude"
OLDEST_TARGET = (3, 13)
OLDEST_HEADERS = (3, 11)
POINTER_CASTS = ("PyObject *", "PyVarObject *")


def part(name):
    return (PARTS / name).read_text(encoding="utf-8").rstrip("\n")


def lvalue_functions():
    return sorted(r["name"] for r in tables.read("hidden_macros") if r["form"] == "lvalue")


def declared():
    """The functions whose signature is known, by name."""
    return [row for row in tables.read("functions") if row["c_type"]]


def first_seen(row):
    low, _ = tables.header_range(row["headers"])
    return low


def is_hideable(row):
    """Whether a name is renamed while the header is read: those that compatibility headers
    define for older versions, unless the header itself defines a macro of that name."""
    return row["compat"] and row["form"] in ("function", "inline") and first_seen(row) > OLDEST_TARGET


def hiding(define):
    """Renames functions newer than the target while a newer header is read, or ends that."""
    lines = []
    rows = sorted(filter(is_hideable, declared()), key=lambda r: (first_seen(r), r["name"]))
    for low, group in itertools.groupby(rows, first_seen):
        lines.append(f"#if FTAUDIT_TARGET_HEX < {tables.hexadecimal(low)}")
        for row in group:
            name = row["name"]
            lines.append(
                f"#define {name} ftaudit_hidden_{name}" if define else f"#undef {name}")
        lines.append("#endif")
    return "\n".join(lines)


def limit_condition(row):
    """The limit of the limited API from which a function is part of it."""
    if not row["stable_abi"]:
        return "!defined(Py_LIMITED_API)"
    return f"FTAUDIT_LIMIT >= {tables.hexadecimal(tables.version(row['stable_abi']))}"


# A header before 3.14 defines it as static in an internal header, which may be included later.
STATIC_IN_OLD_HEADERS = ("PyMutex_IsLocked",)


def declaration(row):
    storage = "static " if row["name"] in STATIC_IN_OLD_HEADERS else ""
    space = "" if row["c_type"].endswith("*") else " "
    parameters = row["parameters"].replace(";", ",")
    return f"{storage}{row['c_type']}{space}{row['name']}({parameters});"


def missing_declarations():
    """Declares what the header lacks: functions of the target that came later, and removed ones."""
    new, removed, hidden = [], [], []
    newest = max(tables.header_range(r["headers"])[1] for r in declared())
    for row in declared():
        low, high = tables.header_range(row["headers"])
        if is_hideable(row) and row["form"] == "inline":
            # Internal headers, included later, still call it; a static declaration suits them
            # and a compatibility header that defines it.
            hidden.append((
                f"PY_VERSION_HEX >= {tables.hexadecimal(low)}"
                f" && FTAUDIT_TARGET_HEX < {tables.hexadecimal(low)}",
                limit_condition(row), row))
        if low > OLDEST_HEADERS:
            condition = (
                f"PY_VERSION_HEX < {tables.hexadecimal(low)}"
                + (f" && FTAUDIT_TARGET_HEX >= {tables.hexadecimal(low)}"
                   if low > OLDEST_TARGET else ""))
            new.append((condition, limit_condition(row), row))
        stable = tables.version(row["stable_abi"]) if row["stable_abi"] else None
        if stable and stable > max(low, OLDEST_HEADERS):
            # Not of the limited API in the first versions: a limited header lacks it longer.
            joined = max(stable, OLDEST_TARGET)
            new.append((
                f"defined(Py_LIMITED_API) && PY_VERSION_HEX >= {tables.hexadecimal(low)}"
                f" && PY_VERSION_HEX < {tables.hexadecimal(stable)}"
                + (f" && FTAUDIT_TARGET_HEX >= {tables.hexadecimal(joined)}"
                   if joined > OLDEST_TARGET else ""),
                limit_condition(row), row))
        if high < newest and not row["name"].startswith("_"):
            after = (high[0], high[1] + 1)
            removed.append((
                f"PY_VERSION_HEX >= {tables.hexadecimal(after)}", limit_condition(row), row))
    lines = []
    for title, entries in (
            ("Functions that the target has and the header lacks.", new),
            ("Functions that the header no longer has and old sources still call.", removed),
            ("Inline functions of the header that are newer than the target.", hidden)):
        lines.append(f"/* {title} */")
        entries.sort(key=lambda e: (e[0], e[1], e[2]["name"]))
        for (condition, limit), group in itertools.groupby(entries, lambda e: e[:2]):
            lines.append(f"#if {condition} && {limit}")
            for _, _, row in group:
                if condition.startswith("defined"):
                    lines.append(f"#undef {row['name']}")
                lines.append(("static " if entries is hidden else "") + declaration(row))
            lines.append("#endif")
    return "\n".join(lines)


def constants():
    lines = ["/* Constants that the target has and the header lacks. */"]
    rows = sorted(tables.read("constants"), key=lambda r: (tables.version(r["since"]), r["name"]))
    for since, group in itertools.groupby(rows, lambda r: tables.version(r["since"])):
        value = tables.hexadecimal(since)
        lines.append(f"#if PY_VERSION_HEX < {value} && FTAUDIT_TARGET_HEX >= {value}")
        for row in group:
            name = row["name"]
            lines += [f"#ifndef {name}", f"#define {name} {row['value']}", "#endif"]
        lines.append("#endif")
    return "\n".join(lines)


def macro_argument(kind, letter):
    if kind == "sizeof":
        return "sizeof(type)"
    if kind in POINTER_CASTS or kind in ("size_t", "void *"):
        return f"({kind})({letter})"
    return f"({letter})"


def hidden_macro(row):
    """A declared function of a macro's name, and a macro that calls it."""
    name, form = row["name"], row["form"]
    kinds = row["parameters"].split("; ")
    letters = ["type" if kind == "type" else "abcdef"[i] for i, kind in enumerate(kinds)]
    types = ["size_t" if kind == "sizeof" else kind for kind in kinds if kind != "type"]
    names = [letter for letter, kind in zip(letters, kinds) if kind != "sizeof"]
    arguments = [
        macro_argument(kind, letter) for letter, kind in zip(letters, kinds) if kind != "type"]
    returns = row["returns"] + ("*" if form == "lvalue" else "")
    space = "" if returns.endswith("*") else " "
    if form == "address":
        arguments[0] = f"(PyObject **)&({letters[0]})"
    call = f"{name}({', '.join(arguments)})"
    if form == "lvalue":
        call = f"(*{call})"
    elif form == "typed":
        call = f"((type *){call})"
    elif form == "resize":
        call = f"(({letters[0]}) = (type *){call})"
    elif form not in ("call", "address"):
        raise tables.TableError(f"hidden_macros.tsv: {name}: unknown form '{form}'")
    return [
        f"#undef {name}",
        f"{returns}{space}{name}({', '.join(types)});",
        f"#define {name}({', '.join(names)}) {call}"]


def hidden_macros():
    lines = ["/* Macros that hide the API: calls of declared functions of the same name. */"]

    def conditions(row):
        low, high = tables.header_range(row["headers"])
        result = []
        if low:
            result.append(f"PY_VERSION_HEX >= {tables.hexadecimal(low)}")
        if high:
            result.append(
                f"PY_VERSION_HEX < {tables.hexadecimal((high[0], high[1] + 1))}")
        if not row["limited"]:
            result.append("!defined(Py_LIMITED_API)")
        return " && ".join(result) or "1"

    rows = sorted(tables.read("hidden_macros"), key=lambda r: (conditions(r), r["name"]))
    for condition, group in itertools.groupby(rows, conditions):
        lines.append(f"#if {condition}")
        for row in group:
            lines.extend(hidden_macro(row))
        lines.append("#endif")
    return "\n".join(lines)


def text():
    """The prelude without its first line, the target's '#define'."""
    return "\n\n".join([
        part("01-before.h"),
        hiding(True),
        "#include <Python.h>",
        hiding(False),
        part("02-types.h"),
        constants(),
        missing_declarations(),
        part("03-macros.h"),
        hidden_macros(),
        part("04-after.h"),
    ]) + "\n"
