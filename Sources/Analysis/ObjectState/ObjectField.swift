package import ProgramModel

/// A field of the layout of Python objects: an index into `ObjectStates.fields`.
package struct ObjectFieldID: Hashable, Sendable, Comparable {
  package var index: Int32
  init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// What the declaration of a field of an object tells.
package struct ObjectField: Hashable, Sendable {
  /// Canonical name of the record that is the layout of the objects.
  package var record: String
  /// `cb`; `state.cb` for a field of a record that lies inside the layout.
  package var name: String
  /// The type as written.
  package var type: String
  /// A pointer to a Python object.
  package var isReference: Bool
  /// Where the field's name stands; nil outside the package.
  package var position: SourcePosition?
  package var generator: SourceGenerator?

  /// The last part of the name.
  package var bareName: String { name.split(separator: ".").last.map(String.init) ?? name }
}

/// A field of an object as a place of a function names it.
struct FieldPlace: Hashable {
  var field: ObjectFieldID
  /// How many steps of the path lead to the object.
  var objectEnd: Int
  /// The step after the last that belongs to the field.
  var end: Int
}

/// Which records are layouts of Python objects, and which of their fields a place names.
///
/// A class, as it remembers answers. Records of one name in two units are told apart by where
/// they are declared.
final class ObjectRecords {
  private struct FieldKey: Hashable {
    var record: String
    var declaration: SourcePosition?
    var name: String
  }

  private struct Step: Hashable {
    var record: Int32
    var name: Int32
  }

  let package: PackageModel
  private(set) var fields: [ObjectField] = []
  private var ids: [FieldKey: ObjectFieldID] = [:]
  /// Per unit: the index of a record by its name, and whether it is a layout.
  private var records: [[Int32: Int]?]
  private var layouts: [[Int32: Bool]]
  private var chains: [[[Step]: ObjectFieldID]]

  init(_ package: PackageModel) {
    self.package = package
    records = Array(repeating: nil, count: package.units.count)
    layouts = Array(repeating: [:], count: package.units.count)
    chains = Array(repeating: [:], count: package.units.count)
  }

  subscript(field: ObjectFieldID) -> ObjectField { fields[Int(field.index)] }

  // MARK: Layouts

  /// Whether the record of this name in a unit begins with the head of Python objects.
  func isLayout(_ record: Name, in unit: Int, depth: Int = 0) -> Bool {
    if let known = layouts[unit][record.index] { return known }
    let found = isLayoutUncached(record, in: unit, depth: depth)
    layouts[unit][record.index] = found
    return found
  }

  private func isLayoutUncached(_ record: Name, in unit: Int, depth: Int) -> Bool {
    guard depth < 6, record != .empty, let model = self.record(record, in: unit), !model.isUnion
    else { return false }
    let types = package.units[unit]
    if let base = model.bases.first {
      return PythonLayouts.isHead(types[base]) || isLayout(base, in: unit, depth: depth + 1)
    }
    guard let first = model.fields.first, types[first.type].kind == .record else { return false }
    let head = types[first.type].record
    return PythonLayouts.isHead(types[head]) || isLayout(head, in: unit, depth: depth + 1)
  }

  /// The record of this name as a unit declares it; nil: it does not.
  func record(_ name: Name, in unit: Int) -> RecordModel? {
    if records[unit] == nil {
      var found: [Int32: Int] = [:]
      for (index, record) in package.units[unit].records.enumerated() {
        if found[record.name.index] == nil { found[record.name.index] = index }
      }
      records[unit] = found
    }
    return records[unit]?[name.index].map { package.units[unit].records[$0] }
  }

  // MARK: Fields

  /// The fields of objects that a place names on its way, in their order. An element of an array
  /// that lies inside an object is none.
  func fields(of place: Place, in unit: Int) -> [FieldPlace] {
    var found: [FieldPlace] = []
    var start: Int?
    var layout: Int?
    func finish(_ end: Int) {
      defer { (start, layout) = (nil, nil) }
      guard let start, let layout else { return }
      if end < place.path.count, case .index = place.path[end] { return }
      guard let field = self.field(place.path[layout..<end], in: unit) else { return }
      found.append(FieldPlace(field: field, objectEnd: start, end: end))
    }
    for (number, step) in place.path.enumerated() {
      guard case .field(_, let record) = step else {
        finish(number)
        continue
      }
      if start == nil { start = number }
      if isLayout(record, in: unit) { layout = number }
    }
    finish(place.path.count)
    return found
  }

  private func field(_ steps: ArraySlice<Place.Step>, in unit: Int) -> ObjectFieldID? {
    let chain = steps.compactMap { step in
      if case .field(let name, let record) = step {
        Step(record: record.index, name: name.index)
      } else {
        nil
      }
    }
    if let known = chains[unit][chain] { return known }
    guard let first = chain.first, let last = chain.last,
      let layout = record(Name(first.record), in: unit),
      let owner = record(Name(last.record), in: unit),
      let model = owner.fields.first(where: { $0.name.index == last.name })
    else { return nil }
    let types = package.units[unit]
    let key = FieldKey(
      record: types[layout.name], declaration: types.position(of: layout.range),
      name: chain.map { types[Name($0.name)] }.joined(separator: "."))
    let id = ids[key] ?? ObjectFieldID(fields.count)
    if ids[key] == nil {
      ids[key] = id
      let position = types.position(of: model.range)
      fields.append(
        ObjectField(
          record: key.record, name: key.name, type: types[types[model.type].spelling],
          isReference: isReference(model.type, in: unit), position: position,
          generator: position.flatMap { package.facts(ofFile: $0.path)?.generator }))
    }
    chains[unit][chain] = id
    return id
  }

  /// A pointer to a Python object.
  func isReference(_ type: TypeID, in unit: Int) -> Bool {
    let types = package.units[unit]
    guard types[type].kind == .pointer, let pointee = types[type].element,
      types[pointee].kind == .record
    else { return false }
    return PythonLayouts.isHead(types[types[pointee].record])
      || isLayout(types[pointee].record, in: unit)
  }
}

/// Layouts that Python itself declares.
enum PythonLayouts {
  static func isHead(_ record: String) -> Bool {
    record == "_object" || record == "_typeobject" || record == "_heaptypeobject"
      || record.hasPrefix("Py") && record.hasSuffix("Object")
  }
}
