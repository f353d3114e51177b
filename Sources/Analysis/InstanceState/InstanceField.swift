package import ProgramModel

/// A field of an instance: an index into `InstanceStates.fields`.
package struct InstanceFieldID: Hashable, Sendable, Comparable {
  package var index: Int32
  init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// A field that each object of a type has for itself. What an object owns through the field - the
/// record that lies in it or that it points to - is a part of it.
package struct InstanceField: Hashable, Sendable {
  /// What the field is, as far as races on it differ.
  package enum Kind: Hashable, Sendable {
    /// A number, a flag, an enumeration.
    case scalar
    /// A pointer to a Python object.
    case reference
    /// A pointer to, or an array of, pointers to Python objects.
    case references
    /// A pointer to memory without references.
    case memory
    /// An array or a record inside the object.
    case aggregate
    /// An object of a class of C++.
    case object
    /// An atomic value, a lock, or something of which nothing is known.
    case other
  }

  /// Canonical name of the record that declares it.
  package var record: String
  package var name: String
  /// The type as written.
  package var type: String
  package var kind: Kind
  package var isVolatile: Bool
  /// Where the field's name stands; nil outside the package.
  package var position: SourcePosition?
  package var generator: SourceGenerator?
}

/// A part of what a field holds. Two accesses conflict where their parts can be the same memory.
package enum InstancePart: Hashable, Sendable {
  /// The field itself.
  case value
  /// A field of a record inside the field or behind it.
  case member(record: String, name: String)
  /// Elements of the array inside the field or behind it; of the one in a member of that name,
  /// where it is not empty.
  case elements(member: String)
  /// Everything behind it: the memory is released or moved.
  case all

  /// The name of the record's field that it is, or whose elements it is; empty for others.
  var member: String {
    switch self {
    case .member(_, let name), .elements(member: let name): name
    case .value, .all: ""
    }
  }

  package func overlaps(_ other: Self) -> Bool {
    self == other || self == .all && other != .value || other == .all && self != .value
  }
}

/// A field as a place of a function names it.
struct InstancePlace: Hashable {
  var field: InstanceFieldID
  var part: InstancePart
  /// How many steps of the place lead to the record in which the path goes on.
  var objectEnd: Int
  /// That record is behind the field, not the object that has the field.
  var isBehind: Bool
  /// How many steps the field takes; the place itself where it is all of them.
  var end: Int
}

/// Which records are instances that threads can share, and which of their fields a place names.
///
/// A class, as it remembers answers.
final class InstanceRecords {
  /// Whose part a record is that is no instance by itself.
  private enum Owner: Hashable {
    case field(InstanceFieldID)
    /// Several fields own such records, so that the record does not tell which.
    case several
  }

  private struct FieldKey: Hashable {
    var record: String
    var name: String
  }

  let package: PackageModel
  /// Tells layouts of Python objects.
  let layouts: ObjectRecords
  private(set) var fields: [InstanceField] = []
  private var ids: [FieldKey: InstanceFieldID] = [:]
  private var owners: [String: Owner] = [:]
  /// Records that are instances though no Python object begins with them, by name.
  private let instances: Set<String>
  private var isInstanceByName: [[Int32: Bool]]
  /// The first declaration of each record.
  private var declarations: [String: (unit: Int, record: RecordModel)] = [:]

  /// Records that modules keep, to which objects have pointers.
  private let stateRecords: Set<String>

  init(_ package: PackageModel, instances: Set<String>, stateRecords: Set<String>) {
    self.package = package
    self.instances = instances
    self.stateRecords = stateRecords
    layouts = ObjectRecords(package)
    isInstanceByName = Array(repeating: [:], count: package.units.count)
    findOwners()
  }

  subscript(field: InstanceFieldID) -> InstanceField { fields[Int(field.index)] }

  /// Whether each object of a record is one that threads can share as such.
  func isInstance(_ record: Name, in unit: Int) -> Bool {
    if let known = isInstanceByName[unit][record.index] { return known }
    let name = package.units[unit][record]
    let found = instances.contains(name) || layouts.isLayout(record, in: unit)
    isInstanceByName[unit][record.index] = found
    return found
  }

  /// Whether a pointer to such a record is one to an instance or to a part of one.
  func isTracked(_ record: Name, in unit: Int) -> Bool {
    if isInstance(record, in: unit) { return true }
    guard let owner = owners[package.units[unit][record]] else { return false }
    return owner != .several
  }

  // MARK: Owners

  /// Records that lie in fields of instances or that these point to, over all units.
  private func findOwners() {
    /// For each record, those that its fields hold or point to, with the field's name.
    var parts: [String: [(field: String, record: String)]] = [:]
    var roots: [String] = []
    var seen = Set<String>()
    for (number, unit) in package.units.enumerated() {
      for record in unit.records {
        let name = unit[record.name]
        guard record.name != .empty, seen.insert(name).inserted else { continue }
        declarations[name] = (number, record)
        if instances.contains(name) || layouts.isLayout(record.name, in: number) {
          roots.append(name)
        }
        for field in record.fields {
          if let part = ownedRecord(field.type, in: number) {
            parts[name, default: []].append((unit[field.name], part))
          }
        }
      }
    }
    let defined = seen
    let rootNames = Set(roots)
    var work: [(record: String, owner: Owner)] = []
    for root in roots.sorted() {
      for part in parts[root] ?? [] where defined.contains(part.record) {
        guard !rootNames.contains(part.record),
          let id = self.id(record: root, field: part.field)
        else { continue }
        work.append((part.record, .field(id)))
      }
    }
    while let next = work.popLast() {
      var owner = next.owner
      if let known = owners[next.record] {
        guard known != owner, known != .several else { continue }
        owner = .several
      }
      owners[next.record] = owner
      for part in parts[next.record] ?? []
      where defined.contains(part.record) && !rootNames.contains(part.record) {
        work.append((part.record, owner))
      }
    }
  }

  /// The record of the package that a field of this type holds or points to.
  private func ownedRecord(_ type: TypeID, in unit: Int) -> String? {
    let types = package.units[unit]
    var model = types[type]
    for _ in 0..<3 {
      switch model.kind {
      case .record:
        let name = types[model.record]
        guard !name.isEmpty, !PythonRecords.isPython(name), !name.hasPrefix("std::"),
          !stateRecords.contains(name),
          !Locks.isLock(model, types)
        else { return nil }
        return name
      case .pointer, .array, .reference:
        guard let element = model.element else { return nil }
        model = types[element]
      default: return nil
      }
    }
    return nil
  }

  // MARK: Fields

  /// The field of that name, where something has named it; nil: nothing has.
  func known(_ field: String, of record: String) -> InstanceFieldID? {
    ids[FieldKey(record: record, name: field)]
  }

  private func id(record: String, field: String) -> InstanceFieldID? {
    let key = FieldKey(record: record, name: field)
    if let known = ids[key] { return known }
    guard let (unit, model) = declarations[record],
      let found = model.fields.first(where: { package.units[unit][$0.name] == field })
    else { return nil }
    return make(key, found, unit)
  }

  private func id(_ name: Name, of record: Name, in unit: Int) -> InstanceFieldID? {
    let types = package.units[unit]
    let key = FieldKey(record: types[record], name: types[name])
    if let known = ids[key] { return known }
    guard let model = layouts.record(record, in: unit),
      let found = model.fields.first(where: { $0.name == name })
    else { return nil }
    return make(key, found, unit)
  }

  private func make(_ key: FieldKey, _ model: FieldModel, _ unit: Int) -> InstanceFieldID {
    let types = package.units[unit]
    let id = InstanceFieldID(fields.count)
    ids[key] = id
    let position = types.position(of: model.range)
    fields.append(
      InstanceField(
        record: key.record, name: key.name, type: types[types[model.type].spelling],
        kind: kind(of: model.type, in: unit), isVolatile: types[model.type].isVolatile,
        position: position,
        generator: position.flatMap { package.facts(ofFile: $0.path)?.generator }))
    return id
  }

  private func kind(of type: TypeID, in unit: Int) -> InstanceField.Kind {
    let types = package.units[unit]
    let model = types[type]
    if model.isAtomic || Locks.isLock(model, types) { return .other }
    switch model.kind {
    case .boolean, .integer, .floating, .enumeration, .vector: return .scalar
    case .pointer:
      if layouts.isReference(type, in: unit) { return .reference }
      guard let element = model.element else { return .memory }
      if layouts.isReference(element, in: unit) { return .references }
      // What it points to is not the object's.
      if stateRecords.contains(types[types[element].record]) { return .scalar }
      return types[element].kind == .function ? .scalar : .memory
    case .array:
      guard let element = model.element else { return .aggregate }
      return layouts.isReference(element, in: unit) ? .references : .aggregate
    case .record:
      let name = types[model.record]
      if name.contains("atomic") { return .other }
      return types.isCxx && isClass(model.record, name, in: unit) ? .object : .aggregate
    case .unknown, .void, .reference, .function, .memberPointer, .dependent: return .other
    }
  }

  /// A class of C++ that does what it does by methods.
  private func isClass(_ record: Name, _ name: String, in unit: Int) -> Bool {
    guard let model = layouts.record(record, in: unit) else { return true }
    return model.hasDestructor || !model.bases.isEmpty || name.contains("::")
  }

  /// Whether what a field points to is the object's own.
  private func isOwner(_ place: InstancePlace) -> Bool {
    let kind = self[place.field].kind
    return kind != .reference && (kind != .scalar || place.part != .value)
  }

  /// The fields of instances that a place names on its way, in their order.
  func fields(of place: Place, in unit: Int) -> [InstancePlace] {
    var found: [InstancePlace] = []
    var current: InstancePlace?
    var hop = 0
    var isHopStart = true
    for (number, step) in place.path.enumerated() {
      switch step {
      case .field(let name, let record):
        defer { isHopStart = false }
        if isInstance(record, in: unit) {
          current = id(name, of: record, in: unit).map {
            InstancePlace(
              field: $0, part: .value, objectEnd: hop, isBehind: false, end: number + 1)
          }
          continue
        }
        let types = package.units[unit]
        let part = InstancePart.member(record: types[record], name: types[name])
        if isHopStart, case .field(let owner)? = owners[types[record]] {
          current = InstancePlace(
            field: owner, part: part, objectEnd: hop, isBehind: true, end: number + 1)
        } else if current != nil {
          current?.part = part
          current?.end = number + 1
        }
      case .dereference:
        isHopStart = true
        if var field = current {
          found.append(field)
          field.part = .elements(member: field.part.member)
          field.end = number + 1
          current = isOwner(field) ? field : nil
        }
        hop = number + 1
      case .index:
        guard var field = current else {
          isHopStart = true
          hop = number + 1
          continue
        }
        // Behind a dereference it is an element of the same memory.
        if case .elements = field.part, isHopStart {
          current?.end = number + 1
          continue
        }
        if self[field.field].kind != .aggregate || field.part != .value {
          found.append(field)
          isHopStart = true
          hop = number + 1
        }
        field.part = .elements(member: field.part.member)
        field.end = number + 1
        current = isOwner(field) ? field : nil
      }
    }
    if let current { found.append(current) }
    return found
  }
}
