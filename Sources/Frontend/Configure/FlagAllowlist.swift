internal import SystemKit
internal import SystemPackage

/// Takes over from a compiler's command line only what matters to parsing and can do no harm.
/// Everything else is dropped and counted: some flags make clang write or load files.
struct FlagAllowlist {
  private let tree: SourceTree
  /// The folder that relative paths start from.
  private let folder: FilePath

  init(tree: SourceTree, folder: FilePath) {
    self.tree = tree
    self.folder = folder
  }

  private static let folderFlags = ["-iquote", "-isystem", "-idirafter", "-I"]
  /// Flags whose operand is the next word, which must be dropped with them.
  private static let droppedWithOperand: Set<String> = [
    "-o", "-MF", "-MT", "-MQ", "-MJ", "-Xclang", "-Xpreprocessor", "-Xassembler", "-Xlinker",
    "-Xarch_host", "-load", "-specs", "--config", "-B", "-working-directory", "-target", "-arch",
    "-isysroot", "--sysroot", "-imacros", "-iprefix", "-iwithprefix", "-iwithprefixbefore",
    "-include-pch", "-ivfsoverlay", "-L", "-l", "-T", "-u", "-z", "-framework", "-F", "-mllvm",
    "-fplugin", "-aux-info", "-dumpbase", "-dumpdir", "-gcc-toolchain", "-serialize-diagnostics",
    "-index-store-path", "-e", "-G", "--param", "-A",
  ]
  private static let features: Set<String> = [
    "-fexceptions", "-fno-exceptions", "-frtti", "-fno-rtti", "-fshort-enums",
    "-fno-short-enums", "-fshort-wchar", "-fsigned-char", "-funsigned-char", "-fno-signed-char",
    "-fno-unsigned-char", "-fwrapv", "-fno-wrapv", "-fopenmp", "-fopenmp-simd", "-fno-builtin",
    "-fms-extensions", "-fno-operator-names", "-fpermissive", "-fno-strict-aliasing",
    "-fstrict-aliasing", "-ffast-math", "-fcoroutines", "-fchar8_t", "-fno-char8_t",
    "-fsized-deallocation", "-faligned-new", "-fblocks", "-fgnu89-inline", "-fPIC", "-fpic",
    "-fPIE", "-fpie", "-pthread", "-ansi",
  ]
  private static let machinePrefixes = ["-msse", "-mssse", "-mavx", "-mno-sse", "-mno-avx"]
  private static let machine: Set<String> = [
    "-maes", "-mpclmul", "-mpopcnt", "-mbmi", "-mbmi2", "-mlzcnt", "-mfma", "-mf16c", "-mcrc32",
    "-msha", "-mvpclmulqdq", "-mgfni", "-mmmx", "-m64", "-mcx16", "-mmovbe", "-mrdrnd", "-mrtm",
  ]

  /// Filters `arguments`, which do not include the compiler's own name.
  func filter(_ arguments: [String]) -> UnitFlags {
    var result = UnitFlags()
    var index = 0
    func operand(_ flag: String, of argument: String) -> String? {
      if argument.count > flag.count { return String(argument.dropFirst(flag.count)) }
      index += 1
      return index < arguments.count ? arguments[index] : nil
    }
    while index < arguments.count {
      let argument = arguments[index]
      if let flag = Self.folderFlags.first(where: argument.hasPrefix) {
        addFolder(flag, operand(flag, of: argument), &result)
      } else if argument == "-include" {
        addInclude(operand("-include", of: argument), &result)
      } else if argument.hasPrefix("-D") {
        addMacro(operand("-D", of: argument), &result)
      } else if argument.hasPrefix("-U") {
        addUndefinition(operand("-U", of: argument), &result)
      } else if argument.hasPrefix("-std=") || argument.hasPrefix("--std=") {
        addStandard(String(argument.drop { $0 != "=" }.dropFirst()), &result)
      } else if argument == "-x" || argument == "-xc" || argument == "-xc++" {
        addLanguage(operand("-x", of: argument), &result)
      } else if Self.features.contains(argument) || Self.machine.contains(argument)
        || Self.machinePrefixes.contains(where: argument.hasPrefix) && Self.isPlain(argument)
      {
        result.flags.append(argument)
      } else {
        if argument.hasPrefix("-") { result.dropped += 1 }
        if Self.droppedWithOperand.contains(argument) { index += 1 }
      }
      index += 1
    }
    return result
  }

