import Analysis
import Findings
import ProgramModel

/// Finds shared data that is written by native threads which attach for it and use no other lock.
struct GILStateAsMutex: Rule {
  static let metadata = RuleMetadata(
    id: "gil-state-as-mutex",
    category: .gilAssumptions,
    severity: .high,
    summary: "shared data guarded only by attaching the thread",
    why: "With the GIL, 'PyGILState_Ensure' let in one thread at a time, and so served as a lock. "
      + "Without the GIL it still attaches the thread, and must, but any number of threads are "
      + "attached at once.",
    remedy: "Keep the calls, and guard the data with a lock of its own: a 'PyMutex' in the object "
      + "or beside the static variable, taken by all that touch it; or make single values atomic.",
    limits: "Only regions that attach a thread which was not attached are looked at: callbacks of "
      + "libraries, native threads, and code in detached regions.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    let text = DetachedText(package: package, facts: facts)
    return facts.detached.regions.compactMap { region in
      guard let first = region.writes.first else { return nil }
      let names = region.writes.map { text.symbol($0.subject) }
      let subject = text.subject(first.subject)
      var more = ""
      if names.count > 1 { more = " and " + NameList.text(Array(names.dropFirst())) }
      let message =
        "\(text.name(region.begin.function)) attaches its thread with \(text.name(region.callee)) "
        + "and then writes \(subject)\(more) without a lock. "
        + "\(text.name(first.other.function)) touches it as well, and without the GIL being "
        + "attached excludes nobody."
      var related: [RelatedPlace] = []
      for write in region.writes.prefix(6) {
        let symbol = text.symbol(write.subject)
        related += [
          text.place(write.site, .write, symbol, "written here, only attached"),
          text.place(write.other, .read, symbol, "touched here as well"),
        ].compactMap(\.self)
      }
      related += text.entries(region.begin.function)
      return text.finding(
        Self.metadata, at: region.begin,
        confidence: text.isCertain(region.begin.function) ? .high : .medium, message: message,
        symbol: text.symbol(first.subject), related: related)
    }
  }
}
