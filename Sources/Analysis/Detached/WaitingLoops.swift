import ProgramModel
import PythonAPI

/// Finds loops of one function that do nothing but read shared memory until it has another value.
struct WaitingLoops {
  let package: PackageModel
  let graph: CallGraph
  let function: FunctionID
  let unit: Int
  let model: FunctionModel
  /// By function, what is known of those that wait.
  let blocking: [BlockingFact?]
  private let flow: ControlFlow
  private let values: FunctionValues

  /// Loops with more blocks do more than to wait.
  private static let largest = 12

  init(
    _ package: PackageModel, _ graph: CallGraph, _ function: FunctionID, unit: Int,
    model: FunctionModel, blocking: [BlockingFact?]
  ) {
    self.package = package
    self.graph = graph
    self.function = function
    self.unit = unit
    self.model = model
    self.blocking = blocking
    flow = ControlFlow(model)
    values = FunctionValues(model)
  }

  /// Where each of them leaves, what it waits for, and the range of the condition.
  func find() -> [(point: ProgramPoint, name: String, range: SourceRange)] {
    let ends = flow.reversePostorder.flatMap { block in
      flow.successors(of: block).filter {
        flow.position[Int($0.to.index)] <= flow.position[Int(block.index)]
      }
    }
    guard !ends.isEmpty else { return [] }
    let dominators = Dominators(flow)
    var bodies: [Int32: Set<Int32>] = [:]
    for edge in ends where dominators.dominates(edge.to, edge.from) {
      if let body = body(edge.from, edge.to) {
        bodies[edge.to.index, default: []].formUnion(body)
      } else {
        bodies[edge.to.index, default: []].formUnion(flow.reversePostorder.map(\.index))
      }
    }
    return bodies.keys.sorted().compactMap { header in
      bodies[header].flatMap { judge($0) }
    }
  }

  /// The blocks of a loop; nil: too many.
  private func body(_ end: BlockID, _ header: BlockID) -> Set<Int32>? {
    var found: Set<Int32> = [header.index, end.index]
    var work = end == header ? [] : [end]
    while let next = work.popLast() {
      for edge in flow.predecessors(of: next) where found.insert(edge.from.index).inserted {
        work.append(edge.from)
      }
      if found.count > Self.largest { return nil }
    }
    return found
  }

  // MARK: One loop

  /// What the loop stores in local variables.
  private typealias Changes = [Int32: [Operand]]

  /// The local variable that a place is, or is a part of.
  private func local(_ id: PlaceID) -> Int32? {
    let place = values.place(id)
    guard case .local(let local) = place.base, !place.path.contains(.dereference) else {
      return nil
    }
    return local
  }

  private func judge(
    _ body: Set<Int32>
  ) -> (point: ProgramPoint, name: String, range: SourceRange)? {
    guard body.count <= Self.largest else { return nil }
    var changed: Changes = [:]
    for number in body.sorted() {
      for instruction in model.blocks[Int(number)].instructions {
        switch instruction.operation {
        case .load, .compute, .copy: break
        case .store(let id, let operand):
          guard let local = local(id) else { return nil }
          changed[local, default: []].append(operand)
        case .modify(_, let id, _, _, _):
          guard let local = local(id) else { return nil }
          changed[local, default: []].append(.unknown)
        case .atomic(_, let kind, _, _, let operands):
          switch kind {
          case .load: break
          // Taking a flag that another thread gives back.
          case .exchange, .compareExchange:
            let stored = kind == .exchange ? operands.first : operands.dropFirst().first
            guard case .integer? = stored else { return nil }
          case .store, .modify, .fence: return nil
          }
        case .call(_, .direct(let symbol), let arguments):
          guard let callee = package.function(symbol, in: unit) else { return nil }
          if let fact = blocking[Int(callee.index)] {
            guard fact.kind == .yield || fact.kind == .sleep else { return nil }
          } else if !isPeek(callee, arguments) {
            return nil
          }
        case .call(_, .indirect, _), .opaque: return nil
        }
      }
    }
    var answer: (point: ProgramPoint, name: String, range: SourceRange)?
    for number in body.sorted() {
      let block = model.blocks[Int(number)]
      guard block.successors.contains(where: { !body.contains($0.index) }) else { continue }
      guard case .branch(let operand, _, _) = block.terminator,
        let name = shared(operand, changed)
      else { return nil }
      if answer == nil {
        let id = BlockID(number)
        let range = block.range.start > 0 ? block.range : block.instructions.first?.range
        answer = (
          ProgramPoint(block: id, instruction: block.instructions.count), name,
          range ?? block.range
        )
      }
    }
    return answer
  }

