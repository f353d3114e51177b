import ProgramModel
package import PythonAPI

/// A call of a function outside the package, or of a library that the package bundles.
package struct LibraryCall: Hashable, Sendable {
  package var site: CodeSite
  /// The function, or the macro of the library that calls it.
  package var name: String
}

/// What a package does with code that several threads must not run at once.
package struct LibraryUses: Sendable {
  /// Calls of one function of the C library in one function of the package.
  package struct Libc: Hashable, Sendable {
    package var fact: LibraryFact
    /// In the order of the text, at least one.
    package var calls: [LibraryCall]
    /// A lock that other calls of the group hold.
    package var lockOfOthers: LockKey?
    /// Calls of the group elsewhere in the package, without that lock; each function once.
    package var others: [LibraryCall]
  }

  /// Calls of a library whose state belongs to the process.
  package struct Process: Hashable, Sendable {
    package var library: UnsafeLibrary
    /// Those that no common lock covers, the first of each function; in the order of files.
    package var calls: [LibraryCall]
    package var lockOfOthers: LockKey?
  }

  /// Calls of a library with a handle that an object holds.
  package struct Handle: Hashable, Sendable {
    package var library: UnsafeLibrary
    /// The field, and the record that it is in.
    package var field: String
    package var record: String
    /// Those without a lock, the first of each function; in the order of files.
    package var calls: [LibraryCall]
    /// The first call that holds a lock; nil: none does.
    package var locked: LibraryCall?
  }

  /// In the order of functions, then names.
  package let libc: [Libc]
  /// In the order of libraries.
  package let processes: [Process]
  /// In the order of libraries and fields.
  package let handles: [Handle]

  static func find(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks
  ) -> LibraryUses {
    let finder = LibraryFinder(package, graph, phases, locks)
    return LibraryUses(
      libc: finder.libc(), processes: finder.processes(),
      handles: HandleFinder(finder: finder).find())
  }
}
