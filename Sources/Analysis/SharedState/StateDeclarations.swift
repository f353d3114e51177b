package import ProgramModel

/// What the sources say about one state where it is declared.
package struct StateDeclaration: Hashable, Sendable {
  package var id: StateID
  package var name: String
  /// As the source spells it.
  package var type: String
  /// The unit of the declaration.
  package var unit: Int
  package var typeID: TypeID
  /// nil outside the package.
  package var position: SourcePosition?
  package var range: SourceRange
  /// The function that a function-local static belongs to.
  package var function: FunctionID?
  /// nil for a field of module state.
  package var storage: StorageKind?
  package var isThreadLocal: Bool
  /// The generator of the file it stands in.
  package var generator: SourceGenerator?
  /// Has a definition in the package.
  package var isDefined: Bool

  /// Declarations outside the package come first.
  var sortPosition: SourcePosition {
    position ?? SourcePosition(path: "", line: 0, column: 0)
  }
}

/// Finds the declarations of states.
enum StateDeclarations {
  static func find(_ package: PackageModel, moduleStateRecords: Set<String>) -> [StateDeclaration] {
    var found: [StateDeclaration] = []
    for id in package.variableIDs {
      let linked = package[id]
      guard let (unit, model) = package.declaration(of: id) else { continue }
      // Variables of Python's and other libraries' headers are not the package's.
      if linked.isForeign || linked.position == nil { continue }
      found.append(
        StateDeclaration(
          id: .variable(id), name: linked.name,
          type: package.units[unit][package.units[unit][model.type].spelling], unit: unit,
          typeID: model.type, position: linked.position, range: model.nameRange,
          function: linked.function, storage: model.storage, isThreadLocal: model.isThreadLocal,
          generator: linked.position.flatMap { package.facts(ofFile: $0.path)?.generator },
          isDefined: linked.definition != nil))
    }
    for record in moduleStateRecords.sorted() {
      guard let place = package.records[record] else { continue }
      let unit = package.units[place.unit]
      for field in unit.records[place.index].fields {
        let position = unit.position(of: field.range)
        found.append(
          StateDeclaration(
            id: .moduleField(record: record, field: unit[field.name]), name: unit[field.name],
            type: unit[unit[field.type].spelling], unit: place.unit, typeID: field.type,
            position: position, range: field.range, function: nil, storage: nil,
            isThreadLocal: false,
            generator: position.flatMap { package.facts(ofFile: $0.path)?.generator },
            isDefined: true))
      }
    }
    return found
  }
}
