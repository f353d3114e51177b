internal import CLibclang
func x(_ t: FTClangFunctions, _ c: CXCursor) -> CXCursorKind { _ = t.clang_getCursorType(c); return c.kind }
