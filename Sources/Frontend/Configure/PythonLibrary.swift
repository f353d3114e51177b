/// What names of Python's library that build scripts ask about are in the view of the audit.
enum PythonLibrary {
  private static let version: PythonValue = .list([.int(3), .int(14), .int(0)], isComplete: true)

  /// The value of a (dotted) name that the script does not define; `nil` when not known.
  static func constant(_ name: String) -> PythonValue? {
    switch name {
    case "sys.platform": return .string("linux")
    case "os.name": return .string("posix")
    case "os.sep", "os.path.sep": return .string("/")
    case "sys.version_info": return version
    case "sys.version_info.major", "sys.version_info[0]": return .int(3)
    case "sys.version_info.minor": return .int(14)
    case "sys.hexversion": return .int(0x030E_00F0)
    case "sys.maxsize": return .int(Int.max)
    case "sys.implementation.name": return .string("cpython")
    case "sys.argv", "os.environ", "environ": return .list([], isComplete: true)
    case "__file__": return .string("setup.py")
    case "__name__": return .string("__main__")
    default: break
    }
    // Scripts import or compute flags of such names; they all mean one thing.
    switch name.split(separator: ".").last.map({ $0.uppercased() }) ?? "" {
    case "LINUX", "POSIX", "UNIX", "IS_LINUX", "IS_POSIX", "CPYTHON", "IS_CPYTHON", "PY3",
      "IS_FREE_THREADED", "FREE_THREADED", "FREE_THREADING", "PY_GIL_DISABLED":
      return .bool(true)
    case "WINDOWS", "IS_WINDOWS", "WIN32", "IS_WIN32", "MACOS", "MAC", "OSX", "DARWIN",
      "IS_MACOS", "IS_DARWIN", "IS_OSX", "IS_MAC", "BSD", "FREEBSD", "OPENBSD", "NETBSD", "SUNOS",
      "SOLARIS", "AIX", "CYGWIN", "PYPY", "IS_PYPY", "IS_GRAALPY", "PY2", "DEBUG", "IS_WASM",
      "EMSCRIPTEN", "MSVC", "IS_MSVC", "MINGW", "IS_MINGW", "USE_LIMITED_API":
      return .bool(false)
    default: return nil
    }
  }

  /// The result of a call; `nil` when not known.
  static func call(
    _ name: String, _ positional: [PythonValue], _ named: [PythonValue.Pair], files: [String]
  ) -> PythonValue? {
    switch name {
    case "platform.system": return .string("Linux")
    case "platform.python_implementation": return .string("CPython")
    case "sysconfig.get_platform", "get_platform", "util.get_platform":
      return .string("linux-x86_64")
    case "sysconfig.get_config_var", "get_config_var", "sysconfig.get_config_vars":
      return positional.first == .string("Py_GIL_DISABLED") ? .int(1) : nil
    case "os.environ.get", "os.getenv", "environ.get", "getenv", "os.environ.pop":
      return positional.count > 1 ? positional[1] : PythonValue.none
    case "struct.calcsize":
      return positional.first?.text.flatMap { ["l": 8, "P": 8, "i": 4, "L": 8, "n": 8][$0] }
        .map { .int($0) }
    case "os.path.join", "path.join", "join":
      let parts = positional.compactMap(\.text)
      return parts.count == positional.count
        ? .string(parts.filter { !$0.isEmpty }.joined(separator: "/")) : .unknown
    case "os.path.abspath", "os.path.realpath", "os.path.normpath", "abspath", "str",
      "os.path.relpath", "relpath", "convert_path":
      return positional.first
    case "os.path.dirname", "dirname":
      return positional.first?.text.map { .string(PathWords.folder($0)) }
    case "os.getcwd": return .string("")
    case "hasattr": return positional.first == .unknown ? .bool(false) : nil
    case "list", "tuple", "sorted", "set", "dict":
      if name == "dict", positional.isEmpty { return .dictionary(named) }
      return positional.first ?? .list([], isComplete: true)
    case "int": return positional.first?.text.flatMap { Int($0) }.map { .int($0) } ?? .int(1)
    case "bool": return positional.first?.truth.map { .bool($0) }
    case "glob", "glob.glob", "glob.iglob", "sorted_glob":
      return positional.first?.text.map { pattern in
        .list(
          files.filter { matches($0, pattern) }.map { .string($0) }, isComplete: true)
      }
    default: return isProbe(name) ? .bool(true) : nil
    }
  }

