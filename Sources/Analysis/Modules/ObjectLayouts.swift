package import ProgramModel

/// The object header spelled out by hand.
package struct ObjectLayoutCopy: Hashable, Sendable {
  package var position: SourcePosition
  /// The structure, or the variable whose initialiser it is.
  package var name: String
  package var isInitialiser: Bool
  package var module: String?

  /// All of them, sorted by place.
  static func find(
    _ package: PackageModel, _ ownership: ModuleOwnership
  ) -> [Self] {
    var found: [Self] = []
    for (name, place) in package.records {
      let unit = package.units[place.unit]
      let record = unit.records[place.index]
      guard !record.isUnion, isHeader(record, in: unit),
        let position = unit.position(of: record.range)
      else { continue }
      found.append(Self(position: position, name: name, isInitialiser: false, module: nil))
    }
    for id in package.variableIDs {
      guard let (unit, model) = package.declaration(of: id), let position = package[id].position,
        let initializer = model.initializer, startsWithHeader(initializer, in: package.units[unit])
      else { continue }
      found.append(
        Self(
          position: position, name: package[id].name, isInitialiser: true,
          module: ownership.module(of: id)))
    }
    return found.sorted { ($0.position, $0.name) < ($1.position, $1.name) }
  }

  /// The first fields are a count and a pointer under the names that CPython gives them.
  private static func isHeader(_ record: RecordModel, in unit: UnitModel) -> Bool {
    guard record.fields.count >= 2 else { return false }
    let (count, type) = (record.fields[0], record.fields[1])
    return unit[count.name].hasSuffix("ob_refcnt") && unit[count.type].kind == .integer
      && unit[type.name].hasSuffix("ob_type") && unit[type.type].kind == .pointer
  }

  /// `{1, &Type}` where `PyObject_HEAD_INIT` belongs: the number would be the owner's thread id.
  private static func startsWithHeader(_ initializer: Initializer, in unit: UnitModel) -> Bool {
    guard case .list(let fields) = initializer, let first = fields.first,
      first.range.macro == .empty, first.index == 0, unit[first.field].hasPrefix("ob_"),
      case .list(let header) = first.value
    else { return false }
    // A head for objects of variable size holds the plain head.
    if let inner = header.first, unit[inner.field].hasPrefix("ob_"), case .list = inner.value {
      return startsWithHeader(first.value, in: unit)
    }
    guard let count = header.first, count.range.macro == .empty, count.index == 0,
      case .integer(let value, let macro) = count.value, value > 0, macro == .empty,
      header.count == 2
    else { return false }
    return true
  }
}