  /// What shared memory a condition depends on, and nothing else that changes in the loop; nil:
  /// none, or something else.
  private func shared(_ operand: Operand, _ changed: Changes, _ depth: Int = 0) -> String? {
    guard depth < 8 else { return nil }
    switch operand {
    case .temporary(let number):
      switch values.definition(of: number) {
      case .load(let id)?: return shared(values.place(id), changed, depth)
      case .compute(_, let operands)?:
        var name: String?
        for operand in operands {
          switch operand {
          case .integer, .floating, .string: continue
          case .local(let local) where changed[local] == nil: continue
          default: break
          }
          guard let found = shared(operand, changed, depth + 1) else { return nil }
          name = name ?? found
        }
        return name
      case .copies(let operands)?:
        var name: String?
        for operand in operands {
          if case .integer = operand { continue }
          guard let found = shared(operand, changed, depth + 1) else { return nil }
          name = name ?? found
        }
        return name
      case .call(let block, let instruction)?:
        guard
          case .call(_, .direct(let symbol), let arguments)? = values.operation(
            block: block, instruction: instruction),
          let callee = package.function(symbol, in: unit), isPeek(callee, arguments)
        else { return nil }
        return package[callee].name
      case .unknown?: return atomicName(of: number)
      case nil: return nil
      }
    case .local(let local):
      var name: String?
      for store in changed[local] ?? [] {
        guard let found = shared(store, changed, depth + 1) else { return nil }
        name = name ?? found
      }
      return name
    default: return nil
    }
  }

  /// The memory that a compare-and-exchange works on.
  private func atomicName(of temporary: Int32) -> String? {
    for block in model.blocks {
      for instruction in block.instructions {
        if case .atomic(temporary, .compareExchange, let id, _, _) = instruction.operation {
          return shared(values.place(id), [:], 0)
        }
      }
    }
    return nil
  }

  private func shared(_ place: Place, _ changed: Changes, _ depth: Int) -> String? {
    let names = package.units[unit]
    for case .index(let operand) in place.path {
      if case .integer = operand { continue }
      guard case .local(let local) = operand, changed[local] == nil else { return nil }
    }
    var last = ""
    for case .field(let name, _) in place.path { last = names[name] }
    switch place.base {
    case .variable(let symbol):
      guard let variable = package.variable(symbol, in: unit),
        isWrittenElsewhere(variable, place)
      else { return nil }
      return last.isEmpty ? package[variable].name : last
    case .local(let local):
      // A list that is walked, or memory that is gone through.
      guard place.path.first == .dereference, changed[local] == nil, !last.isEmpty,
        isWrittenElsewhere(place)
      else { return nil }
      return last
    case .temporary(let number):
      guard place.path.first == .dereference, !last.isEmpty, isWrittenElsewhere(place),
        case .load(let id)? = values.definition(of: number),
        shared(values.place(id), changed, depth + 1) != nil
          || isFixed(values.place(id), changed)
      else { return nil }
      return last
    case .unnamed: return nil
    }
  }

  private func isFixed(_ place: Place, _ changed: Changes) -> Bool {
    switch place.base {
    case .local(let local): changed[local] == nil
    case .variable: true
    case .temporary, .unnamed: false
    }
  }

  // MARK: Others

  /// Whether other functions write a variable.
  private func isWrittenElsewhere(_ variable: VariableID, _ place: Place) -> Bool {
    package.accesses(of: variable).contains {
      $0.function != function && ($0.kind.writes || $0.kind == .address)
    }
  }

  /// Whether other functions write the last field of a place.
  private func isWrittenElsewhere(_ place: Place) -> Bool {
    var field: (name: String, record: String)?
    let names = package.units[unit]
    for case .field(let name, let record) in place.path { field = (names[name], names[record]) }
    guard let field else { return false }
    return package.functionIDs.contains { id in
      guard id != function, let (other, model) = package.body(of: id) else { return false }
      let names = package.units[other]
      func isIt(_ id: PlaceID) -> Bool {
        guard case .field(let name, let record)? = model.places[Int(id.index)].path.last else {
          return false
        }
        return names[name] == field.name && names[record] == field.record
      }
      return model.blocks.contains { block in
        block.instructions.contains { instruction in
          switch instruction.operation {
          case .store(let id, _), .modify(_, let id, _, _, _): isIt(id)
          case .atomic(_, let kind, let id, _, _): kind != .load && isIt(id)
          case .call(_, _, let arguments):
            arguments.contains { if case .address(let id) = $0 { isIt(id) } else { false } }
          case .load, .compute, .copy, .opaque: false
          }
        }
      }
    }
  }

  /// Whether a function of the package only reads shared memory and gives the result.
  private func isPeek(_ callee: FunctionID, _ arguments: [Operand]) -> Bool {
    guard let (unit, model) = package.body(of: callee), model.blocks.count <= 4 else {
      return false
    }
    var reads = false
    for block in model.blocks {
      for instruction in block.instructions {
        switch instruction.operation {
        case .load(_, let id), .atomic(_, .load, let id, _, _):
          let place = model.places[Int(id.index)]
          switch place.base {
          case .variable(let symbol):
            guard let variable = package.variable(symbol, in: unit),
              isWrittenElsewhere(variable, place)
            else { return false }
            reads = true
          case .local: break
          case .temporary, .unnamed: return false
          }
        case .compute, .copy: break
        case .store, .modify, .atomic, .call, .opaque: return false
        }
      }
    }
    return reads
  }
}
