import ProgramModel

extension Finding {
  /// Whether the finding counts: neither suppressed nor in code that a generator wrote.
  ///
  /// Only such findings fail the gate. Generated code is the generator's to mend; a rule whose
  /// remedy lies with the author though the place is generated, such as a missing directive,
  /// leaves `generated` nil.
  package var counts: Bool { suppressed == nil && generated == nil }

  /// The order of findings in every report: severity from critical to info, then path, line,
  /// column, rule and symbol.
  ///
  /// Modules do not come first: a reader wants the worst of the package on top, and a finding in
  /// shared code may have no module. What is left equal is ordered by module, function, message
  /// and confidence, so that the order never depends on who found it first.
  package static func reportOrder(_ left: Finding, _ right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.position != right.position { return left.position < right.position }
    if left.rule != right.rule { return left.rule < right.rule }
    for part in [\Finding.symbol, \.module, \.function, \.generated] {
      let (mine, other) = (left[keyPath: part], right[keyPath: part])
      if mine != other { return absentFirst(mine, other) }
    }
    if left.message != right.message { return left.message < right.message }
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    if left.remediation != right.remediation { return left.remediation < right.remediation }
    return left.related.lexicographicallyPrecedes(right.related, by: RelatedPlace.stableOrder)
  }

  fileprivate static func absentFirst(_ left: String?, _ right: String?) -> Bool {
    guard let right else { return false }
    return left.map { $0 < right } ?? true
  }
}

extension RelatedPlace {
  /// Any fixed order will do: it only breaks ties between findings that are otherwise equal.
  fileprivate static func stableOrder(_ left: Self, _ right: Self) -> Bool {
    if left.position != right.position { return left.position < right.position }
    if left.role != right.role { return left.role.rawValue < right.role.rawValue }
    if left.message != right.message { return left.message < right.message }
    if left.symbol != right.symbol { return Finding.absentFirst(left.symbol, right.symbol) }
    return Finding.absentFirst(left.function, right.function)
  }
}

extension [Finding] {
  /// The findings in `Finding.reportOrder`, each once: a header read by ten files gives the same
  /// finding ten times. Findings that differ in anything but fingerprint and fix stay.
  package func inReportOrder() -> [Finding] {
    var seen: Set<Finding> = []
    let distinct = filter { finding in
      var bare = finding
      bare.fingerprint = ""
      bare.fix = nil
      return seen.insert(bare).inserted
    }
    return distinct.sorted(by: Finding.reportOrder)
  }
}
