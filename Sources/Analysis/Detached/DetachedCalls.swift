import ProgramModel
import PythonAPI

/// A call of the C API by a thread that is detached.
package struct DetachedCall: Hashable, Sendable {
  package var site: CodeSite
  /// The function or macro of the C API.
  package var name: String
  package var way: DetachedWay
  /// Further calls of it in the function, in its order.
  package var others: [CodeSite]
  /// It allocates, resizes or releases memory.
  package var isAllocation: Bool
}

/// Finds calls of the C API that need an attached thread where it is detached.
struct DetachedCallFinder {
  let package: PackageModel
  let phases: Phases
  var points: DetachedPoints

  /// One for each function and name, in the order of functions and instructions.
  mutating func find() -> [DetachedCall] {
    let facts = PythonFacts.shared
    let isAPI = package.functions.map { facts.needsAttachedThread($0.name) }
    var found: [DetachedCall] = []
    for function in points.functions where phases.isConcurrent(function) {
      // What stands in for a function of the C API is judged where it is called.
      guard let (unit, model) = package.body(of: function),
        facts.functions[package[function].name] == nil
      else { continue }
      var first: [String: Int] = [:]
      for (number, block) in model.blocks.enumerated() {
        let id = BlockID(Int32(truncatingIfNeeded: number))
        for (index, instruction) in block.instructions.enumerated() {
          guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
            let callee = package.function(symbol, in: unit), isAPI[Int(callee.index)],
            let way = points.way(function, id, index)
          else { continue }
          let name = package[callee].name
          // Nothing happens to a constant NULL.
          if arguments.first == .integer(0), arguments.count == 1 { continue }
          let site = CodeSite(
            function: function, unit: unit, block: id, instruction: index,
            range: instruction.range)
          if let known = first[name] {
            found[known].others.append(site)
            continue
          }
          first[name] = found.count
          found.append(
            DetachedCall(
              site: site, name: name, way: way, others: [],
              isAllocation: facts.allocations[name] != nil))
        }
      }
    }
    return found
  }
}
