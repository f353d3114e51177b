/// Every static object of a package with its verdict: what `ftaudit state` lists.
package struct StateTable: Sendable {
  package var tool: AuditReport.Tool
  package var package: AuditReport.Package
  /// Sorted by verdict, severity (the highest first), place and name.
  package let states: [State]
  package var coverage: AuditReport.Coverage
  /// As `AuditReport.notes`.
  package var notes: [String]

  package init(
    tool: AuditReport.Tool, package: AuditReport.Package, states: [State],
    coverage: AuditReport.Coverage, notes: [String]
  ) {
    self.tool = tool
    self.package = package
    self.states = states.sorted {
      let (severity, other) = ($0.severity?.rank ?? -1, $1.severity?.rank ?? -1)
      if ($0.verdict, other) != ($1.verdict, severity) {
        return ($0.verdict, other) < ($1.verdict, severity)
      }
      return ($0.file, $0.line, $0.column, $0.qualifiedName, $0.type)
        < ($1.file, $1.line, $1.column, $1.qualifiedName, $1.type)
    }
    self.coverage = coverage
    self.notes = notes
    if let incompleteness { self.notes.insert(incompleteness, at: 0) }
  }

  /// What a state is judged to be, in the order of tables.
  package enum Verdict: String, Sendable, CaseIterable, Comparable {
    case hazardous, guarded, once, atomic
    case initialisationOnly = "initialisation-only"
    case neverWritten = "never-written"
    case descriptor, lock
    case threadLocal = "thread-local"
    case generated, unreachable, const

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// Where a state lives.
  package enum Kind: String, Sendable, CaseIterable {
    /// File-scope `static`, or in an unnamed namespace.
    case fileStatic = "file-static"
    case global
    /// `static` inside a function.
    case functionStatic = "function-static"
    /// Static data member of a class.
    case staticMember = "static-member"
    /// Field of the record that a module keeps its state in; no static object.
    case moduleStateField = "module-state-field"
  }

  /// How often the sources touch a state in one phase, and which functions write it.
  package struct Accesses: Sendable, Hashable {
    /// Reads of the object, also to follow a pointer in it.
    package var reads: Int
    /// Writes of the object, not of what it points to; a change such as `n++` is a read and a write.
    package var writes: Int
    /// Functions with such a write, or that hand the object to one that writes it; sorted.
    package var writers: [String]

    package init(reads: Int = 0, writes: Int = 0, writers: [String] = []) {
      self.reads = reads
      self.writes = writes
      self.writers = writers
    }
  }

  /// One object, or one field of module state.
  package struct State: Sendable, Hashable {
    /// Bare name; empty for an unnamed union, whose members stand for variables.
    package var name: String
    /// With namespaces and classes.
    package var qualifiedName: String
    /// As the source spells it.
    package var type: String
    package var kind: Kind
    /// The function of a function-local static, or the record of a field of module state; nil
    /// for others.
    package var owner: String?
    package var file: String
    package var line: Int
    package var column: Int
    /// False for what is declared in the package and defined elsewhere.
    package var isDefined: Bool
    package var verdict: Verdict
    /// Why the verdict, a phrase without a full stop.
    package var proof: String
    /// The lock that guards it; nil unless guarded.
    package var lock: String?
    /// The rule that reports it or what it races together with; nil where none does.
    package var rule: String?
    /// Severity of that finding; nil where there is none.
    package var severity: Severity?
    /// The hazardous state whose finding speaks of this one too; nil for others.
    package var companionOf: String?
    /// While no other thread can touch it: at import and at the end of the process.
    package var atImport: Accesses
    package var atRunTime: Accesses
    /// Whether a write is only assumed: through a pointer that may point here, or by a foreign
    /// function that is given the address.
    package var hasAssumedWrites: Bool
    /// The module whose functions use it; nil where there is none or several.
    package var module: String?
    /// The generator of the file it stands in; nil where people wrote it.
    package var generator: String?

    package init(
      name: String, qualifiedName: String, type: String, kind: Kind, owner: String? = nil,
      file: String, line: Int, column: Int, isDefined: Bool = true, verdict: Verdict,
      proof: String, lock: String? = nil, rule: String? = nil, severity: Severity? = nil,
      companionOf: String? = nil, atImport: Accesses = Accesses(),
      atRunTime: Accesses = Accesses(), hasAssumedWrites: Bool = false, module: String? = nil,
      generator: String? = nil
    ) {
      self.name = name
      self.qualifiedName = qualifiedName
      self.type = type
      self.kind = kind
      self.owner = owner
      self.file = file
      self.line = line
      self.column = column
      self.isDefined = isDefined
      self.verdict = verdict
      self.proof = proof
      self.lock = lock
      self.rule = rule
      self.severity = severity
      self.companionOf = companionOf
      self.atImport = atImport
      self.atRunTime = atRunTime
      self.hasAssumedWrites = hasAssumedWrites
      self.module = module
      self.generator = generator
    }
  }

  /// What to say where objects may be missing: of files that were not wholly read; nil where all
  /// were.
  private var incompleteness: String? {
    let unread = coverage.filesUnanalysed
    let headless = coverage.units.count { !$0.missingHeaders.isEmpty }
    var reasons: [String] = []
    if unread > 0 { reasons.append("of files that could not be analysed (\(unread))") }
    if headless > 0 {
      reasons.append("whose types come from headers that are missing (in files: \(headless))")
    }
    return reasons.isEmpty
      ? nil : "Not listed are objects " + reasons.joined(separator: ", and objects ") + "."
  }

  /// Static objects, without the fields of module state.
  package var objects: Int { states.count { $0.kind != .moduleStateField } }
  package var moduleStateFields: Int { states.count - objects }

  /// How many states have each verdict, in the order of tables; verdicts of none are left out.
  package var counts: [(verdict: Verdict, count: Int)] {
    Verdict.allCases.compactMap { verdict in
      let count = states.count { $0.verdict == verdict }
      return count == 0 ? nil : (verdict, count)
    }
  }
}
