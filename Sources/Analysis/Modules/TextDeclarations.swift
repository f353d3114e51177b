import ProgramModel

/// Declarations in the sources' text that the compiled view does not show.
struct TextDeclarations {
  private let package: PackageModel
  /// Places that the view shows, by file and line.
  private let seen: Set<SourcePosition>
  /// Lines that one entry or call is taken to have at most.
  private static let longestEntry = 20
  /// Names of all functions that the view defines.
  private let functions: Set<String>
  private static let names: Set<String> = [ModuleAPI.gilSlot, ModuleAPI.setGIL]

  init(_ package: PackageModel, _ objects: PythonObjects, _ calls: ModuleCalls) {
    self.package = package
    functions = Set(
      package.functionIDs.lazy.filter { package[$0].definition != nil }.map { package[$0].name })
    var seen = Set<SourcePosition>()
    func add(_ range: SourceRange, _ unit: Int) {
      guard let first = package.position(of: range, in: unit) else { return }
      var end = range
      end.start = max(range.start, range.end)
      let last = package.position(of: end, in: unit)?.line ?? first.line
      for line in first.line...min(max(last, first.line), first.line + Self.longestEntry) {
        seen.insert(SourcePosition(path: first.path, line: line, column: 0))
      }
    }
    for array in objects.slotArrays.values {
      for slot in array.slots + array.unread where slot.name == ModuleAPI.gilSlot {
        add(slot.range, slot.unit)
      }
    }
    for edge in calls.allDeclarations { add(edge.range, edge.unit) }
    self.seen = seen
  }

  /// The files define a hook that the view does not have, such as that of other versions.
  func hasHiddenHook(in paths: Set<String>, besides name: String) -> Bool {
    paths.contains { path in
      (package.facts(ofFile: path)?.mentions ?? []).contains {
        ModuleNames.module(
          of: $0.name, ModuleNames.initialisationPrefixes + ModuleNames.exportPrefixes) == name
          && !functions.contains($0.name) && !$0.isInDefine
      }
    }
  }

  /// Mentions in some files that the view does not show, in the order of files and lines.
  func hidden(in paths: Set<String>) -> [TextMention] {
    paths.sorted().flatMap { path in
      (package.facts(ofFile: path)?.mentions ?? []).filter {
        Self.names.contains($0.name) && !$0.isInDefine
          && !seen.contains(
            SourcePosition(path: $0.position.path, line: $0.position.line, column: 0))
      }
    }
  }
}
