import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Finds calls of functions that CPython keeps for itself.
struct PrivateAPI: Rule {
  static let metadata = RuleMetadata(
    id: "private-api",
    category: .gilAssumptions,
    severity: .low,
    summary: "private function of CPython called",
    why: "What functions whose names begin with '_Py' lock, and whether they lock, is promised to "
      + "nobody, and has changed with each version since Python can do without the GIL.",
    remedy: "Call the public function; pythoncapi_compat.h has many of them for older versions.",
    limits: "Only calls in the package's own text: what macros of CPython and generators "
      + "put there does not count. Medium where the function is known to need a lock.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    let uses = Dictionary(grouping: facts.internals.hazards(.privateFunction), by: \.symbol)
    return uses.keys.sorted().compactMap { name in
      let hazards = (uses[name] ?? []).sorted { place($0, package) < place($1, package) }
      guard let first = hazards.first else { return nil }
      let fact = PythonFacts.shared.function(name)
      let isDelicate = fact.map { $0.needsLock || $0.note != nil || $0.borrowRisk == .dangerous }
      let note = fact?.note.map { " (\($0))" } ?? ""
      let others = hazards.dropFirst().map {
        CallFinding.Place(site: $0.site, role: .call, message: "called here too")
      }
      return CallFinding(package: package, facts: facts, site: first.site, symbol: name).make(
        Self.metadata,
        "'\(name)' is private to CPython\(note): what it locks can change with any version.",
        severity: isDelicate == true ? .medium : nil, related: others)
    }
  }

  private func place(_ hazard: InternalsHazard, _ package: PackageModel) -> SourcePosition {
    package.position(of: hazard.site.range, in: hazard.site.unit)
      ?? SourcePosition(path: "", line: 0, column: 0)
  }
}
