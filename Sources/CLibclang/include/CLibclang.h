// libclang's types, and a table of its functions that is filled at run time from a shared library.
#ifndef FTAUDIT_CLIBCLANG_H
#define FTAUDIT_CLIBCLANG_H

#if !__has_include(<clang-c/Index.h>)
#error "libclang's headers (17 or newer) are missing: install libclang-19-dev on Debian 12, libclang-dev on Ubuntu 24.04 or Debian 13, or set LLVM_PREFIX"
#endif

#include <clang-c/Index.h>

#if CINDEX_VERSION_MINOR < 64
#error "these libclang headers are older than LLVM 17: install libclang-19-dev on Debian 12, libclang-dev on Ubuntu 24.04 or Debian 13, or set LLVM_PREFIX"
#endif

// Every libclang function that ftaudit calls.
#define FTAUDIT_CLANG_FUNCTIONS(X) \
  X(clang_createIndex) \
  X(clang_disposeIndex) \
  X(clang_parseTranslationUnit2) \
  X(clang_saveTranslationUnit) \
  X(clang_disposeTranslationUnit) \
  X(clang_getTranslationUnitCursor) \
  X(clang_getCString) \
  X(clang_disposeString) \
  X(clang_getClangVersion) \
  X(clang_getNumDiagnostics) \
  X(clang_getDiagnostic) \
  X(clang_disposeDiagnostic) \
  X(clang_getDiagnosticSeverity) \
  X(clang_getDiagnosticSpelling) \
  X(clang_getDiagnosticLocation) \
  X(clang_visitChildren) \
  X(clang_Cursor_isNull) \
  X(clang_getCursorSpelling) \
  X(clang_getCursorUSR) \
  X(clang_getCursorType) \
  X(clang_getCursorResultType) \
  X(clang_getCursorReferenced) \
  X(clang_getCursorDefinition) \
  X(clang_getCanonicalCursor) \
  X(clang_getCursorSemanticParent) \
  X(clang_getCursorLinkage) \
  X(clang_getCursorTLSKind) \
  X(clang_Cursor_getStorageClass) \
  X(clang_Cursor_hasVarDeclGlobalStorage) \
  X(clang_Cursor_getVarDeclInitializer) \
  X(clang_Cursor_isFunctionInlined) \
  X(clang_Cursor_isVariadic) \
  X(clang_Cursor_isBitField) \
  X(clang_Cursor_isAnonymous) \
  X(clang_Cursor_isAnonymousRecordDecl) \
  X(clang_Cursor_Evaluate) \
  X(clang_EvalResult_getKind) \
  X(clang_EvalResult_getAsLongLong) \
  X(clang_EvalResult_isUnsignedInt) \
  X(clang_EvalResult_getAsUnsigned) \
  X(clang_EvalResult_dispose) \
  X(clang_getEnumConstantDeclValue) \
  X(clang_isCursorDefinition) \
  X(clang_getCursorBinaryOperatorKind) \
  X(clang_getCursorUnaryOperatorKind) \
  X(clang_CXXMethod_isStatic) \
  X(clang_CXXMethod_isVirtual) \
  X(clang_CXXMethod_isConst) \
  X(clang_getSpecializedCursorTemplate) \
  X(clang_Cursor_getNumArguments) \
  X(clang_Cursor_getArgument) \
  X(clang_getTypeSpelling) \
  X(clang_getCanonicalType) \
  X(clang_isConstQualifiedType) \
  X(clang_isVolatileQualifiedType) \
  X(clang_getPointeeType) \
  X(clang_getElementType) \
  X(clang_getArraySize) \
  X(clang_getResultType) \
  X(clang_getNumArgTypes) \
  X(clang_getArgType) \
  X(clang_getTypeDeclaration) \
  X(clang_Type_getValueType) \
  X(clang_Type_getSizeOf) \
  X(clang_Type_visitFields) \
  X(clang_getCursorLocation) \
  X(clang_getCursorExtent) \
  X(clang_getRangeStart) \
  X(clang_getRangeEnd) \
  X(clang_getExpansionLocation) \
  X(clang_getSpellingLocation) \
  X(clang_Location_isInSystemHeader) \
  X(clang_getFileName) \
  X(clang_getFileContents) \
  X(clang_getFile) \
  X(clang_getInclusions) \
  X(clang_getCXTUResourceUsage) \
  X(clang_disposeCXTUResourceUsage)

#define FTAUDIT_CLANG_FIELD(name) __typeof__(&name) name;

typedef struct {
  FTAUDIT_CLANG_FUNCTIONS(FTAUDIT_CLANG_FIELD)
} FTClangFunctions;

#undef FTAUDIT_CLANG_FIELD

// Loads the library at `path` (a path or a soname) for the life of the process and fills `table`.
// Returns NULL, or what went wrong as a string that lives until the next call on this thread.
const char *FTClangLoad(const char *path, FTClangFunctions *table);

// The version of the headers that this was compiled with, the minor number of libclang's interface.
static const int FTClangHeaderMinor = CINDEX_VERSION_MINOR;

#endif
