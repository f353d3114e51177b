import Analysis
import Findings
import ProgramModel

/// Finds each function that takes a reference to an object that may be dying.
struct TryIncrefByCount: Rule {
  static let metadata = RuleMetadata(
    id: "try-incref",
    category: .references,
    severity: .high,
    summary: "reference taken to an object that may be dying, by a look at its reference count",
    why: "Without the GIL the count is in two parts, and another thread can drop the last "
      + "reference between the test and the 'Py_INCREF': the object comes back to life while it "
      + "is freed.",
    remedy: "Call 'PyUnstable_EnableTryIncRef' when the object is made and 'PyUnstable_TryIncRef' "
      + "here (3.14; pythoncapi-compat has both), or hold a weak reference and use "
      + "'PyWeakref_GetRef'.",
    limits: "Does not see that a lock of the package keeps the object from being freed.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.tryIncrefs.compactMap { found in
      guard let position = package.position(of: found.site.range, in: found.site.unit) else {
        return nil
      }
      let name = "'\(package[found.site.function].name)'"
      let message =
        switch found.way {
        case .test:
          "\(name) takes a reference where the count of the object is not zero. Another thread "
            + "can drop the last reference between the test and that."
        case .set
        where facts.phases.phases(of: found.site.function).isSubset(of: [.destruction]):
          "\(name) brings an object back that is being deallocated, by setting its reference count. "
            + "Without the GIL the count is in two parts, and only 'tp_finalize' can bring an object back."
        case .set:
          "\(name) sets the reference count of an object that it was given. Another thread can "
            + "be dropping the object."
        }
      var related: [RelatedPlace] = []
      if let take = found.take, let place = package.position(of: take.range, in: take.unit) {
        related.append(
          RelatedPlace(
            position: place, function: package[take.function].name, symbol: nil, role: .call,
            message: "the reference is taken here"))
      }
      related += EntryPointText.places(
        facts.reach.entryPoints(reaching: found.site.function), package)
      let isCertain = facts.phases.phases(of: found.site.function).contains(.runtime)
      return Finding(
        rule: Self.metadata, confidence: isCertain ? .high : .medium, message: message,
        position: position, function: package[found.site.function].name,
        symbol: found.way == .test ? "Py_REFCNT" : "Py_SET_REFCNT",
        module: facts.ownership.module(of: found.site.function),
        generated: package.facts(ofFile: position.path)?.generator?.rawValue, related: related)
    }
  }
}
