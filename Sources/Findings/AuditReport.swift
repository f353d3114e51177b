/// Everything that an audit found out: what every reporter renders.
package struct AuditReport: Sendable {
  /// What made the report.
  package struct Tool: Sendable, Hashable {
    package var name: String
    package var version: String
    /// libclang's own version line.
    package var clang: String
    /// Version of the Python headers, `3.14.1`; with a note where the prelude raised older ones.
    package var headers: String
    /// The free-threaded CPython audited for, `3.14`.
    package var target: String

    package init(name: String, version: String, clang: String, headers: String, target: String) {
      self.name = name
      self.version = version
      self.clang = clang
      self.headers = headers
      self.target = target
    }
  }

  package struct Package: Sendable, Hashable {
    package var name: String
    /// nil where neither metadata nor the folder's name says.
    package var version: String?
    /// As the user named the input.
    package var root: String

    package init(name: String, version: String?, root: String) {
      self.name = name
      self.version = version
      self.root = root
    }
  }

  /// One extension module.
  package struct Module: Sendable, Hashable {
    /// Severe findings in code that the module's entry points reach.
    package struct Evidence: Sendable, Hashable {
      /// Those that strike today: the module declares that it does not need the GIL.
      package var severe: Int
      /// Those that wait for the day when it runs without the GIL.
      package var latent: Int
      /// How many there are of each rule, most first, then by name.
      package var rules: [Count]

      package struct Count: Sendable, Hashable {
        package var rule: String
        package var findings: Int

        package init(rule: String, findings: Int) {
          self.rule = rule
          self.findings = findings
        }
      }

      package init(severe: Int, latent: Int, rules: [Count]) {
        self.severe = severe
        self.latent = latent
        self.rules = rules
      }
    }

    package var name: String
    package var file: String
    package var line: Int
    /// `multi-phase`, `single-phase`, `export-slots`, `framework:NAME` or `unknown`.
    package var initialisation: String
    /// `not-used`, `used`, `missing`, `ineffective` or `unknown`.
    package var declaration: String
    /// Why the declaration is judged so, one sentence.
    package var why: String
    package var score: Int?
    package var grade: String?
    /// nil where findings were not counted by module.
    package var evidence: Evidence?

    package init(
      name: String, file: String, line: Int, initialisation: String, declaration: String,
      why: String, score: Int? = nil, grade: String? = nil, evidence: Evidence? = nil
    ) {
      self.name = name
      self.file = file
      self.line = line
      self.initialisation = initialisation
      self.declaration = declaration
      self.why = why
      self.score = score
      self.grade = grade
      self.evidence = evidence
    }
  }

  package struct Deduction: Sendable, Hashable {
    package var rule: String
    package var points: Double
    package var findings: Int
    package var why: String

    package init(rule: String, points: Double, findings: Int, why: String) {
      self.rule = rule
      self.points = points
      self.findings = findings
      self.why = why
    }
  }

  package struct Readiness: Sendable, Hashable {
    /// 0…100; nil where there is no score, with `verdict` saying why.
    package var score: Int?
    package var grade: String?
    /// One sentence.
    package var verdict: String
    package var deductions: [Deduction]
    package var confidence: Confidence

    package init(
      score: Int?, grade: String?, verdict: String, deductions: [Deduction],
      confidence: Confidence
    ) {
      self.score = score
      self.grade = grade
      self.verdict = verdict
      self.deductions = deductions
      self.confidence = confidence
    }
  }

  /// How one source file fared.
  package struct Unit: Sendable, Hashable {
    package enum Status: String, Sendable, CaseIterable, Codable {
      case analysed
      case partlyAnalysed = "partly-analysed"
      case unanalysed
      /// Deliberately left out: tests, other platforms, files that another source includes.
      case skipped
    }

    package var file: String
    package var status: Status
    /// Why it is not fully analysed; nil for analysed units.
    package var reason: String?
    package var missingHeaders: [String]

    package init(file: String, status: Status, reason: String?, missingHeaders: [String]) {
      self.file = file
      self.status = status
      self.reason = reason
      self.missingHeaders = missingHeaders
    }
  }

  package struct Coverage: Sendable, Hashable {
    /// Compile units, without the skipped ones.
    package var filesFound: Int
    package var filesAnalysed: Int
    package var filesPartlyAnalysed: Int
    package var filesUnanalysed: Int
    package var functions: Int
    /// Functions without a gap.
    package var functionsAnalysed: Int
    package var units: [Unit]

    package init(functions: Int, functionsAnalysed: Int, units: [Unit]) {
      self.functions = functions
      self.functionsAnalysed = functionsAnalysed
      self.units = units
      filesFound = units.count { $0.status != .skipped }
      filesAnalysed = units.count { $0.status == .analysed }
      filesPartlyAnalysed = units.count { $0.status == .partlyAnalysed }
      filesUnanalysed = units.count { $0.status == .unanalysed }
    }
  }

  package var tool: Tool
  package var package: Package
  package var modules: [Module]
  package var readiness: Readiness
  package var findings: [Finding]
  package var coverage: Coverage
  /// Things the user should know that are no finding: fallbacks, ignored configuration.
  package var notes: [String]
  /// The categories whose rules ran, so that "no findings" never reads as more than it is.
  package var categoriesChecked: [Category]

  package init(
    tool: Tool, package: Package, modules: [Module], readiness: Readiness, findings: [Finding],
    coverage: Coverage, notes: [String], categoriesChecked: [Category] = []
  ) {
    self.tool = tool
    self.package = package
    self.modules = modules
    self.readiness = readiness
    self.findings = findings
    self.coverage = coverage
    self.notes = notes
    self.categoriesChecked = categoriesChecked
  }

  /// What the rules that ran can and cannot have seen, in sentences.
  package var scope: String {
    let checked = Category.allCases.filter(categoriesChecked.contains)
    let unchecked = Category.allCases.filter { !categoriesChecked.contains($0) }
    func list(_ categories: [Category]) -> String {
      categories.isEmpty ? "none" : categories.map(\.rawValue).joined(separator: ", ")
    }
    return "Categories of rules checked: \(list(checked)). Not checked: \(list(unchecked))."
  }
}
