import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Plans the repair of a function that returns references it has borrowed: it and all its callers
/// change together.
struct HelperRepair {
  private let analyses: Analyses
  /// More functions than these are no small change.
  private static let limit = 12

  init(_ analyses: Analyses) { self.analyses = analyses }

  /// Plans for a helper whose own borrows stand at these points.
  func plan(
    _ helper: FunctionID, borrows: [CodePoint], in texts: inout FunctionTexts
  ) throws(RepairRefusal) -> [BorrowRepair] {
    var open = [helper]
    var converted: Set<FunctionID> = [helper]
    var points: [FunctionID: [FunctionID: [CodePoint]]] = [:]
    var finished: [FunctionID: BorrowRepair] = [:]
    let home = analyses.package[helper].definition?.unit
    while let function = open.first {
      open.removeFirst()
      let text = try texts.text(of: function)
      guard text.unit == home else { throw .pathNotUnderstood }
      var repair = BorrowRepair(text)
      if function == helper { try repair.edit(borrows: borrows, isReturned: true) }
      var handsOn = false
      for (callee, sites) in (points[function] ?? [:]).sorted(by: { $0.key < $1.key }) {
        if try repair.add(results: sites, of: callee) { handsOn = true }
      }
      if function == helper {
        try repair.addDrops()
      } else {
        try repair.editBorrowsFromVariables()
      }
      try repair.settle(returning: .strong)
      finished[function] = repair
      guard handsOn || repair.returnsOpen || function == helper else { continue }
      guard function != helper || repair.returnsOpen || repair.isHandedOn else { break }
      guard !repair.returnsOther else { throw .pathNotUnderstood }
      try checkReturns(repair, converted)
      // Its callers get a strong reference from now on.
      converted.insert(function)
      for (caller, sites) in try callers(of: function) {
        guard points[caller]?[function] == nil else { continue }
        points[caller, default: [:]][function] = sites
        if !open.contains(caller) { open.append(caller) }
      }
      guard converted.count + open.count <= Self.limit else { throw .pathNotUnderstood }
    }
    return finished.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whether all that a function returns is owned after: variables that were settled, NULL, and
  /// the results of functions that are changed too.
  private func checkReturns(
    _ repair: BorrowRepair, _ converted: Set<FunctionID>
  ) throws(RepairRefusal) {
    let text = repair.text
    for block in text.model.blocks {
      guard case .return(let operand?) = block.terminator else { continue }
      switch operand {
      case .integer(0): continue
      case .local(let local):
        guard repair.isSettled(local) else { throw .pathNotUnderstood }
      case .temporary(let number):
        guard let last = block.instructions.last, last.operation.result == number,
          case .call(_, .direct(let symbol), _) = last.operation
        else { throw .pathNotUnderstood }
        let callee = analyses.package.function(symbol, in: text.unit)
        let isLent = text.calledFact(last)?.strongReplacement != nil
        guard callee.map({ converted.contains($0) }) == true || isLent else {
          throw .pathNotUnderstood
        }
      default: throw .pathNotUnderstood
      }
    }
  }

  /// All places that call a function, by caller; throws where others may call it.
  private func callers(
    of function: FunctionID
  ) throws(RepairRefusal) -> [(FunctionID, [CodePoint])] {
    let package = analyses.package
    guard package[function].linkage == .internal,
      !package.functionUses.contains(where: { $0.target == function }),
      !package.staticReferences.contains(where: { $0.target == .function(function) })
    else { throw .pathNotUnderstood }
    var found: [FunctionID: [CodePoint]] = [:]
    for index in analyses.graph.incoming[Int(function.index)] {
      let edge = analyses.graph.edges[index]
      guard edge.kind == .direct else { throw .pathNotUnderstood }
      found[edge.caller, default: []].append(
        CodePoint(block: Int(edge.block.index), index: edge.instruction))
    }
    return found.sorted { $0.key < $1.key }
  }
}
