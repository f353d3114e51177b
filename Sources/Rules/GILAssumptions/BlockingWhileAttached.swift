import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Finds calls and loops that wait while their thread is attached.
struct BlockingWhileAttached: Rule {
  static let metadata = RuleMetadata(
    id: "blocking-while-attached",
    category: .gilAssumptions,
    severity: .high,
    summary: "thread waits although it is attached",
    why: "The garbage collector and others stop the world: they wait until each attached thread "
      + "comes to a point where it can be held. A thread that waits in native code comes to none, "
      + "and with it the whole process stands still; where it waits for another thread that is "
      + "held by then, for ever.",
    remedy: "Detach around the wait: 'Py_BEGIN_ALLOW_THREADS' and 'Py_END_ALLOW_THREADS', or "
      + "'gil_scoped_release'. Replace a loop that asks a flag again and again by an event or a "
      + "lock that detaches, such as 'PyMutex'.",
    limits: "Whether a descriptor is set not to block is not known. Loops that give up after a "
      + "number of rounds are not reported.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    let text = DetachedText(package: package, facts: facts)
    return facts.detached.waits.compactMap { wait in
      let function = text.name(wait.site.function)
      switch wait.kind {
      case .call(let name, let kind):
        return text.finding(
          Self.metadata, at: wait.site, severity: .medium,
          confidence: kind == .network || kind == .events ? .medium : .high,
          message: "\(function) calls '\(name)' while its thread is attached: it waits for "
            + "\(Self.awaited(kind)), and all that stops the world waits with it.",
          symbol: name, related: text.entries(wait.site.function))
      case .loop(let name):
        return text.finding(
          Self.metadata, at: wait.site, confidence: .high,
          message: "\(function) asks '\(name)' again and again until another thread changes it, "
            + "and stays attached. Where that thread is held, or waits to attach, neither goes on.",
          symbol: name, related: text.entries(wait.site.function))
      }
    }
  }

  private static func awaited(_ kind: BlockingFact.Kind) -> String {
    switch kind {
    case .sleep, .yield: "time to pass"
    case .network: "the other side of a connection"
    case .events: "something to happen on a descriptor"
    case .condition: "another thread"
    case .thread: "a thread to end"
    case .process: "a process to end"
    case .message: "a message"
    case .signal: "a signal"
    case .file: "a lock of a file"
    }
  }
}