  /// Whether a call of this name asks the compiler or the system for an ability, which the audit
  /// takes for granted: a lock that is switched on by a probe must be seen.
  private static func isProbe(_ name: String) -> Bool {
    let last = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return ["try_compile", "try_link", "try_run", "check_func", "check_header", "check_lib"]
      .contains(last) || last.hasSuffix("can_compile") || last.hasSuffix("_compiles")
      || last.hasPrefix("compiler_supports") || last.hasPrefix("supports_")
      || last.hasPrefix("has_flag")
  }

  /// The result of a method of a known value; `nil` when not known.
  static func method(
    _ name: String, of value: PythonValue, _ positional: [PythonValue]
  ) -> PythonValue? {
    switch (value, name) {
    case (.string(let text), "startswith"):
      return prefixes(positional).map { .bool($0.contains(where: text.hasPrefix)) }
    case (.string(let text), "endswith"):
      return prefixes(positional).map { .bool($0.contains(where: text.hasSuffix)) }
    case (.string(let text), "lower"): return .string(text.lowercased())
    case (.string(let text), "strip"): return .string(trimmed(text))
    case (.string(let text), "replace"):
      guard positional.count == 2, let old = positional[0].text, let new = positional[1].text
      else { return nil }
      return .string(text.replacing(old, with: new))
    case (.string(let text), "split") where positional.isEmpty:
      return .list(
        text.split(whereSeparator: \.isWhitespace).map { .string(String($0)) }, isComplete: true)
    case (.string, "format"): return value
    case (.list(let items, _), "get") where items.isEmpty:
      return positional.count > 1 ? positional[1] : PythonValue.none
    case (.list, "copy"), (.dictionary, "copy"): return value
    case (.dictionary(let pairs), "items"):
      return .list(
        pairs.map { .list([.string($0.key), $0.value], isComplete: true) }, isComplete: true)
    case (.dictionary(let pairs), "get"):
      return positional.first?.text.flatMap { key in pairs.last { $0.key == key }?.value }
    default: return nil
    }
  }

  private static func prefixes(_ positional: [PythonValue]) -> [String]? {
    guard let first = positional.first else { return nil }
    if let text = first.text { return [text] }
    let (items, isComplete) = first.items
    return isComplete ? items.compactMap(\.text) : nil
  }

  /// Whether a path matches a pattern of `glob`: `*` and `?` within a component, `**` over several.
  static func matches(_ path: String, _ pattern: String) -> Bool {
    let path = path.split(separator: "/").map { Array($0.utf8) }
    let pattern = pattern.split(separator: "/").filter { $0 != "." }.map { Array($0.utf8) }
    return matches(path[...], pattern[...])
  }

  private static func matches(_ path: ArraySlice<[UInt8]>, _ pattern: ArraySlice<[UInt8]>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == [42, 42] {
      return matches(path, pattern.dropFirst())
        || !path.isEmpty && matches(path.dropFirst(), pattern)
    }
    guard let component = path.first, component.first != 46 || first.first == 46,
      matches(component, first)
    else { return false }
    return matches(path.dropFirst(), pattern.dropFirst())
  }

  /// Wildcards within one component, without recursion: back to the last `*` on a mismatch.
  private static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (index, position) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while index < text.count {
      if position < pattern.count, pattern[position] == 42 {
        star = (position, index)
        position += 1
      } else if position < pattern.count,
        pattern[position] == 63 || pattern[position] == text[index]
      {
        position += 1
        index += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        position = last.pattern + 1
        index = last.text + 1
      } else {
        return false
      }
    }
    return pattern[position...].allSatisfy { $0 == 42 }
  }
}
