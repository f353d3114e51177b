/// What the names of folders and files say about a source's purpose and platform.
enum PathWords {
  private static let auxiliaryFolders: Set<String> = [
    "test", "tests", "testing", "testsuite", "test_suite", "unittest", "unittests", "unit_tests",
    "doc", "docs", "documentation", "bench", "benchmark", "benchmarks", "perf_tests", "example",
    "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials", "fuzz", "fuzzing",
    "fuzzer", "fuzzers", "ossfuzz", "oss-fuzz", "cmake", "cmakefiles", "m4",
  ]
  private static let auxiliaryPrefixes = ["test_", "bench_", "benchmark_", "fuzz_", "example_"]
  private static let auxiliarySuffixes = [
    "_test", "_tests", "_unittest", "_unittests", "_benchmark", "_bench", "_fuzzer", "_fuzz",
    "_example", "_perf",
  ]

  /// The folder or file name by which `path` belongs to tests, documentation, benchmarks or
  /// examples; `nil` when none does.
  static func auxiliary(_ path: String) -> String? {
    var parts = path.split(separator: "/").map(String.init)
    guard let file = parts.popLast() else { return nil }
    if let folder = parts.first(where: { auxiliaryFolders.contains($0.lowercased()) }) {
      return folder
    }
    let stem = stem(file).lowercased()
    let isAuxiliary =
      auxiliaryPrefixes.contains { stem.hasPrefix($0) }
      || auxiliarySuffixes.contains { stem.hasSuffix($0) } || stem == "conftest"
    return isAuxiliary ? file : nil
  }

  /// Words that name a platform wherever they stand.
  private static let platforms: Set<String> = [
    "windows", "win32", "win64", "mswin", "msvc", "mingw", "mingw32", "cygwin", "osx", "macos",
    "macosx", "darwin", "freebsd", "openbsd", "netbsd", "dragonflybsd", "solaris", "sunos", "aix",
    "hpux", "haiku", "vxworks", "emscripten", "wasm", "wasm32", "wasi", "os2",
  ]
  /// Words that name one only as a whole folder: in a file's name they can mean something else.
  private static let folderPlatforms: Set<String> = [
    "win", "mac", "bsd", "apple", "ios", "nt", "uwp", "vms", "amiga", "visualc",
  ]
  /// Words that name a processor other than the one this program runs on.
  private static let processors: Set<String> = {
    let arm: Set = ["arm", "arm64", "aarch64", "armv7", "armv8", "neon"]
    let intel: Set = ["x86", "x86_64", "i386", "i686", "amd64", "ia32"]
    let others: Set = [
      "riscv", "riscv64", "ppc", "ppc64", "ppc64le", "powerpc", "s390", "s390x", "mips",
      "mips64", "sparc", "sparc64", "loongarch", "loongarch64", "alpha", "ia64",
    ]
    #if arch(arm64)
      return others.union(intel)
    #else
      return others.union(arm)
    #endif
  }()

  /// The word by which `path` is for another platform than the audit's (Linux on this processor);
  /// `nil` when none says so.
  static func otherPlatform(_ path: String) -> String? {
    var parts = path.split(separator: "/").map { $0.lowercased() }
    guard let file = parts.popLast() else { return nil }
    for folder in parts
    where platforms.contains(folder) || folderPlatforms.contains(folder)
      || processors.contains(folder)
    { return folder }
    let words = stem(file).split { $0 == "_" || $0 == "-" || $0 == "." }.map(String.init)
    guard words.count > 1, let first = words.first, let last = words.last else { return nil }
    if platforms.contains(last) || processors.contains(last) || last == "bsd" { return last }
    // A processor in front may be the subject; a platform in front is where it is used.
    return platforms.contains(first) ? first : nil
  }

  /// A file's name without its last ending.
  static func stem(_ file: String) -> String {
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }

  /// The folder part of a relative path, without a slash at the end; empty at the top.
  static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// The last component of a path.
  static func file(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Whether a path has neither empty components nor ones that end with a dot.
  private static func isPlain(_ path: String) -> Bool {
    var last: UInt8 = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "/"), last == UInt8(ascii: ".") || last == byte { return false }
      last = byte
    }
    return last != UInt8(ascii: ".")
  }

  /// `path` below `folder`, with `.` and `..` resolved by spelling; `nil` when it leaves the top.
  static func join(_ folder: String, _ path: String) -> String? {
    if isPlain(path) {
      return folder.isEmpty ? path : folder + "/" + path
    }
    var parts = folder.split(separator: "/")
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The language of a source file by its ending; `nil` for anything that is no source.
  static func language(_ path: String) -> CompileUnit.Language? {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    switch path[path.index(after: dot)...] {
    case "c": return .c
    case "cc", "cpp", "cxx", "c++", "C", "CC", "CPP": return .cxx
    default: return nil
    }
  }

  /// Whether the ending is one of a C or C++ header.
  static func isHeader(_ path: String) -> Bool {
    [".h", ".hh", ".hpp", ".hxx", ".h++"].contains { path.hasSuffix($0) }
  }

  /// Whether raw strings are to be expected in the file.
  static func mayHoldRawStrings(_ path: String) -> Bool {
    !path.hasSuffix(".c")
  }
}
