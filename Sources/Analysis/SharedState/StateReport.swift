package import ProgramModel

/// Why a state is safe, or that it is not.
package enum StateSafety: Hashable, Sendable {
  case constant
  case threadLocal
  /// A lock, condition or once flag.
  case synchronisation
  case atomic
  /// Not const, but no code of the package writes it.
  case neverWritten
  case initialisationOnly
  /// Written after initialisation, but all that is seen of it is under one lock.
  case guarded(HeldLock)
  /// Filled by a once construct or behind an atomic flag.
  case once
  /// A table or type that describes Python objects and that only Python reads.
  case descriptor
  case generated(SourceGenerator)
  /// Nothing that runs touches it.
  case unreachable
  case hazardous

  /// One word for tables and JSON.
  package var word: String {
    switch self {
    case .constant: "const"
    case .threadLocal: "thread-local"
    case .synchronisation: "lock"
    case .atomic: "atomic"
    case .neverWritten: "never-written"
    case .initialisationOnly: "initialisation-only"
    case .guarded: "guarded"
    case .once: "once"
    case .descriptor: "descriptor"
    case .generated: "generated"
    case .unreachable: "unreachable"
    case .hazardous: "hazardous"
    }
  }
}

/// The pattern of a hazardous state; each is one rule.
package enum StatePattern: String, Hashable, Sendable, CaseIterable {
  case lazyInitialised, doubleChecked, lazyLock, mutableObject, scalar, scratchBuffer
  case returnedStorage, mutableTable, staticType, libraryHandle, freelist, container
  case callbackContext, threadState, homeMadeLock
}

/// What is wrong with a hazardous state.
package struct StateHazard: Hashable, Sendable {
  package var pattern: StatePattern
  /// The two accesses that race, a write first.
  package var write: StateAccess
  package var other: StateAccess
  /// What racing writes store.
  package var stored: [StoredValue]
  /// States that this one is the flag, counter or head of: they race with it and have no
  /// finding of their own.
  package var companions: [StateID]
  /// A lock that some of the accesses hold; nil when none holds one.
  package var lock: HeldLock?
  /// The value is used where a wrong one breaks memory: as an index, a size, an offset.
  package var isUsedAsIndex: Bool
  /// The old value, or the value after a change, is used: as an id, not only for statistics.
  package var isValueUsed: Bool
  /// A write releases what was there before.
  package var releasesOld: Bool
  /// Functions that change at run time what the pointer points to; not for Python objects.
  package var pointeeWriters: [FunctionID]
}

/// What the analyses know of one state.
package struct StateReport: Hashable, Sendable {
  package var declaration: StateDeclaration
  package var safety: StateSafety
  /// Why, in a sentence.
  package var proof: String
  /// In the order of functions and instructions.
  package var accesses: [StateAccess]
  /// nil unless hazardous; nil, too, for a companion of another state.
  package var hazard: StateHazard?
  /// The hazardous state whose finding speaks of this one; nil for others.
  package var companionOf: StateID?

  package var id: StateID { declaration.id }
}

/// The states of a package.
package struct SharedStates: Sendable {
  /// Every state, sorted by place and name.
  package let reports: [StateReport]
  private let byID: [StateID: Int]

  init(_ reports: [StateReport]) {
    self.reports = reports.sorted {
      ($0.declaration.sortPosition, $0.declaration.name)
        < ($1.declaration.sortPosition, $1.declaration.name)
    }
    byID = Dictionary(
      self.reports.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The report of a state; nil for states of other libraries.
  package subscript(id: StateID) -> StateReport? { byID[id].map { reports[$0] } }

  /// The hazardous states of one pattern that have a finding of their own.
  package func hazards(_ pattern: StatePattern) -> [(report: StateReport, hazard: StateHazard)] {
    reports.compactMap { report in
      guard let hazard = report.hazard, hazard.pattern == pattern else { return nil }
      return (report, hazard)
    }
  }
}
