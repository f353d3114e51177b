package import ProgramModel

/// The records of Python objects that belong to one thread by what they are registered for: a
/// trace or profile function is called by the thread that has set it and by no other.
package struct ThreadBoundRecords: Sendable {
  /// Canonical names, with the function that registers them.
  private let names: [String: String]

  private static let registrars: Set<String> = ["PyEval_SetTrace", "PyEval_SetProfile"]

  package init(_ package: PackageModel, _ graph: CallGraph) {
    var found: [String: String] = [:]
    for id in package.functionIDs where Self.registrars.contains(package[id].name) {
      for index in graph.incoming[Int(id.index)] {
        let edge = graph.edges[index]
        guard let (unit, model) = package.body(of: edge.caller),
          case .call(_, _, let arguments) = model.blocks[Int(edge.block.index)]
            .instructions[edge.instruction].operation, arguments.count > 1,
          case .local(let local) = arguments[1]
        else { continue }
        let record = package.units[unit].pointedRecord(model.locals[Int(local)].type)
        if package.isObjectLayout(record) { found[record] = package[id].name }
      }
    }
    names = found
  }

  /// The function that registers objects of a record for one thread; nil: none does.
  package func registrar(of record: String) -> String? { names[record] }
}
