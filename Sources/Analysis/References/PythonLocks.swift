import ProgramModel

/// Finds locks of Python code around a point: objects such as `threading.Lock` that a function
/// calls by name. They are not known to be locks; the names say so.
struct PythonLocks {
  private let flow: ValueFlow
  private var taken: [(point: ProgramPoint, name: String)] = []
  private var released: [ProgramPoint] = []

  init(flow: ValueFlow) {
    self.flow = flow
    for id in flow.flow.reversePostorder {
      for index in flow.model.blocks[Int(id.index)].instructions.indices {
        let site = ProgramPoint(block: id, instruction: index)
        guard let name = calledName(at: site) else { continue }
        if Self.releases(name) {
          released.append(site)
        } else if Self.takes(name) {
          taken.append((site, name))
        }
      }
    }
  }

  /// The lock that seems to be taken before a point and let go after it; nil: none.
  func lock(around point: ProgramPoint) -> String? {
    guard !taken.isEmpty, released.contains(where: { flow.leads(from: point, to: $0) }) else {
      return nil
    }
    return taken.first { flow.leads(from: $0.point, to: point) }?.name
  }

  private static func takes(_ name: String) -> Bool {
    name.contains("lock") || name.contains("acquire") || name.contains("__enter__")
  }

  private static func releases(_ name: String) -> Bool {
    name.contains("unlock") || name.contains("release") || name.contains("__exit__")
  }

  /// The name of the Python object or method that a call calls, in lower case.
  private func calledName(at point: ProgramPoint) -> String? {
    guard let (callee, arguments) = call(at: point) else { return nil }
    let position = callee.contains("Method") ? 1 : 0
    guard callee.hasPrefix("PyObject_Call") || callee.hasPrefix("PyObject_Vectorcall"),
      position < arguments.count
    else { return nil }
    if case .string(let text) = arguments[position] {
      return flow.package.units[flow.unit][text].lowercased()
    }
    return OwnerNames(flow: flow).names(of: arguments[position], at: point).name.lowercased()
  }

  private func call(at point: ProgramPoint) -> (callee: String, arguments: [Operand])? {
    flow.call(at: point).map { (flow.package[$0.callee].name, $0.arguments) }
  }
}
