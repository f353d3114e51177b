import Analysis
import Findings
import ProgramModel

/// Finds functions that touch a second object while only the first one is locked.
struct TwoObjectsOneLock: Rule {
  static let metadata = RuleMetadata(
    id: "two-objects-one-lock",
    category: .objectState,
    severity: .high,
    summary: "fields of a second object are touched under the lock of the first",
    why: "A lock on one object says nothing of another one of the same type. A method that works "
      + "on 'self' and 'other' needs both, or the fields of 'other' change under it.",
    remedy: "Lock both at once with 'Py_BEGIN_CRITICAL_SECTION2', which orders them; with mutexes, "
      + "always take that of the lower address first.",
    limits: "Does not see that both pointers are always the same object.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.instances.secondObjects.compactMap { found in
      let access = found.access
      guard let position = package.position(of: access.site.range, in: access.site.unit) else {
        return nil
      }
      let field = facts.instances[access.field]
      let name = package[access.site.function].name
      let verb = access.use.writes ? "writes" : "reads"
      var related: [RelatedPlace] = []
      if let place = field.position {
        related.append(
          RelatedPlace(
            position: place, function: nil, symbol: field.name, role: .read,
            message: "the field, which other functions touch under a lock on its own object"))
      }
      related += EntryPointText.places(
        facts.reach.entryPoints(reaching: access.site.function), package)
      return Finding(
        rule: Self.metadata, severity: access.isCertain ? .high : .medium,
        confidence: access.isCertain ? .high : .medium,
        message: "'\(name)' \(verb) '\(field.name)' of a second '\(field.record)' while it holds "
          + "only '\(facts.locks.text(found.lock.key, in: access.site.function))'. Another thread that "
          + "has locked the second object changes it at the same time.",
        position: position, function: name, symbol: field.name,
        module: facts.ownership.module(of: access.site.function),
        generated: package.facts(ofFile: position.path)?.generator?.rawValue, related: related)
    }
  }
}
