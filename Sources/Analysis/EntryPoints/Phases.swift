package import ProgramModel

/// The times of a package's life at which a function can run.
package struct PhaseSet: OptionSet, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// While the module is imported, before any other thread can use it.
  package static let initialisation = Self(rawValue: 1)
  /// At any time, on any thread, also at the same time as itself.
  package static let runtime = Self(rawValue: 2)
  /// While an object is made that no other thread has yet.
  package static let creation = Self(rawValue: 4)
  /// While an object that no other thread has any more is taken down.
  package static let destruction = Self(rawValue: 8)
  /// Called by the garbage collector while it holds all other threads.
  package static let collection = Self(rawValue: 16)
  /// Called by the garbage collector when the other threads run again.
  package static let clearing = Self(rawValue: 32)
  /// While the module or the interpreter is taken down, when nobody calls the module any more.
  package static let finalisation = Self(rawValue: 64)

  /// The phases in which other threads can run the package's code at the same time.
  package static let concurrent: Self = [.runtime, .creation, .destruction, .clearing]

  private static let names: [(Self, String)] = [
    (.initialisation, "initialisation"), (.runtime, "runtime"), (.creation, "creation"),
    (.destruction, "destruction"), (.collection, "collection"), (.clearing, "clearing"),
    (.finalisation, "finalisation"),
  ]

  package var description: String {
    Self.names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
  }

  fileprivate static let all = names.map(\.0)
}

/// A function that something outside the package calls.
package struct EntryPoint: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `PyInit_…`, `PyModExport_…`, a framework's module body.
    case moduleInitialisation
    /// A function in a slot of a module that runs while it is imported.
    case moduleSlot(String)
    /// Initialisers of variables and constructors that the loader runs.
    case loader
    case method, getter, setter
    /// A slot of a type by its bare name.
    case typeSlot(String)
    /// A function in a table, capsule or foreign record.
    case table
    /// Handed to a function outside the package.
    case callback
    /// Bound by a C++ binding library's `def`.
    case binding
    /// External, not called and nowhere stored: perhaps called from outside, perhaps dead.
    case exported
  }

  package var function: FunctionID
  package var kind: Kind
  package var phase: PhaseSet
  /// Where it is made an entry point: a table's entry, a call; nil for functions by name.
  package var unit: Int?
  package var range: SourceRange?
}

/// When each function can run.
package struct Phases: Sendable {
  /// Sorted by function, then place.
  package let entryPoints: [EntryPoint]
  private let certain: [PhaseSet]
  private let possible: [PhaseSet]

  /// Walks the call graph once for each phase from its entry points.
  package init(_ package: PackageModel, _ graph: CallGraph, _ entryPoints: [EntryPoint]) {
    self.entryPoints = entryPoints
    func spread(_ roots: [EntryPoint]) -> [PhaseSet] {
      var sets = [PhaseSet](repeating: [], count: package.functions.count)
      for phase in PhaseSet.all {
        let first = roots.filter { $0.phase.contains(phase) }.map(\.function)
        for function in graph.reachable(from: first) { sets[Int(function.index)].insert(phase) }
      }
      return sets
    }
    certain = spread(entryPoints.filter { $0.kind != .exported })
    possible = spread(entryPoints)
  }

  /// The phases that reach a function from entry points that are certainly called.
  package func phases(of function: FunctionID) -> PhaseSet { certain[Int(function.index)] }

  /// As `phases`, counting external functions that nobody in the package calls as entry points.
  package func possiblePhases(of function: FunctionID) -> PhaseSet {
    possible[Int(function.index)]
  }

  /// Can run while other threads run code of the package, as far as entry points tell, those
  /// that are perhaps called from outside included.
  package func isConcurrent(_ function: FunctionID) -> Bool {
    !possible[Int(function.index)].isDisjoint(with: .concurrent)
  }

  /// Runs while the module is imported and at no other time.
  package func isInitialisationOnly(_ function: FunctionID) -> Bool {
    certain[Int(function.index)] == .initialisation
      && possible[Int(function.index)] == .initialisation
  }

  /// Nothing reaches it.
  package func isUnreachable(_ function: FunctionID) -> Bool {
    possible[Int(function.index)].isEmpty
  }
}
