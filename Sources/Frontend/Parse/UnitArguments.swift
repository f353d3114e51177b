internal import PythonAPI

/// clang's arguments for a unit.
///
/// Those that change the headers (language, standard, the limited API, the free-threaded view)
/// are the precompiled header's too; the unit's own folders and definitions come after.
struct UnitArguments {
  /// Language, standard, free-threaded view and header folders.
  var shared: [String]
  /// The unit's own definitions and folders.
  var own: [String]

  init(_ request: UnitRequest, _ settings: ParseSettings) {
    var standard = request.isCxx ? "gnu++17" : "gnu17"
    var own: [String] = []
    var headerFlags: [String] = []
    var index = 0
    while index < request.flags.count {
      let flag = request.flags[index]
      if flag.hasPrefix("-std=") {
        standard = String(flag.dropFirst(5))
      } else if flag.hasPrefix("-f") || flag.hasPrefix("-m") || Self.changesHeaders(flag) {
        headerFlags.append(flag)
      } else if flag == "-x" {
        index += 1
      } else {
        own.append(flag)
      }
      index += 1
    }
    shared = ["-x", request.isCxx ? "c++" : "c", "-std=\(standard)"]
    shared += ["-DPy_GIL_DISABLED=1", "-DNDEBUG"]
    if let limited = request.limitedAPI {
      shared.append(limited.isEmpty ? "-DPy_LIMITED_API" : "-DPy_LIMITED_API=\(limited)")
    }
    shared += headerFlags
    if let folder = settings.resourceFolder { shared += ["-resource-dir", folder] }
    // Diagnostics below errors cost time and say nothing to us; a missing prototype is no error in
    // the C that many extensions are written in.
    shared += [
      "-Wno-everything", "-ferror-limit=0", "-fno-spell-checking", "-fno-caret-diagnostics",
    ]
    shared += settings.pythonFolders.flatMap { ["-isystem", $0] }
    own += request.quoteFolders.flatMap { ["-iquote", $0] }
    own += request.afterFolders.flatMap { ["-idirafter", $0] }
    self.own = own
  }

  /// Definitions that Python's own headers look at.
  private static func changesHeaders(_ flag: String) -> Bool {
    ["-DPy_", "-UPy_", "-D_GNU_SOURCE", "-D_POSIX_C_SOURCE", "-D_XOPEN_SOURCE", "-DPYTHON_"]
      .contains { flag.hasPrefix($0) } && !flag.hasPrefix("-DPy_GIL_DISABLED")
      && !flag.hasPrefix("-UPy_GIL_DISABLED")
  }
}

extension UnitRequest {
  /// The arguments of clang's own syntax check of this unit: the same view, without the prelude.
  package func plainArguments(_ settings: ParseSettings) -> [String] {
    let arguments = UnitArguments(self, settings)
    return ["-fsyntax-only", "-w"] + arguments.shared + arguments.own
  }
}
