import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Finds memory of the wrong allocator, and memory that is released by another one.
struct AllocatorDomain: Rule {
  static let metadata = RuleMetadata(
    id: "allocator-domain",
    category: .gilAssumptions,
    severity: .high,
    summary: "memory of one allocator used or released as that of another",
    why: "Without the GIL the collector finds objects by walking the heap of objects: what else "
      + "lies there it takes for objects. Memory that is released to another allocator than it "
      + "came from corrupts the heaps of both.",
    remedy: "Use 'PyMem_Malloc' and 'PyMem_Free' for memory that is no object, 'PyMem_RawMalloc' "
      + "and 'PyMem_RawFree' where no thread is attached, and give each block back to the family "
      + "of functions that it came from.",
    limits: "Only memory of which all origins are known is judged. Arrays of C++ are not told "
      + "from single objects.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    let text = DetachedText(package: package, facts: facts)
    return facts.allocationMisuses.compactMap { misuse in
      let function = text.name(misuse.site.function)
      let isSure = text.isCertain(misuse.site.function)
      let memory = misuse.symbol.map { "'\($0)'" } ?? "memory"
      let message: String
      var remediation: String?
      var severity: Severity?
      switch misuse.kind {
      case .notAnObject(let type):
        message =
          "\(function) takes memory for \(memory) ('\(type)') from the heap of Python objects, "
          + "with '\(misuse.name)'. It is no object, and without the GIL the collector takes all "
          + "blocks of that heap for objects."
        remediation = "Use 'PyMem_Malloc', 'PyMem_Realloc' and 'PyMem_Free' for it."
      case .objectElsewhere:
        message =
          "\(function) makes a Python object of memory that '\(misuse.name)' gave, which is not from "
          + "the heap of objects. Without the GIL the collector does not find it there."
        remediation = "Make the object with 'PyObject_New', 'PyObject_GC_New' or 'tp_alloc'."
      case .objectReleased:
        message =
          "\(function) releases the memory of an object with '\(misuse.name)', which is for memory "
          + "that \(Self.name(misuse.domain)) gave. Objects come from the heap of objects."
        remediation = "Call the type's 'tp_free', or 'PyObject_Free' for what 'PyObject_New' made."
      case .mismatch:
        let origin = misuse.sources.first?.name ?? ""
        message =
          "\(function) gives \(memory) to '\(misuse.name)', but it comes from '\(origin)': "
          + "\(Self.name(misuse.domain)) did not make that block."
        let domains = Set(misuse.sources.map(\.domain) + [misuse.domain])
        // The raw domain is the C library's allocator as long as nobody sets another one.
        if domains == [.raw, .libc] { severity = .medium }
        remediation = "Release it with the function that belongs to '\(origin)'."
      }
      var related = misuse.sources.prefix(6).compactMap {
        text.place($0.site, .call, $0.name, "comes from here")
      }
      related += text.entries(misuse.site.function)
      return text.finding(
        Self.metadata, at: misuse.site, severity: severity,
        confidence: isSure ? .high : .medium, message: message,
        symbol: misuse.symbol ?? misuse.name, related: related, remediation: remediation)
    }
  }

  private static func name(_ domain: AllocationFact.Domain) -> String {
    switch domain {
    case .object, .collected, .type: "the allocator of objects"
    case .mem: "'PyMem_Malloc'"
    case .raw: "'PyMem_RawMalloc'"
    case .libc: "'malloc'"
    case .cxx: "'new'"
    }
  }
}
