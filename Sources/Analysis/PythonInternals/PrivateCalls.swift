import ProgramModel
import PythonAPI

/// Finds calls of functions that CPython keeps for itself, as the package's author wrote them.
struct PrivateCalls {
  let analysis: InternalsAnalysis
  let flow: ValueFlow

  func find() -> [InternalsHazard] {
    let package = flow.package
    let own = package[flow.function]
    // A stand-in for a public function of newer versions is what there was before it.
    guard PythonFacts.shared.function(own.name) == nil,
      let path = own.position?.path,
      path.split(separator: "/").last.map(String.init) != ObjectInternals.compatibilityHeader,
      package.facts(ofFile: path)?.generator == nil
    else { return [] }
    var found: [InternalsHazard] = []
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        guard let (callee, _) = flow.call(at: point), package[callee].definition == nil else {
          continue
        }
        let name = package[callee].name
        // A C++ constructor has the name of its type.
        guard package[callee].qualifiedName == name else { continue }
        guard ObjectInternals.isPrivate(name), !PythonFacts.shared.isAtomicOperation(name),
          !analysis.isOfPublicMacro(instruction.range, flow)
        else { continue }
        found.append(
          InternalsHazard(
            pattern: .privateFunction, site: analysis.context.site(point, in: flow),
            access: .call(name), symbol: name, structure: "", owner: nil))
      }
    }
    return found
  }
}
