import Analysis
import Findings
import ProgramModel

/// Finds calls of the C API by threads that are detached.
struct PythonAPIWhileDetached: Rule {
  static let metadata = RuleMetadata(
    id: "python-api-while-detached",
    category: .gilAssumptions,
    severity: .critical,
    summary: "Python C API called while the thread is detached",
    why: "Reference counts, allocators, critical sections and exceptions all work on the state of "
      + "the thread, and a detached thread has none. Without the GIL the garbage collector also "
      + "runs beside it and frees what it looks at.",
    remedy: "Attach before the call: end the region first, or put 'Py_BLOCK_THREADS' and "
      + "'Py_UNBLOCK_THREADS' around it. In a native thread use 'PyGILState_Ensure'. For memory "
      + "use 'PyMem_RawMalloc' and its relatives.",
    limits: "Where the state of the thread depends on what is not known, nothing is reported. "
      + "Calls that only read a constant part of an object are not reported.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    let text = DetachedText(package: package, facts: facts)
    return facts.detached.calls.compactMap { call in
      let what =
        call.isAllocation
        ? "Python's allocators need an attached thread, and so does the debug hook of each."
        : "The call works on the state of the thread, which a detached one does not have."
      var related = text.related(call.way)
      related += call.others.prefix(8).compactMap {
        text.place($0, .call, call.name, "called here as well")
      }
      related += text.entries(call.site.function)
      let isSure = text.isCertain(call.site.function)
      return text.finding(
        Self.metadata, at: call.site, confidence: isSure ? .high : .medium,
        message: "\(text.name(call.site.function)) calls '\(call.name)' \(text.because(call.way)). "
          + what,
        symbol: call.name, related: related,
        remediation: call.isAllocation
          ? "Allocate before detaching, or use 'PyMem_RawMalloc', 'PyMem_RawRealloc' and "
            + "'PyMem_RawFree', which need no thread state." : nil)
    }
  }
}
