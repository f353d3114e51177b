import Analysis
import Findings
import ProgramModel

/// Finds builds against the limited API where free-threaded Python has none.
struct LimitedAPIOnFreeThreaded: Rule {
  static let metadata = RuleMetadata(
    id: "limited-api-on-free-threaded",
    category: .moduleDeclaration,
    severity: .high,
    summary: "limited API in a build for free-threaded Python",
    why: "Free-threaded CPython 3.13 and 3.14 have no stable ABI: their headers refuse "
      + "'Py_LIMITED_API', and an 'abi3' file of an ordinary build cannot be imported. Python 3.15 "
      + "has one, 'abi3t', from limited API 3.15 on.",
    remedy: "Do not define 'Py_LIMITED_API' where 'Py_GIL_DISABLED' is defined; in a build script "
      + "test 'sysconfig.get_config_var(\"Py_GIL_DISABLED\")'.",
    limits: "Conditions in build scripts are not computed: a script that tests for free-threaded "
      + "Python anywhere near is taken to spare it.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.limitedAPI.map { use in
      let version = use.value.map { " of Python \($0 >> 24).\($0 >> 16 & 0xFF)" } ?? ""
      return Finding(
        rule: Self.metadata, confidence: use.isInSource ? .high : .medium,
        message: "The limited API\(version) is asked for also when the build is for free-threaded "
          + "CPython \(package.target), which does not offer it.",
        position: use.position, symbol: use.symbol, module: use.module)
    }
  }
}