  /// The absolute path without links when it lies in the tree or in a folder of system headers.
  private func permitted(_ path: String) -> FilePath? {
    guard !path.isEmpty, let real = realPath(folder.pushing(FilePath(path))) else { return nil }
    return real.starts(with: tree.root) || SystemFolders.contains(real) ? real : nil
  }

  private func addFolder(_ flag: String, _ path: String?, _ result: inout UnitFlags) {
    // Python's own headers are chosen by the audit, not by the machine that made the command.
    guard let path, let real = permitted(path), fileStatus(real)?.kind == .directory,
      fileStatus(real.appending("Python.h")) == nil
    else {
      result.dropped += 1
      return
    }
    result.flags += [flag, real.string]
    if let relative = tree.relative(real) { result.folders.append(relative) }
  }

  private func addInclude(_ path: String?, _ result: inout UnitFlags) {
    guard let path, let real = permitted(path), let relative = tree.relative(real),
      fileStatus(real)?.kind == .regular
    else {
      result.dropped += 1
      return
    }
    result.flags += ["-include", real.string]
    result.includedFiles.append(relative)
  }

  /// The view of the audit fixes these itself.
  private static let ownMacros: Set<String> = [
    "Py_GIL_DISABLED", "NDEBUG", "Py_DEBUG", "PY_VERSION_HEX",
  ]

  /// Adds a macro definition of the form `NAME`, `NAME=VALUE` or `NAME(PARAMETERS)=VALUE`.
  func addMacro(_ definition: String?, _ result: inout UnitFlags) {
    guard let definition, let name = Self.macroName(definition),
      !Self.ownMacros.contains(name), definition.allSatisfy({ !$0.isNewline })
    else {
      result.dropped += 1
      return
    }
    result.flags.append("-D" + definition)
    let value = definition.drop { $0 != "=" }.dropFirst()
    if name == "Py_LIMITED_API" { result.limitedAPI = String(value) }
    if let first = value.first, first == "\"" || first == "<", value.count > 2 {
      result.includeMacros.append(
        TextFacts.Include(
          spelling: String(value.dropFirst().dropLast()), isAngled: first == "<", line: 0,
          activity: .unknown))
    }
  }

  private func addUndefinition(_ name: String?, _ result: inout UnitFlags) {
    guard let name, Self.macroName(name) == name, !Self.ownMacros.contains(name) else {
      result.dropped += 1
      return
    }
    result.flags.append("-U" + name)
    if name == "Py_LIMITED_API" { result.limitedAPI = nil }
  }

  private func addStandard(_ name: String, _ result: inout UnitFlags) {
    let prefixes = ["c++", "gnu++", "c", "gnu", "iso9899:"]
    guard let prefix = prefixes.first(where: name.hasPrefix) else {
      result.dropped += 1
      return
    }
    let version = name.dropFirst(prefix.count)
    guard (2...6).contains(version.count),
      version.allSatisfy({ $0.isASCII && $0.isHexDigit || "xyz".contains($0) })
    else {
      result.dropped += 1
      return
    }
    result.flags.append("-std=" + name)
  }

  private func addLanguage(_ name: String?, _ result: inout UnitFlags) {
    switch name {
    case "c": result.language = .c
    case "c++": result.language = .cxx
    default: result.dropped += 1
    }
  }

  /// The name of a macro definition; `nil` when it is no identifier.
  private static func macroName(_ definition: String) -> String? {
    let name = definition.prefix { $0 != "=" && $0 != "(" }
    guard let first = name.utf8.first, !(48...57).contains(first) else { return nil }
    let isIdentifier = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
    }
    return isIdentifier ? String(name) : nil
  }

  private static func isPlain(_ flag: String) -> Bool {
    flag.dropFirst().allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }
  }
}

/// The words of a command line as a POSIX shell splits it, without expansions.
func shellWords(_ text: String) -> [String] {
  var words: [String] = []
  var word: [Character]?
  var quote: Character?
  var iterator = text.makeIterator()
  while let character = iterator.next() {
    if let open = quote {
      if character == open {
        quote = nil
      } else if open == "\"", character == "\\", let next = iterator.next() {
        word = (word ?? []) + ("\"\\$`".contains(next) ? [next] : [character, next])
      } else {
        word = (word ?? []) + [character]
      }
    } else if character.isWhitespace {
      if let done = word { words.append(String(done)) }
      word = nil
    } else if character == "\"" || character == "'" {
      quote = character
      word = word ?? []
    } else if character == "\\" {
      if let next = iterator.next() { word = (word ?? []) + [next] }
    } else {
      word = (word ?? []) + [character]
    }
  }
  if let done = word { words.append(String(done)) }
  return words
}
