import Analysis
import Findings
import ProgramModel

/// Finds counters of references to the package's own records that are no atomics.
struct OwnReferenceCountField: Rule {
  static let metadata = RuleMetadata(
    id: "own-reference-count",
    category: .objectState,
    severity: .critical,
    summary: "reference count of the package's own records is not atomic",
    why:
      "Two threads that let go of a record at the same time lose a count: the record is released "
      + "twice, or never, or while the other thread uses it.",
    remedy: "Make the counter atomic: count up with relaxed order, count down with acquire-release "
      + "order ('std::atomic', '_Atomic'), or use 'std::shared_ptr'.",
    limits: "Does not see that such a record never leaves one thread.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.instances.referenceCounts.compactMap { count in
      let down = package[count.decrement.function].name
      var related: [RelatedPlace] = []
      for (site, message) in [
        (count.decrement, "counted down here, and released at zero"),
        (count.increment, "counted up here"),
      ] {
        guard let place = package.position(of: site.range, in: site.unit) else { continue }
        related.append(
          RelatedPlace(
            position: place, function: package[site.function].name, symbol: count.field,
            role: .write, message: message))
      }
      related += EntryPointText.places(
        facts.reach.entryPoints(reaching: count.decrement.function), package)
      let isCertain = !facts.phases.phases(of: count.decrement.function)
        .isDisjoint(with: .concurrent)
      return Finding(
        rule: Self.metadata, severity: isCertain ? .critical : .medium,
        confidence: isCertain ? .high : .medium,
        message: "'\(count.field)' (\(count.type), field of '\(count.record)') counts references: "
          + "'\(down)' counts it down without a lock and releases the record at zero. Two threads at "
          + "once can release it twice or never.",
        position: count.position, symbol: count.field,
        module: facts.ownership.module(of: count.decrement.function),
        generated: package.facts(ofFile: count.position.path)?.generator?.rawValue,
        related: related)
    }
  }
}
