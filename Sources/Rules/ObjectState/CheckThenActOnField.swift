import Analysis
import Findings
import ProgramModel

/// Finds fields of objects of which a test of an object and the action on it are two steps.
struct CheckThenActOnField: InstanceRule {
  static let metadata = RuleMetadata(
    id: "check-then-act",
    category: .objectState,
    severity: .high,
    summary: "a test of an object and the action on it are two steps",
    why: "What was tested can be changed by another thread before the action. The GIL made "
      + "the two one step; locks that are taken for each alone do not.",
    remedy: "Hold one lock over the test and the action: a critical section on the object, or "
      + "for dicts 'PyDict_SetDefaultRef' instead of a look-up and an insertion.",
    limits: "Does not see that callers share no object between threads, nor locks of Python "
      + "code.")

  static let pattern = InstancePattern.checkThenAct

  func severity(_ hazard: InstanceHazard, _ text: InstanceText) -> Severity {
    hazard.isContent || hazard.isIdempotent ? .medium : Self.metadata.severity
  }

  func message(_ text: InstanceText) -> String {
    if text.hazard.isSplit {
      return
        "\(text.subject): \(text.writer) tests it and writes it under a lock, and lets the lock go in between. "
        + "What was found can have changed by then."
    }
    return
      "\(text.subject) is tested and then written by \(text.writer)\(text.underLocks(text.hazard.write)), "
      + "while \(text.other) \(text.verb(text.hazard.other))\(text.underLocks(text.hazard.other)). "
      + "What was found can have changed before the write."
  }

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    fields(package, facts) + facts.containerChecks.compactMap { container($0, package, facts) }
  }

  /// A key tested and then stored in a dict.
  private func container(
    _ check: ContainerCheck, _ package: PackageModel, _ facts: Analyses
  ) -> Finding? {
    guard let position = package.position(of: check.store.range, in: check.store.unit) else {
      return nil
    }
    let name = package[check.store.function].name
    let dict = facts.locks.text(check.container, in: check.function)
    var related: [RelatedPlace] = []
    if let place = package.position(of: check.test.range, in: check.test.unit) {
      related.append(
        RelatedPlace(
          position: place, function: package[check.test.function].name, symbol: check.testName,
          role: .read, message: "the key is looked for here"))
    }
    related += EntryPointText.places(
      facts.reach.entryPoints(reaching: check.function), package)
    let isCertain = facts.phases.phases(of: check.function).contains(.runtime)
    return Finding(
      rule: Self.metadata, severity: .medium, confidence: isCertain ? .high : .medium,
      message: "'\(name)' stores a key in '\(dict)' by '\(check.storeName)' after "
        + "'\(check.testName)' has looked for it. Two threads can both find it missing, and the "
        + "second one replaces what the first has given out. 'PyDict_SetDefaultRef' does both in one "
        + "step.",
      position: position, function: name, symbol: check.storeName,
      module: facts.ownership.module(of: check.function),
      generated: package.facts(ofFile: position.path)?.generator?.rawValue, related: related)
  }
}
