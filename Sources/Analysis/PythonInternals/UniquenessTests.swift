import ProgramModel
import PythonAPI

/// Finds tests of the number of references that ask whether anybody else has an object.
struct UniquenessTests {
  let analysis: InternalsAnalysis
  let flow: ValueFlow

  func find() -> [InternalsHazard] {
    var found: [InternalsHazard] = []
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        guard case .compute(let result, let kind, let operands) = instruction.operation,
          operands.count == 2
        else { continue }
        let point = ProgramPoint(block: id, instruction: index)
        guard let count = counted(kind, operands), !isAsserted(result, instruction.range),
          let (object, site, api) = object(countedBy: count, at: point)
        else { continue }
        if !isDecisive(result) || isOnlyShown(result) { continue }
        // Of a new object too the count may be another one than the test expects.
        let owner =
          analysis.shared(object, at: site, flow)
          ?? analysis.owner(object, .isolated, at: site, flow)
        found.append(
          InternalsHazard(
            pattern: .uniqueness, site: analysis.context.site(point, in: flow),
            access: .call(api), symbol: owner.isNamed ? owner.name : api, structure: "",
            owner: owner))
      }
    }
    return found
  }

  /// The operand that is compared so that one owner, or two, are told from more.
  private func counted(_ kind: Operator, _ operands: [Operand]) -> Operand? {
    func isLimit(_ kind: Operator, _ value: Int64) -> Bool {
      switch kind {
      case .equal, .notEqual, .lessOrEqual, .greater: value == 1 || value == 2
      case .less, .greaterOrEqual: value == 2 || value == 3
      default: false
      }
    }
    if case .integer(let value) = operands[1], isLimit(kind, value) { return operands[0] }
    if case .integer(let value) = operands[0], isLimit(kind.mirrored, value) { return operands[1] }
    return nil
  }

  /// The object whose references a value counts, where it is asked, and by what.
  private func object(
    countedBy operand: Operand, at point: ProgramPoint
  ) -> (object: Operand, site: ProgramPoint, api: String)? {
    for origin in flow.origins(of: operand, at: point) {
      switch origin {
      case .call(let site):
        guard let (callee, arguments) = flow.call(at: site), let object = arguments.first else {
          continue
        }
        let name = analysis.context.name(callee)
        if ObjectInternals.countsReferences(name) { return (object, site, "Py_REFCNT") }
      case .load(let site, let id):
        let place = flow.model.places[Int(id.index)]
        guard case .field(let field, let record)? = place.path.last else { continue }
        let names = flow.package.units[flow.unit]
        guard
          let fact = ObjectInternals.fact(ofField: names[field], record: names[record]),
          ObjectInternals.header(fact) == .count, let object = place.root
        else { continue }
        return (object, site, names[field])
      default: continue
      }
    }
    return nil
  }

  /// Whether a way depends on the result, or it is kept or handed back: not what is only added up
  /// or passed on.
  private func isDecisive(_ result: Int32) -> Bool {
    flow.model.blocks.contains { block in
      switch block.terminator {
      case .branch(.temporary(result), _, _), .switch(.temporary(result), _, _),
        .return(.temporary(result)?):
        return true
      default: break
      }
      return block.instructions.contains { instruction in
        switch instruction.operation {
        case .copy(_, .temporary(result)), .store(_, .temporary(result)): true
        case .compute(_, let kind, let operands):
          [.not, .and, .or, .equal, .notEqual].contains(kind)
            && operands.contains(.temporary(result))
        default: false
        }
      }
    }
  }

  /// Whether the result only decides what is printed.
  private func isOnlyShown(_ result: Int32) -> Bool {
    let branches = flow.model.blocks.compactMap { block -> [BlockID]? in
      guard case .branch(.temporary(result), let then, let otherwise) = block.terminator else {
        return nil
      }
      return [then, otherwise]
    }
    return !branches.isEmpty
      && branches.joined().allSatisfy {
        flow.flow.predecessorCount(of: $0) != 1 || onlyShows($0)
      } || !branches.isEmpty && branches.joined().allSatisfy(tellsPython)
  }

  /// Whether a block does nothing but return 'True' or 'False': Python is told, nothing is decided.
  private func tellsPython(_ id: BlockID) -> Bool {
    let block = flow.model.blocks[Int(id.index)]
    // Older headers take a reference to them first.
    let takesOnly = block.instructions.allSatisfy { instruction in
      guard case .call(_, .direct(let symbol), _) = instruction.operation else { return false }
      return ReferenceEffects.takesReference(flow.package.units[flow.unit].name(of: symbol))
    }
    guard takesOnly, case .return(let returned?) = block.terminator,
      case .address(let place)? = taken(returned, block),
      case .variable(let symbol) = flow.model.places[Int(place.index)].base
    else { return false }
    let name = flow.package.units[flow.unit].name(of: symbol)
    return name == "_Py_TrueStruct" || name == "_Py_FalseStruct"
  }

  /// What a block returns, or takes a reference to and returns.
  private func taken(_ returned: Operand, _ block: Block) -> Operand? {
    guard case .temporary = returned else { return returned }
    for instruction in block.instructions {
      if case .call(let result?, _, let arguments) = instruction.operation,
        .temporary(result) == returned
      {
        return arguments.first
      }
    }
    return nil
  }

  /// Whether a block does nothing but print, or choose between texts.
  private func onlyShows(_ id: BlockID) -> Bool {
    let block = flow.model.blocks[Int(id.index)]
    guard case .jump = block.terminator, !block.instructions.isEmpty else { return false }
    return block.instructions.allSatisfy { instruction in
      switch instruction.operation {
      case .load, .compute: return true
      case .copy(_, .string): return true
      case .copy(_, .address(let place)):
        if case .unnamed = flow.model.places[Int(place.index)].base { return true }
        return false
      case .call(_, .direct(let symbol), _):
        return ObjectInternals.prints(flow.package.units[flow.unit].name(of: symbol))
      default: return false
      }
    }
  }

  /// Whether the result only decides whether the program is ended.
  private func isAsserted(_ result: Int32, _ range: SourceRange) -> Bool {
    if analysis.macro(range, flow).lowercased().contains("assert") { return true }
    return flow.model.blocks.contains { block in
      guard case .branch(.temporary(result), let then, let otherwise) = block.terminator else {
        return false
      }
      return [then, otherwise].contains {
        flow.model.blocks[Int($0.index)].terminator == .unreachable
      }
    }
  }
}

extension Operator {
  /// The comparison with its sides exchanged.
  var mirrored: Self {
    switch self {
    case .less: .greater
    case .greater: .less
    case .lessOrEqual: .greaterOrEqual
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}

extension Place {
  /// The pointer that the way begins with, where it is a value of the function.
  var root: Operand? {
    guard path.first == .dereference else { return nil }
    switch base {
    case .local(let index): return .local(index)
    case .temporary(let number): return .temporary(number)
    case .variable, .unnamed: return nil
    }
  }

  /// The root, where the way to a step of the path leads over no other pointer.
  func directRoot(upTo index: Int) -> Operand? {
    guard let root, path[..<index].lastIndex(of: .dereference) == path.startIndex else {
      return nil
    }
    return root
  }
}
