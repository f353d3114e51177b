package import ProgramModel

/// A field that a table of members lets Python code read or write by itself.
package struct ExposedMember: Sendable {
  /// What CPython takes the field for.
  package enum Kind: Hashable, Sendable {
    case object, string, scalar
  }

  package var field: InstanceFieldID
  package var kind: Kind
  package var isReadOnly: Bool
  /// The entry of the table.
  package var position: SourcePosition?
  /// The access of C code that CPython's own does not exclude.
  package var access: InstanceAccess
}

/// What the tables of members of a package say.
struct MemberTables {
  struct Entry {
    var record: String
    var field: String
    var type: Int64
    var flags: Int64
    var position: SourcePosition?

    /// `Py_READONLY`.
    var isReadOnly: Bool { flags & 1 != 0 }
  }

  let entries: [Entry]

  /// The fields that Python code writes by itself.
  func writableFields(_ records: InstanceRecords) -> [InstanceFieldID] {
    entries.filter { !$0.isReadOnly }.compactMap { records.known($0.field, of: $0.record) }
  }

  init(_ package: PackageModel) {
    var found: [Entry] = []
    for id in package.variableIDs {
      guard let (unit, model) = package.declaration(of: id), let initializer = model.initializer
      else { continue }
      let types = package.units[unit]
      guard package.innermostRecord(of: model.type, in: unit).hasSuffix("PyMemberDef"),
        case .list(let elements) = initializer
      else { continue }
      for element in elements {
        guard case .list(let parts) = element.value else { continue }
        var entry = Entry(record: "", field: "", type: -1, flags: 0)
        for part in parts {
          switch (types[part.field], part.value) {
          case ("offset", .offset(let record, let field)):
            entry.record = types[record]
            entry.field = types[field]
          case ("type", .integer(let value, _)): entry.type = value
          case ("flags", .integer(let value, _)): entry.flags = value
          default: break
          }
        }
        guard !entry.field.isEmpty else { continue }
        entry.position = package.position(of: element.range, in: unit)
        found.append(entry)
      }
    }
    entries = found
  }
}

/// Finds fields that C code changes while CPython's member descriptors reach them.
struct ExposedMemberFinder {
  let package: PackageModel
  let tables: MemberTables
  let records: InstanceRecords
  let accesses: [[InstanceAccess]]

  /// Sorted by field, each once.
  func find() -> [ExposedMember] {
    var found: [InstanceFieldID: ExposedMember] = [:]
    for entry in tables.entries {
      guard let id = records.known(entry.field, of: entry.record), found[id] == nil,
        let member = member(id, entry)
      else { continue }
      found[id] = member
    }
    return found.keys.sorted().compactMap { found[$0] }
  }

  /// The numbers by which tables name types of members, as `structmember.h` and `descrobject.h`
  /// give them.
  private enum TypeCode {
    static let string: Int64 = 5
    static let object: Int64 = 6
    static let inlineString: Int64 = 13
    static let objectOrError: Int64 = 16
  }

  private func member(_ id: InstanceFieldID, _ entry: MemberTables.Entry) -> ExposedMember? {
    let kind: ExposedMember.Kind
    switch entry.type {
    case TypeCode.object, TypeCode.objectOrError: kind = .object
    case TypeCode.string, TypeCode.inlineString: kind = .string
    default: kind = .scalar
    }
    let unlocked = accesses[Int(id.index)].filter { access in
      !access.isReinitialisation && !access.isAtomic && !storesImmortal(access)
        && !access.locks.contains(where: Self.isObject)
    }
    // What CPython reads must not be changed beside it, what it writes not be read either.
    let bad =
      unlocked.first { $0.use.writes && $0.part == .value }
      ?? (entry.isReadOnly ? nil : unlocked.first { $0.part == .value })
    guard let access = bad else { return nil }
    return ExposedMember(
      field: id, kind: kind, isReadOnly: entry.isReadOnly, position: entry.position, access: access)
  }

  /// `self->closed = Py_True`: an object that is never freed.
  private func storesImmortal(_ access: InstanceAccess) -> Bool {
    guard access.use == .write, case .address(let place)? = access.value,
      let (unit, model) = package.body(of: access.site.function),
      case .variable(let symbol) = model.places[Int(place.index)].base
    else { return false }
    return package.units[unit].name(of: symbol).hasPrefix("_Py_")
  }

  /// The critical section on the object, which CPython takes as well.
  private static func isObject(_ lock: RelativeLock) -> Bool {
    lock.isSuspendable && (lock.place == .object([]) || lock.place == .some)
  }
}
