#ifdef __cplusplus
}
#endif

/* From here on the source sees the target's version. */
#undef PY_VERSION_HEX
#undef PY_MAJOR_VERSION
#undef PY_MINOR_VERSION
#undef PY_MICRO_VERSION
#undef PY_RELEASE_LEVEL
#undef PY_RELEASE_SERIAL
#undef PY_VERSION
#define PY_VERSION_HEX FTAUDIT_TARGET_HEX
#define PY_MAJOR_VERSION 3
#if FTAUDIT_TARGET_HEX >= 0x030F0000
#define PY_MINOR_VERSION 15
#define PY_VERSION "3.15.0"
#elif FTAUDIT_TARGET_HEX >= 0x030E0000
#define PY_MINOR_VERSION 14
#define PY_VERSION "3.14.0"
#else
#define PY_MINOR_VERSION 13
#define PY_VERSION "3.13.0"
#endif
#define PY_MICRO_VERSION 0
#define PY_RELEASE_LEVEL 0xF
#define PY_RELEASE_SERIAL 0

#if defined(__clang__)
#pragma clang diagnostic pop
#endif
#endif
