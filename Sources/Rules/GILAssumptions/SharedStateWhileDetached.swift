import Analysis
import Findings
import ProgramModel

/// Finds accesses to shared data in detached regions that race with attached code.
struct SharedStateWhileDetached: Rule {
  static let metadata = RuleMetadata(
    id: "shared-state-while-detached",
    category: .gilAssumptions,
    severity: .high,
    summary: "shared data touched by a detached thread, which attached code relies on",
    why: "While a thread is detached, others run Python code beside it, with the GIL as well. What "
      + "it writes they see half done, and what it reads they change under it.",
    remedy: "Copy what the region needs to local variables before detaching and write the results "
      + "back after attaching, under a lock; or hold a 'PyMutex' or another lock of your own at "
      + "all accesses.",
    limits: "Data handed to libraries is not followed into them, and copies of pointers in local "
      + "variables are not followed to the object.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    let text = DetachedText(package: package, facts: facts)
    return facts.detached.accesses.compactMap { access in
      let symbol = text.symbol(access.subject)
      let more = access.more.prefix(8).compactMap {
        text.place(
          $0, access.writes ? .write : .read, symbol,
          (access.writes ? "written" : "read") + " here as well, detached")
      }
      let verb = access.writes ? "writes" : "reads"
      var message =
        "\(text.name(access.end.function)) \(verb) \(text.subject(access.subject)) "
        + "\(text.because(access.way)), without a lock. "
      message +=
        access.otherWrites
        ? "\(text.name(access.other.function)) writes it in attached code, which does not "
          + "exclude this one."
        : "\(text.name(access.other.function)) reads it in attached code and can see it half "
          + "written."
      if access.isThreadState {
        message += " Two threads that use the object at once overwrite each other's thread state."
      }
      var related: [RelatedPlace] = []
      if let other = text.place(
        access.other, access.otherWrites ? .write : .read, symbol,
        access.otherWrites ? "written here, attached" : "read here, attached")
      {
        related.append(other)
      }
      if access.end != access.site,
        let place = text.place(access.site, .call, symbol, "handed on here")
      {
        related.append(place)
      }
      related += more + text.related(access.way) + text.entries(access.site.function)
      return text.finding(
        Self.metadata, at: access.end,
        severity: !access.isCertain
          || access.otherWrites && !access.writes && text.isSetUp(access.other.function)
          ? .medium : nil,
        confidence: access.isCertain ? .high : .medium,
        message: message, symbol: symbol, related: related)
    }
  }
}
