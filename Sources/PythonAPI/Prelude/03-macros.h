/* Function-like macros that the target has and the header lacks. */
#if FTAUDIT_TARGET_HEX < 0x030E0000
#undef Py_PACK_FULL_VERSION
#undef Py_PACK_VERSION
#else
#ifndef Py_PACK_FULL_VERSION
#define Py_PACK_FULL_VERSION(a, b, c, d, e) \
  ((((a) & 0xff) << 24) | (((b) & 0xff) << 16) | (((c) & 0xff) << 8) | (((d) & 0xf) << 4) | ((e) & 0xf))
#endif
#ifndef Py_PACK_VERSION
#define Py_PACK_VERSION(a, b) Py_PACK_FULL_VERSION(a, b, 0, 0, 0)
#endif
#endif
#if FTAUDIT_TARGET_HEX >= 0x030F0000 && FTAUDIT_LIMIT >= 0x030F0000
/* Python 3.15 numbers all slots in one row; these had other numbers before. */
#if PY_VERSION_HEX < 0x030F0000 && FTAUDIT_TARGET_HEX >= 0x030F0000 \
    && (!defined(Py_LIMITED_API) || Py_LIMITED_API + 0 >= 0x030F0000)
#undef Py_mod_create
#define Py_mod_create 84
#undef Py_mod_exec
#define Py_mod_exec 85
#undef Py_mod_multiple_interpreters
#define Py_mod_multiple_interpreters 86
#undef Py_mod_gil
#define Py_mod_gil 87
#undef Py_bf_getbuffer
#define Py_bf_getbuffer 88
#undef Py_bf_releasebuffer
#define Py_bf_releasebuffer 89
#undef Py_mp_ass_subscript
#define Py_mp_ass_subscript 90
#undef Py_mp_length
#define Py_mp_length 91
#endif
#ifndef PySlot_END
#define PySlot_DATA(NAME, VALUE) \
  {.sl_id = (NAME), .sl_flags = PySlot_INTPTR, .sl_ptr = (void *)(VALUE)}
#define PySlot_FUNC(NAME, VALUE) {.sl_id = (NAME), .sl_func = (_Py_funcptr_t)(VALUE)}
#define PySlot_SIZE(NAME, VALUE) {.sl_id = (NAME), .sl_size = (Py_ssize_t)(VALUE)}
#define PySlot_INT64(NAME, VALUE) {.sl_id = (NAME), .sl_int64 = (int64_t)(VALUE)}
#define PySlot_UINT64(NAME, VALUE) {.sl_id = (NAME), .sl_uint64 = (uint64_t)(VALUE)}
#define PySlot_STATIC_DATA(NAME, VALUE) \
  {.sl_id = (NAME), .sl_flags = PySlot_STATIC, .sl_ptr = (VALUE)}
#define PySlot_END {0, 0, {0}, {NULL}}
#define PySlot_PTR(NAME, VALUE) {(NAME), PySlot_INTPTR, {0}, {(void *)(VALUE)}}
#define PySlot_PTR_STATIC(NAME, VALUE) \
  {(NAME), PySlot_INTPTR | PySlot_STATIC, {0}, {(void *)(VALUE)}}
#endif
#ifndef PyABIInfo_VAR
#define PyABIInfo_VAR(NAME) static PyABIInfo NAME = {1, 0, 0, PY_VERSION_HEX, PY_VERSION_HEX}
#endif
#ifndef PyMODEXPORT_FUNC
#ifdef __cplusplus
#define PyMODEXPORT_FUNC extern "C" __attribute__((visibility("default"))) PySlot *
#else
#define PyMODEXPORT_FUNC __attribute__((visibility("default"))) PySlot *
#endif
#endif
#ifndef PyFrozenDict_Check
#define PyFrozenDict_Check(op) PyObject_TypeCheck((op), &PyFrozenDict_Type)
#define PyFrozenDict_CheckExact(op) Py_IS_TYPE((op), &PyFrozenDict_Type)
#define PyAnyDict_Check(op) (PyDict_Check(op) || PyFrozenDict_Check(op))
#define PyAnyDict_CheckExact(op) (PyDict_CheckExact(op) || PyFrozenDict_CheckExact(op))
#define PySentinel_Check(op) Py_IS_TYPE((op), &PySentinel_Type)
#define PySentinel_CheckExact(op) Py_IS_TYPE((op), &PySentinel_Type)
#endif
#endif
#ifndef PyFrameLocalsProxy_Check
#define PyFrameLocalsProxy_Check(op) Py_IS_TYPE((op), &PyFrameLocalsProxy_Type)
#endif

/* Critical sections: the same expansion in every version, with the braces of the real ones. */
#undef Py_BEGIN_CRITICAL_SECTION
#undef Py_END_CRITICAL_SECTION
#undef Py_BEGIN_CRITICAL_SECTION2
#undef Py_END_CRITICAL_SECTION2
#undef Py_BEGIN_CRITICAL_SECTION_MUTEX
#undef Py_BEGIN_CRITICAL_SECTION2_MUTEX
#if !defined(Py_LIMITED_API) || FTAUDIT_LIMIT >= 0x030F0000
#define Py_BEGIN_CRITICAL_SECTION(op) \
  {                                   \
    PyCriticalSection _py_cs;         \
    PyCriticalSection_Begin(&_py_cs, (PyObject *)(op))
#define Py_END_CRITICAL_SECTION()    \
    PyCriticalSection_End(&_py_cs);  \
  }
#define Py_BEGIN_CRITICAL_SECTION2(a, b) \
  {                                      \
    PyCriticalSection2 _py_cs2;          \
    PyCriticalSection2_Begin(&_py_cs2, (PyObject *)(a), (PyObject *)(b))
#define Py_END_CRITICAL_SECTION2()     \
    PyCriticalSection2_End(&_py_cs2);  \
  }
#endif
#if !defined(Py_LIMITED_API) && FTAUDIT_TARGET_HEX >= 0x030E0000
#define Py_BEGIN_CRITICAL_SECTION_MUTEX(mutex) \
  {                                            \
    PyCriticalSection _py_cs;                  \
    PyCriticalSection_BeginMutex(&_py_cs, mutex)
#define Py_BEGIN_CRITICAL_SECTION2_MUTEX(m1, m2) \
  {                                              \
    PyCriticalSection2 _py_cs2;                  \
    PyCriticalSection2_BeginMutex(&_py_cs2, m1, m2)
#endif

/* Mutexes: the exported functions, not the inline ones of the header. */
#undef PyMutex_Lock
#undef PyMutex_Unlock
#undef PyMutex_IsLocked

/* The trashcan opens and closes a block in every version; how it works is not our matter. */
#undef Py_TRASHCAN_BEGIN
#undef Py_TRASHCAN_END
#undef Py_TRASHCAN_BEGIN_CONDITION
#undef Py_TRASHCAN_SAFE_BEGIN
#undef Py_TRASHCAN_SAFE_END
#define Py_TRASHCAN_BEGIN(op, dealloc) {
#define Py_TRASHCAN_END }
#define Py_TRASHCAN_BEGIN_CONDITION(op, cond) {
#define Py_TRASHCAN_SAFE_BEGIN(op) {
#define Py_TRASHCAN_SAFE_END(op) }

/* Stores the capsule's pointer in the unit's static variable. */
#ifdef PyDateTime_IMPORT
#undef PyDateTime_IMPORT
PyDateTime_CAPI *PyDateTime_IMPORT(PyDateTime_CAPI **);
#define PyDateTime_IMPORT PyDateTime_IMPORT(&PyDateTimeAPI)
#endif
