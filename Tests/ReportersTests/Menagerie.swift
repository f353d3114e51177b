import Findings
import ProgramModel

/// The sources that the menagerie's excerpts come from; no file of this machine is read.
struct MemorySources: SourceProvider {
  var files: [String: [UInt8]]

  func bytes(of path: String) -> [UInt8]? { files[path] }
}

/// A report with one of everything: the only one that golden files are made of.
enum Menagerie {
  static let sources = MemorySources(files: [
    "src/core.c": Array(core.utf8),
    "src/hostile\u{202E}c.c": hostile,
    "src/wide.c": Array("/* 日本語 e\u{301} */ static PyObject *breit; /* 日本 */\n".utf8),
    "src/long.c": Array(long.utf8),
  ])

  private static let core = """
    #include <Python.h>

    static PyObject *cache;
    static int count;

    static PyObject *
    get_cache(PyObject *self, PyObject *unused)
    {
    \tif (cache == NULL) {
    \t\tcache = PyDict_New();
    \t}
    \tcount++;
    \treturn Py_NewRef(cache);
    }

    """

  /// An escape sequence, a reversed comment, a zero-width space, a bell and bytes that are no UTF-8.
  private static let hostile: [UInt8] =
    Array("static int a\u{1B}[31m; /* \u{202E}// x\u{200B}\u{07}\u{9B} ".utf8) + [0xFF, 0xC3]
    + Array(" */ int victim;\n".utf8)

  private static let long =
    String(repeating: "int filler = 0; ", count: 40) + "static PyObject *needle; "
    + String(repeating: "int more = 0; ", count: 40) + "\n"

  static let rules = [
    RuleMetadata(
      id: "gil-slot-missing", category: .moduleDeclaration, severity: .high,
      summary: "module does not say whether it needs the GIL",
      why: "Importing it enables the GIL again for the whole process.",
      remedy: "Add '{Py_mod_gil, Py_MOD_GIL_NOT_USED}' to the module's slots.",
      limits: "Does not see slots that are made at run time."),
    RuleMetadata(
      id: "lazy-initialised-static", category: .staticState, severity: .critical,
      summary: "static reference made on first use without a lock",
      why: "Two threads can both find it empty. One of the two objects is lost or freed twice.",
      remedy: "Make it in the module's exec function, or guard it with a 'PyMutex'.",
      limits: "Does not know locks that callers outside the package hold."),
    RuleMetadata(
      id: "mutable-static-scalar", category: .staticState, severity: .medium,
      summary: "static number written by several threads", why: "Updates are lost.",
      remedy: "Make it atomic.", limits: ""),
    RuleMetadata(
      id: "refcount-is-one", category: .gilAssumptions, severity: .low,
      summary: "test whether a reference count is one", why: "The count is split.",
      remedy: "Use 'PyUnstable_Object_IsUniquelyReferenced'.", limits: ""),
    RuleMetadata(
      id: "limited-api", category: .moduleDeclaration, severity: .info,
      summary: "limited API on free-threaded CPython", why: "There is none before 3.15.",
      remedy: "Build without 'Py_LIMITED_API'.", limits: ""),
  ]

  private static func at(_ path: String, _ line: Int, _ column: Int) -> SourcePosition {
    SourcePosition(path: path, line: line, column: column)
  }

  private static var racing: Finding {
    var related = [
      RelatedPlace(
        position: at("src/core.c", 9, 6), function: "get_cache", symbol: "cache", role: .read,
        message: "tested here without a lock"),
      RelatedPlace(
        position: at("src/core.c", 10, 3), function: "get_cache", symbol: "cache", role: .write,
        message: "stored here without a lock, while another thread can run the same lines"),
    ]
    let others: [(RelatedRole, String)] = [
      (.lock, "the lock that other accesses hold"), (.call, "called here"),
      (.declaration, "declared here"), (.definition, "defined here"),
      (.entryPoint, "method 'get_cache' of 'menagerie._core'"), (.note, ""),
    ]
    for (index, other) in others.enumerated() {
      related.append(
        RelatedPlace(
          position: at("src/other.c", 100 + index, 5), function: index % 2 == 0 ? "help" : nil,
          symbol: nil, role: other.0, message: other.1))
    }
    for line in 200..<207 {
      related.append(
        RelatedPlace(
          position: at("src/other.c", line, 1), function: "reader", symbol: "cache", role: .read,
          message: "read here"))
    }
    var finding = Finding(
      rule: rules[1], confidence: .high,
      message:
        "The static reference 'cache' is made on first use in 'get_cache', which any thread can "
        + "call, and no lock is held between the test and the store.",
      position: at("src/core.c", 3, 18), symbol: "cache", module: "menagerie._core",
      related: related)
    finding.fix = FindingFix(
      description: "Takes the lock around the test.",
      edits: [
        SourceEdit(
          path: "src/core.c", start: .init(offset: 169, line: 11, column: 4),
          end: .init(offset: 169, line: 11, column: 4), replacement: "\n\tPyMutex_Unlock(&lock);"),
        SourceEdit(
          path: "src/core.c", start: .init(offset: 121, line: 9, column: 2),
          end: .init(offset: 123, line: 9, column: 4), replacement: "PyMutex_Lock(&lock);\n\tif"),
      ])
    return finding
  }

