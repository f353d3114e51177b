import ProgramModel

/// The records that the package keeps as per-module state.
struct ModuleStateRecords: Sendable {
  /// Canonical names.
  let names: Set<String>

  /// Functions of the C API that give a module's state.
  static let getters: Set<String> = [
    "PyModule_GetState", "PyType_GetModuleState", "_PyModule_GetState", "_PyType_GetModuleState",
    "PyModule_GetState_DuringGC", "PyType_GetModuleState_DuringGC",
  ]

  init(_ package: PackageModel, _ graph: CallGraph) {
    var found = Set<String>()
    let callers = package.functionIDs.filter { Self.getters.contains(package[$0].name) }
      .flatMap { graph.callers(of: $0) }
    for id in Set(callers).sorted() {
      guard let (unit, body) = package.body(of: id) else { continue }
      let types = package.units[unit]
      var results = Set<Operand>()
      func note(_ type: TypeID) {
        let record = types.pointedRecord(type)
        if !record.isEmpty, package.records[record] != nil { found.insert(record) }
      }
      for block in body.blocks {
        for instruction in block.instructions {
          switch instruction.operation {
          case .call(let result?, .direct(let symbol), _)
          where Self.getters.contains(types.name(of: symbol)):
            results.insert(.temporary(result))
          case .store(let place, let operand) where results.contains(operand):
            let target = body.places[Int(place.index)]
            if case .local(let index) = target.base, target.path.isEmpty {
              note(body.locals[Int(index)].type)
            } else {
              note(target.type)
            }
          default: break
          }
        }
        if case .return(.some(let operand)) = block.terminator, results.contains(operand) {
          note(body.resultType)
        }
      }
      // '((State *)PyModule_GetState(m))->field' names the record in the path alone.
      for place in body.places where place.path.count > 1 {
        guard case .temporary(let number) = place.base, results.contains(.temporary(number)),
          case .field(_, let record) = place.path[1], package.records[types[record]] != nil
        else { continue }
        found.insert(types[record])
      }
    }
    names = found
  }
}

extension UnitModel {
  /// The record that a pointer or reference type refers to; empty for other types.
  func pointedRecord(_ type: TypeID) -> String {
    let model = self[type]
    guard model.kind == .pointer || model.kind == .reference, let element = model.element else {
      return ""
    }
    let pointee = self[element]
    return pointee.kind == .record ? self[pointee.record] : ""
  }
}
