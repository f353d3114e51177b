/// A field of a CPython structure that sources should not touch directly.
package struct FieldFact: Sendable, Hashable {
  /// The type's name, such as "PyListObject".
  package let structure: String
  /// The field, such as "ob_item".
  package let field: String
  /// Which kind of hazard direct access is, a word of the table such as "raw_container".
  package let hazard: String
  /// What to use instead, in words; `nil` where there is nothing.
  package let replacement: String?
  /// The headers that have the field, such as "3.14" or, for the free-threaded view, "3.14t".
  package let presentIn: [String]
  /// What a reader should know besides; `nil` where there is nothing.
  package let note: String?

  init(_ row: FactTables.Row) {
    var row = row
    structure = row.text()
    field = row.text()
    hazard = row.text()
    replacement = row.optionalText()
    presentIn = row.list()
    note = row.optionalText()
  }
}

/// A function that allocates, resizes or releases memory.
package struct AllocationFact: Sendable, Hashable {
  /// The function or macro.
  package let name: String
  /// Whose memory.
  package let domain: Domain
  /// What is done with it.
  package let role: Role

  /// The domains of CPython's allocators, and those of C and C++; memory is released in the one
  /// it comes from.
  package enum Domain: String, Sendable, CaseIterable {
    /// Python objects, and without the GIL nothing else.
    case object
    /// Python objects with the collector's part in front.
    case collected
    /// Python objects with or without that, as the type says.
    case type
    /// Buffers, with the thread state attached.
    case mem
    /// Buffers, also with the thread state detached.
    case raw
    /// The C library.
    case libc
    /// The operators of C++.
    case cxx
  }

  /// What an allocation function does.
  package enum Role: String, Sendable, CaseIterable {
    case allocate, resize, release
  }

  init?(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    guard let domain = row.word(Domain.self), let role = row.word(Role.self) else { return nil }
    self.domain = domain
    self.role = role
  }
}

/// A function of the C library that is not safe to call from several threads.
package struct LibraryFact: Sendable, Hashable {
  /// The function.
  package let name: String
  /// How bad.
  package let severity: Severity
  /// What is unsafe in it, as a word: one lock must be held over all functions of a group.
  package let group: String
  /// What to use instead, in words; `nil` where there is nothing.
  package let replacement: String?
  /// Why; `nil` where the name says it.
  package let note: String?

  /// How bad a call is.
  package enum Severity: String, Sendable, CaseIterable {
    case high, medium, low
  }

  init?(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    guard let severity = row.word(Severity.self) else { return nil }
    self.severity = severity
    group = row.optionalText() ?? name
    replacement = row.optionalText()
    note = row.optionalText()
  }
}

/// A framework that generates or wraps extension modules.
package struct FrameworkFact: Sendable, Hashable {
  /// The name in reports, such as "pybind11".
  package let name: String
  /// Texts whose presence in a source says that the framework is used.
  package let markers: [String]
  /// How a module of the framework declares that it needs no GIL, in words.
  package let declaredWhen: String?
  /// What looks like a declaration and is none, in words.
  package let notDeclared: String?
  /// The declaration in the sources from which the framework generates, in words.
  package let sourceMarker: String?
  /// The first version of the framework that knows the declaration, `nil` where unknown.
  package let minimumVersion: String?
  /// What a reader should know besides; `nil` where there is nothing.
  package let note: String?

  init(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    markers = row.optionalText()?.split(separator: " | ").map(String.init) ?? []
    declaredWhen = row.optionalText()
    notDeclared = row.optionalText()
    sourceMarker = row.optionalText()
    minimumVersion = row.optionalText()
    note = row.optionalText()
  }
}
