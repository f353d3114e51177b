/// What is known of the C API, of locks, and of the C library, by name.
package struct PythonFacts: Sendable {
  /// The facts, read from the generated tables at the first use.
  package static let shared = PythonFacts()

  /// The newest headers that the facts were measured in.
  package static let newestHeaders = PythonVersion(3, 15)

  /// Functions and macros of the C API by name.
  package let functions: [String: APIFact]
  /// Fields of CPython's structures, those of a structure together, by the structure's name.
  package let structFields: [String: [FieldFact]]
  /// Allocation functions and macros by name.
  package let allocations: [String: AllocationFact]
  /// All facts on locks, thread states, and values per thread, sorted by name.
  package let locks: [LockFact]
  /// Locks and the like that are called or declared, by name; without prefixes and specifiers.
  package let lockFunctions: [String: LockFact]
  /// How the names of atomic operations begin, sorted.
  package let atomicPrefixes: [String]
  /// Functions of the C library that are not safe to call from several threads, by name.
  package let libcFunctions: [String: LibraryFact]
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

  /// Whether a name is that of an atomic operation, by how it begins.
  package func isAtomicOperation(_ name: String) -> Bool {
    atomicPrefixes.contains { name.hasPrefix($0) }
  }

  private init() {
    functions = Self.byName(
      FactTables.rows(of: FactTables.functions, columns: 26).map(APIFact.init), \.name)
    structFields = Dictionary(
      grouping: FactTables.rows(of: FactTables.structFields, columns: 6).map(FieldFact.init),
      by: \.structure)
    allocations = Self.byName(
      FactTables.rows(of: FactTables.allocation, columns: 3).compactMap(AllocationFact.init),
      \.name)
    locks = FactTables.rows(of: FactTables.locks, columns: 6).compactMap(LockFact.init)
    lockFunctions = Self.byName(
      locks.filter { ![.atomicPrefix, .threadLocalSpecifier, .pragma].contains($0.role) }, \.name)
    atomicPrefixes = locks.filter { $0.role == .atomicPrefix }.map(\.name)
    libcFunctions = Self.byName(
      FactTables.rows(of: FactTables.libc, columns: 4).compactMap(LibraryFact.init), \.name)
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

  /// The facts by name; of two with the same name the first.
  private static func byName<Fact>(
    _ facts: [Fact], _ name: (Fact) -> String
  ) -> [String: Fact] {
    Dictionary(facts.map { (name($0), $0) }) { first, _ in first }
  }
}
