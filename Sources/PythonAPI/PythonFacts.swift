/// What is known of the C API, of locks, and of the C library, by name.
package struct PythonFacts: Sendable {
  /// The facts, read from the generated tables at the first use.
  package static let shared = PythonFacts()

  /// Functions and macros of the C API by name.
  package let functions: [String: APIFact]
  /// Fields of CPython's structures, those of a structure together, by the structure's name.
  package let structFields: [String: [FieldFact]]
  /// Allocation functions and macros by name.
  package let allocations: [String: AllocationFact]
  /// Functions that can wait, by name.
  package let blocking: [String: BlockingFact]
  /// Functions of the C API that need no attached thread state, by name.
  package let detached: [String: DetachedFact]
  /// All facts on locks, thread states, and values per thread, sorted by name.
  package let locks: [LockFact]
  /// Locks and the like that are called or declared, by name; without prefixes and specifiers.
  package let lockFunctions: [String: LockFact]
  /// How the names of atomic operations begin, sorted.
  package let atomicPrefixes: [String]
  /// Functions of the C library that are not safe to call from several threads, by name.
  package let libcFunctions: [String: LibraryFact]
  /// Libraries whose state or handles have no lock, sorted by name.
  package let libraries: [UnsafeLibrary]
  /// All slots, sorted by their number in 3.15.
  package let slots: [SlotFact]
  /// The module slots' roles by number, of both generations: 4 and 87 are both `.gil`.
  package let moduleSlots: [Int: ModuleSlotRole]
  /// The type slots by number, of both generations: 4 and 91 are both `Py_mp_length`.
  package let typeSlots: [Int: SlotFact]
  /// Frameworks, sorted by name.
  package let frameworks: [FrameworkFact]

  /// What is known of a function or macro; `nil` for a name that is not of the C API.
  package func function(_ name: String) -> APIFact? {
    functions[name]
  }

  /// What is known of a field; `nil` where there is nothing to say against its use.
  package func field(_ field: String, of structure: String) -> FieldFact? {
    structFields[structure]?.first { $0.field == field }
  }

  /// Whether a function or macro of the C API may only be called by a thread that is attached;
  /// false, too, for what is not known.
  package func needsAttachedThread(_ name: String) -> Bool {
    guard detached[name] == nil else { return false }
    if functions[name] != nil { return true }
    switch allocations[name]?.domain {
    case .object, .collected, .type, .mem: return true
    case .raw, .libc, .cxx, nil: return false
    }
  }

  /// Whether a name is that of an atomic operation, by how it begins.
  package func isAtomicOperation(_ name: String) -> Bool {
    atomicPrefixes.contains { name.hasPrefix($0) }
  }

  private init() {
    functions = Self.byName(FactTables.functions, columns: 26, \.name, APIFact.init)
    structFields = Dictionary(
      grouping: FactTables.rows(of: FactTables.structFields, columns: 6).map(FieldFact.init),
      by: \.structure)
    allocations = Self.byName(FactTables.allocation, columns: 3, \.name, AllocationFact.init)
    blocking = Self.byName(FactTables.blocking, columns: 3, \.name, BlockingFact.init)
    detached = Self.byName(FactTables.detached, columns: 2, \.name, DetachedFact.init)
    locks = FactTables.rows(of: FactTables.locks, columns: 8).compactMap(LockFact.init)
    var lockFunctions: [String: LockFact] = [:]
    for lock in locks {
      switch lock.role {
      case .atomicPrefix, .threadLocalSpecifier, .pragma: break
      default: lockFunctions[lock.name] = lock
      }
    }
    self.lockFunctions = lockFunctions
    atomicPrefixes = locks.filter { $0.role == .atomicPrefix }.map(\.name)
    libcFunctions = Self.byName(FactTables.libc, columns: 5, \.name, LibraryFact.init)
    libraries = FactTables.rows(of: FactTables.libraries, columns: 10).compactMap(
      UnsafeLibrary.init)
    let slots = FactTables.rows(of: FactTables.slots, columns: 5).compactMap(SlotFact.init)
    self.slots = slots
    var moduleSlots: [Int: ModuleSlotRole] = [:]
    var typeSlots: [Int: SlotFact] = [:]
    for slot in slots {
      for number in [slot.number, slot.unifiedNumber].compactMap(\.self) {
        if slot.kind != .module { typeSlots[number] = slot }
        if slot.kind != .type { moduleSlots[number] = ModuleSlotRole(rawValue: slot.name) }
      }
    }
    self.moduleSlots = moduleSlots
    self.typeSlots = typeSlots
    frameworks = FactTables.rows(of: FactTables.frameworks, columns: 7).map(FrameworkFact.init)
  }

  /// The facts of a table by name; of two with the same name the last.
  private static func byName<Fact>(
    _ table: String, columns: Int, _ name: (Fact) -> String, _ read: (FactTables.Row) -> Fact?
  ) -> [String: Fact] {
    let rows = FactTables.rows(of: table, columns: columns)
    var facts: [String: Fact] = [:]
    facts.reserveCapacity(rows.count)
    for row in rows {
      if let fact = read(row) { facts[name(fact)] = fact }
    }
    return facts
  }
}
