/* datetime.h may be included again by the source: its guard then keeps the macros given below.
   Before 3.12 PyMemberDef is complete only in structmember.h. */
#include <datetime.h>
#if PY_VERSION_HEX < 0x030C0000
#include <structmember.h>
#endif

#if FTAUDIT_TARGET_HEX < 0x030E0000
#undef PyUnicodeWriter
#undef PyLongLayout
#undef PyLongExport
#undef PyLongWriter
#undef PyInitConfig
#endif
#if FTAUDIT_TARGET_HEX < 0x030F0000
#undef PyBytesWriter
#undef PyABIInfo
#undef PySlot
#undef PyInterpreterGuard
#undef PyInterpreterView
#endif

#ifdef FTAUDIT_GIL_DISABLED
#define Py_GIL_DISABLED 1
#endif

#ifdef __cplusplus
extern "C" {
#endif

#ifdef FTAUDIT_TUPLE
#undef PyTupleObject
typedef struct {
  PyVarObject ob_base;
  Py_hash_t ob_hash;
  PyObject *ob_item[1];
} PyTupleObject;
#endif

/* Types that the target has and the header lacks. */
#if PY_VERSION_HEX < 0x030C0000 && !defined(Py_LIMITED_API)
typedef int (*PyType_WatchCallback)(PyTypeObject *);
typedef enum {
  PyDict_EVENT_ADDED,
  PyDict_EVENT_MODIFIED,
  PyDict_EVENT_DELETED,
  PyDict_EVENT_CLONED,
  PyDict_EVENT_CLEARED,
  PyDict_EVENT_DEALLOCATED
} PyDict_WatchEvent;
typedef int (*PyDict_WatchCallback)(PyDict_WatchEvent, PyObject *, PyObject *, PyObject *);
typedef enum {
  PyFunction_EVENT_CREATE,
  PyFunction_EVENT_DESTROY,
  PyFunction_EVENT_MODIFY_CODE,
  PyFunction_EVENT_MODIFY_DEFAULTS,
  PyFunction_EVENT_MODIFY_KWDEFAULTS
} PyFunction_WatchEvent;
typedef int (*PyFunction_WatchCallback)(PyFunction_WatchEvent, PyFunctionObject *, PyObject *);
typedef enum { PY_CODE_EVENT_CREATE, PY_CODE_EVENT_DESTROY } PyCodeEvent;
typedef int (*PyCode_WatchCallback)(PyCodeEvent, PyCodeObject *);
typedef struct {
  int use_main_obmalloc;
  int allow_fork;
  int allow_exec;
  int allow_threads;
  int allow_daemon_threads;
  int check_multi_interp_extensions;
  int gil;
} PyInterpreterConfig;
typedef int (*gcvisitobjects_t)(PyObject *, void *);
typedef void (*atexit_datacallbackfunc)(void *);
#define PyInterpreterConfig_DEFAULT_GIL (0)
#define PyInterpreterConfig_SHARED_GIL (1)
#define PyInterpreterConfig_OWN_GIL (2)
#endif

/* The limited API has these from 3.15 on. */
#if FTAUDIT_LIMIT >= 0x030F0000 && \
    (PY_VERSION_HEX < 0x030D0000 || (defined(Py_LIMITED_API) && PY_VERSION_HEX < 0x030F0000))
typedef struct PyMutex {
  uint8_t _bits;
} PyMutex;
typedef struct PyCriticalSection {
  uintptr_t _cs_prev;
  PyMutex *_cs_mutex;
} PyCriticalSection;
typedef struct PyCriticalSection2 {
  PyCriticalSection _cs_base;
  PyMutex *_cs_mutex2;
} PyCriticalSection2;
#endif

#if PY_VERSION_HEX < 0x030D0000
#ifndef Py_LIMITED_API
typedef int64_t PyTime_t;
typedef enum { PyRefTracer_CREATE = 0, PyRefTracer_DESTROY = 1 } PyRefTracerEvent;
typedef int (*PyRefTracer)(PyObject *, PyRefTracerEvent, void *);
typedef struct _PyMonitoringState {
  uint8_t active;
  uint8_t opaque;
} PyMonitoringState;
extern PyTypeObject PyFrameLocalsProxy_Type;
#endif
typedef PyObject *(*PyCFunctionFast)(PyObject *, PyObject *const *, Py_ssize_t);
typedef PyObject *(*PyCFunctionFastWithKeywords)(
    PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
extern PyObject *PyExc_PythonFinalizationError;
#endif

#if FTAUDIT_TARGET_HEX >= 0x030E0000 && FTAUDIT_LIMIT >= 0x030F0000 && \
    (PY_VERSION_HEX < 0x030E0000 || (defined(Py_LIMITED_API) && PY_VERSION_HEX < 0x030F0000))
typedef struct PyLongLayout {
  uint8_t bits_per_digit;
  uint8_t digit_size;
  int8_t digits_order;
  int8_t digit_endianness;
} PyLongLayout;
typedef struct PyLongExport {
  int64_t value;
  uint8_t negative;
  Py_ssize_t ndigits;
  const void *digits;
  uintptr_t _reserved;
} PyLongExport;
typedef struct PyLongWriter PyLongWriter;
#endif
#if PY_VERSION_HEX < 0x030E0000 && FTAUDIT_TARGET_HEX >= 0x030E0000 && !defined(Py_LIMITED_API)
typedef struct PyUnicodeWriter PyUnicodeWriter;
typedef struct PyInitConfig PyInitConfig;
typedef int PyContextEvent;
typedef int (*PyContext_WatchCallback)(PyContextEvent, PyObject *);
#endif

#if PY_VERSION_HEX < 0x030F0000 && FTAUDIT_TARGET_HEX >= 0x030F0000 && FTAUDIT_LIMIT >= 0x030F0000
#ifndef Py_LIMITED_API
typedef struct PyBytesWriter PyBytesWriter;
typedef enum { PyImport_LAZY_NORMAL, PyImport_LAZY_ALL } PyImport_LazyImportsMode;
extern PyTypeObject PyFrozenDict_Type;
extern PyTypeObject PySentinel_Type;
#endif
typedef struct PyInterpreterGuard PyInterpreterGuard;
typedef struct PyInterpreterView PyInterpreterView;
typedef void PyThreadStateToken;
typedef void (*_Py_funcptr_t)(void);
typedef struct PySlot {
  uint16_t sl_id;
  uint16_t sl_flags;
  union {
    uint32_t sl_reserved;
  };
  union {
    void *sl_ptr;
    _Py_funcptr_t sl_func;
    Py_ssize_t sl_size;
    int64_t sl_int64;
    uint64_t sl_uint64;
  };
} PySlot;
typedef struct PyABIInfo {
  uint8_t abiinfo_major_version;
  uint8_t abiinfo_minor_version;
  uint16_t flags;
  uint32_t build_version;
  uint32_t abi_version;
} PyABIInfo;
extern PyObject *PyExc_ImportCycleError;
#endif
