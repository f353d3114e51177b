/* The prelude: read before every unit. The line before this text defines FTAUDIT_TARGET_HEX. */
#ifndef FTAUDIT_PRELUDE
#define FTAUDIT_PRELUDE 1

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#endif

/* Headers before 3.13 rename the argument parsers when this is defined; the public names must stay. */
#undef PY_SSIZE_T_CLEAN

/* Headers of 3.13 and 3.14 refuse the limited API together with free threading. */
#if defined(Py_LIMITED_API) && defined(Py_GIL_DISABLED)
#define FTAUDIT_GIL_DISABLED 1
#undef Py_GIL_DISABLED
#endif

/* The version that the limited API is limited to; everything where it is not limited. */
#ifndef Py_LIMITED_API
#define FTAUDIT_LIMIT 0x7fffffff
#elif Py_LIMITED_API + 0 < 0x03020000
#define FTAUDIT_LIMIT 0x03020000
#else
#define FTAUDIT_LIMIT Py_LIMITED_API
#endif

/* Types of headers newer than the target are renamed, so that a copy of the same name in the
   source (as compatibility headers have) does not clash. Functions follow, from the facts. */
#if FTAUDIT_TARGET_HEX < 0x030E0000
#define PyUnicodeWriter ftaudit_hidden_PyUnicodeWriter
#define PyLongLayout ftaudit_hidden_PyLongLayout
#define PyLongExport ftaudit_hidden_PyLongExport
#define PyLongWriter ftaudit_hidden_PyLongWriter
#define PyInitConfig ftaudit_hidden_PyInitConfig
#endif
#if FTAUDIT_TARGET_HEX < 0x030F0000
#define PyBytesWriter ftaudit_hidden_PyBytesWriter
#define PyABIInfo ftaudit_hidden_PyABIInfo
#define PySlot ftaudit_hidden_PySlot
#define PyInterpreterGuard ftaudit_hidden_PyInterpreterGuard
#define PyInterpreterView ftaudit_hidden_PyInterpreterView
#endif

/* The tuple got a field in 3.14: the older type is renamed, and 02-types.h has the new one. The
   item macros do not use it. */
#include <patchlevel.h>
#if PY_MINOR_VERSION < 14 && FTAUDIT_TARGET_HEX >= 0x030E0000 && !defined(Py_LIMITED_API)
#define FTAUDIT_TUPLE 1
#define PyTupleObject ftaudit_hidden_PyTupleObject
#endif