  private static var findings: [Finding] {
    var inline = Finding(
      rule: rules[2], confidence: .high, message: "The counter 'count' is written without a lock.",
      position: at("src/core.c", 4, 12), symbol: "count", module: "menagerie._core")
    inline.suppressed = Suppression(kind: .inline, reason: "statistics only\u{1B}[2J")
    var baseline = Finding(
      rule: rules[3], confidence: .low, message: "Known.", position: at("src/gone.c", 7, 1))
    baseline.suppressed = Suppression(kind: .baseline, reason: "in the baseline")
    let hostilePath = "src/hostile\u{202E}c.c"
    return [
      racing, inline, baseline,
      Finding(
        rule: rules[0], confidence: .high,
        message: "The module 'menagerie._core' has no 'Py_mod_gil' slot.",
        position: at("src/core.c", 13, 2), function: "get_cache", module: "menagerie._core"),
      Finding(
        rule: rules[0], confidence: .high, message: "Cython's directive is missing.",
        position: at("src/_speed.c", 12345, 1), module: "menagerie._speed", generated: "cython"),
      Finding(
        rule: rules[2], confidence: .medium,
        message: "A message\nof two lines with \"quotes\", a \\ and \u{2028} a separator.",
        position: at(hostilePath, 1, 47), function: "f\u{7F}n", symbol: "victim"),
      Finding(
        rule: rules[2], confidence: .low, message: "Wide characters stand before it.",
        position: at("src/wide.c", 1, 38), symbol: "breit"),
      Finding(
        rule: rules[2], severity: .low, confidence: .high, message: "Far out on a long line.",
        position: at("src/long.c", 1, 658), symbol: "needle"),
      Finding(
        rule: rules[3], confidence: .high, message: "Beyond the end of the file.",
        position: at("src/core.c", 99, 1)),
      Finding(
        rule: rules[4], confidence: .high, message: "The macro is set in 'setup.py'.",
        position: at("setup.py", 3, 0)),
    ]
  }

  static var report: AuditReport {
    AuditReport(
      tool: .init(
        name: "ftaudit", version: "0.1.0", clang: "clang version 19.1.7", headers: "3.14.1",
        target: "3.14"),
      package: .init(name: "menagerie", version: "1.2.3", root: "menagerie-1.2.3.tar.gz"),
      modules: [
        .init(
          name: "menagerie._core", file: "src/core.c", line: 40, initialisation: "multi-phase",
          declaration: "missing", why: "The slots 'core_slots' hold no 'Py_mod_gil'.",
          evidence: .init(
            severe: 0, latent: 5,
            rules: [
              .init(rule: "lazy-initialised-static", findings: 3),
              .init(rule: "refcount-is-one", findings: 2),
            ])),
        .init(
          name: "menagerie._export", file: "src/export.c", line: 1,
          initialisation: "export-slots", declaration: "not-used",
          why: "'Py_mod_gil' is 'Py_MOD_GIL_NOT_USED'.", score: 90, grade: "3 - Stable",
          evidence: .init(
            severe: 1, latent: 0, rules: [.init(rule: "cached-size-loop", findings: 1)])),
        .init(
          name: "menagerie._old", file: "src/old.c", line: 9, initialisation: "single-phase",
          declaration: "ineffective",
          why: "'PyUnstable_Module_SetGIL' is called after the module was returned."),
        .init(
          name: "menagerie._speed", file: "src/_speed.c", line: 3,
          initialisation: "framework:Cython", declaration: "used",
          why: "The directive 'freethreading_compatible' is false."),
        .init(
          name: "menagerie.subpackage.with_a_rather_long_name._x\u{200B}", file: "src/x.cpp",
          line: 5, initialisation: "unknown", declaration: "unknown",
          why: "The file could not be analysed."),
      ],
      readiness: .init(
        score: 37, grade: "1 - Unstable",
        verdict: "Importing 'menagerie._core' enables the GIL again.",
        deductions: [
          .init(rule: "gil-slot-missing", points: 40, findings: 1, why: "the GIL comes back"),
          .init(rule: "lazy-initialised-static", points: 22.5, findings: 2, why: "a race"),
        ], confidence: .medium),
      findings: Fingerprints.assign(to: findings) { sources.bytes(of: $0) },
      coverage: .init(
        functions: 120, functionsAnalysed: 117,
        units: [
          .init(file: "src/core.c", status: .analysed, reason: nil, missingHeaders: []),
          .init(
            file: "src/export.c", status: .partlyAnalysed,
            reason: "3 functions use types that no header declares",
            missingHeaders: ["foo/foo.h", "bar.h"]),
          .init(file: "src/old.c", status: .analysed, reason: nil, missingHeaders: []),
          .init(
            file: "src/x\u{1B}]0;title\u{07}.cpp", status: .unanalysed,
            reason: "clang crashed on it", missingHeaders: []),
          .init(
            file: "tests/t.c", status: .skipped, reason: "a test", missingHeaders: []),
        ]),
      notes: [
        "The package's configuration was read but does not act: the input is an archive.",
        "Headers of Python 3.11 raised to 3.14.",
      ],
      categoriesChecked: [.moduleDeclaration])
  }

  /// The same package with nothing found.
  static var silent: AuditReport {
    var report = report
    report.findings = []
    report.notes = []
    report.package.version = nil
    report.modules = []
    report.readiness = .init(
      score: nil, grade: nil, verdict: "No score: too little is covered.", deductions: [],
      confidence: .low)
    return report
  }
}
