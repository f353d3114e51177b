"""Writes a C extension module of any number of functions, for measuring how an audit grows.

The module is what a large real one looks like: types with scalars, buffers, an owned record and
references; methods that lock and methods that do not; chains of helpers; static state; dicts, lists,
detached regions, loops and branches. Each type is a group of GROUP functions, and one further group
is shared by all: helpers and static objects that every type uses. The number of files is fixed, so
files and package grow alike. The same arguments always give the same text.

usage: synthetic.py FOLDER FUNCTIONS [FEATURE…]      (only these features; default: all)
"""

import sys
from pathlib import Path
from string import Template

GROUP = 25  # functions in a group
FILES = 4
SHARED = 9  # functions that all types share and the two of the module
TEXTS = Path(__file__).resolve().parent / "synthetic_c"
CHAIN = 5  # functions of a group that are its chain of helpers, or stand beside it where it is shorter

# What a module may be made without, to find out which shape an analysis does not like. Each is a
# macro that the text asks for; the number of functions is the same without it.
FEATURES = [
    "locks",  # critical sections around fields
    "shared",  # static objects and helpers that all types use
    "statics",  # static objects of one type each
    "chains",  # helpers that call helpers
    "crossing",  # calls from one type's helpers into another's
    "dicts", "lists", "detached", "buffers", "records", "references",
]

OPTION = """\
static PyObject *shared_option$k(PyObject *module, PyObject *argument) {
  double value = PyFloat_AsDouble(argument);
  if (value == -1.0 && PyErr_Occurred()) return NULL;
  shared_weights[$k % 16] = value;
  return PyFloat_FromDouble(shared_mix(value, $k));
}
"""

CHAIN_STEP = """\
static int ${t}_step$level(${T}Object *self, Py_ssize_t amount) {
  if (amount < $level) return shared_fail("${t}_step$level");
  self->flags |= 1 << $level;
  for (Py_ssize_t i = 0; i < amount && i < $a; i++) {
    if (i % $b == 0) self->total += (double)i * self->scale;
  }
$call
}
"""

BESIDE = """\
static int ${t}_step$level(${T}Object *self, Py_ssize_t amount) {
  switch (amount % 4) {
    case 0: self->position = amount; break;
    case 1: self->flags &= ~$a; break;
    case 2: self->total *= self->scale; break;
    default: return 0;
  }
  return self->flags != 0;
}
"""


def vary(number, salt, count):
    """A value from 0 to 'count' - 1 that looks random and is the same everywhere."""
    return (number * 2654435761 + salt * 40503) % 2**32 // 65536 % count


def template(name):
    """The C text of a file of the module, with its places to fill in."""
    return Template((TEXTS / f"{name}.in").read_text(encoding="utf-8"))


def chain(index, previous, values, features):
    """The helpers of one type: 3 to CHAIN that call each other, the last one first, and the rest."""
    depth = 3 + vary(index, 5, CHAIN - 2) if "chains" in features else 0
    steps = []
    for level in range(CHAIN, 0, -1):
        lines = []
        if level < depth:
            lines.append(f"  return {values['t']}_step{level + 1}(self, amount - 1);")
        elif level == depth:
            if "shared" in features:
                lines.append(f'  if (shared_count(amount) && shared_note("{values["t"]}") < 0) return -1;')
                lines.append("  self->total += shared_mix(self->total, self->scale);")
            if previous is not None and "crossing" in features:
                lines.append(f"  self->scale = type{previous:04}_weigh(self->scale);")
            lines.append("  return 0;")
        step = Template(CHAIN_STEP if level <= depth else BESIDE)
        steps.append(step.substitute(values, level=level, call="\n".join(lines)))
    return "\n".join(steps)


def type_group(text, index, previous, features):
    """One type and its GROUP functions; 'previous' is the number of the type before it in its file."""
    values = {
        "T": f"Type{index:04}", "t": f"type{index:04}", "a": 2 + vary(index, 1, 30),
        "b": 2 + vary(index, 2, 5), "c": 1 << vary(index, 3, 8), "size": 32 + 16 * vary(index, 4, 8),
    }
    return text.substitute(values, chain=chain(index, previous, values, features))


def part(number, members, features):
    """One file: types that are neighbours, so that each can call the one before it."""
    text = template("type.c")
    lines = ['#include "synthetic.h"\n']
    for index in members:
        lines.append(type_group(text, index, index - 1 if index > members[0] else None, features))
    lines.append(f"static PyMethodDef part{number}_methods[] = {{")
    lines += [f'    {{"register{index}", type{index:04}_register, METH_O, NULL}},' for index in members]
    lines.append(f"    {{NULL}},\n}};\n\nint part{number}_exec(PyObject *module) {{")
    lines += [f"  if (PyModule_AddType(module, &Type{index:04}_Type) < 0) return -1;" for index in members]
    lines.append(f"  return PyModule_AddFunctions(module, part{number}_methods);\n}}\n")
    return "\n".join(lines)


def files(functions, features=FEATURES):
    """{name: text} of the module with that many functions: a multiple of GROUP, at least five groups."""
    if functions % GROUP or functions < (FILES + 1) * GROUP:
        raise ValueError(f"the number of functions must be a multiple of {GROUP}, at least {(FILES + 1) * GROUP}")
    unknown = set(features) - set(FEATURES)
    if unknown:
        raise ValueError("unknown: " + ", ".join(sorted(unknown)))
    types = range(functions // GROUP - 1)
    switches = "".join(f"#define WITH_{name.upper()} 1\n" for name in FEATURES if name in features)
    result = {"synthetic.h": template("synthetic.h").substitute(switches=switches)}
    for number in range(FILES):
        members = types[len(types) * number // FILES:len(types) * (number + 1) // FILES]
        result[f"part{number}.c"] = part(number, members, features)
    # The group of all types: the helpers and the module's own two, one of each file, options.
    options = range(GROUP - SHARED - FILES)
    result["module.c"] = template("module.c").substitute(
        options="\n".join(Template(OPTION).substitute(k=k) for k in options),
        rows="\n".join(f'    {{"option{k}", shared_option{k}, METH_O, NULL}},' for k in options),
        declarations="\n".join(f"int part{number}_exec(PyObject *module);" for number in range(FILES)),
        calls="\n".join(f"  if (part{number}_exec(module) < 0) return -1;" for number in range(FILES)))
    return result


def write(folder, functions, features=FEATURES):
    """Writes the module into a folder, made where it is missing, and gives the number of lines."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    texts = files(functions, features)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sum(text.count("\n") for text in texts.values())


if __name__ == "__main__":
    print(write(sys.argv[1], int(sys.argv[2]), sys.argv[3:] or FEATURES), "lines")
