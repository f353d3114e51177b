package import ProgramModel
import PythonAPI

/// A key that is put into a shared dict where it was found missing, in two steps.
package struct ContainerCheck: Sendable {
  /// The function in which both happen, perhaps in functions that it calls.
  package var function: FunctionID
  /// The call that stores.
  package var store: CodeSite
  /// `PyDict_SetItem`.
  package var storeName: String
  package var test: CodeSite
  /// `PyDict_Contains`.
  package var testName: String
  /// The dict by its way from a static or from a parameter of the function.
  package var container: LockKey
}

/// Finds tests of keys and stores of the same keys that no lock holds together.
struct ContainerCheckFinder {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let locks: Locks

  /// A look at a dict, or a change of it, in terms of one function.
  private struct Step {
    var container: LockKey
    /// The key's value: where it comes from in the function.
    var key: KeyValue
    var point: ProgramPoint
    /// The call itself.
    var site: CodeSite
    var name: String
    var isStore: Bool
    /// What the helper that does it holds meanwhile.
    var isLocked: Bool
  }

  private enum KeyValue: Hashable {
    case operand(Operand)
    case object(LockKey)
  }

  /// In the order of functions, one for each function and dict.
  func find() -> [ContainerCheck] {
    var own: [FunctionID: [Step]] = [:]
    for id in package.functionIDs where package[id].definition == nil {
      let name = package[id].name
      let isStore = ReferenceEffects.storesKey(name)
      guard isStore || ReferenceEffects.testsKey(name) else { continue }
      for index in graph.incoming[Int(id.index)] {
        let edge = graph.edges[index]
        guard edge.kind != .callback, let step = step(edge, name, isStore: isStore) else {
          continue
        }
        own[edge.caller, default: []].append(step)
      }
    }
    var whole = own
    for (id, steps) in own.sorted(by: { $0.key < $1.key }) {
      for index in graph.incoming[Int(id.index)] {
        let edge = graph.edges[index]
        guard edge.kind != .callback, edge.caller != id else { continue }
        whole[edge.caller, default: []] += steps.compactMap { translated($0, edge) }
      }
    }
    var found: [ContainerCheck] = []
    for id in whole.keys.sorted()
    where phases.possiblePhases(of: id).contains(.runtime) {
      found += checks(id, whole[id] ?? [])
    }
    var seen = Set<CodeSite>()
    return found.filter { seen.insert($0.store).inserted }
  }

  private func step(_ edge: CallEdge, _ name: String, isStore: Bool) -> Step? {
    guard let (_, model) = package.body(of: edge.caller),
      case .call(_, _, let arguments)? = operation(edge, model), arguments.count > 1,
      let container = locks.object(arguments[0], in: edge.caller)
    else { return nil }
    let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
    return Step(
      container: container, key: key(arguments[1], in: edge.caller), point: point,
      site: edge.site, name: name, isStore: isStore, isLocked: isLocked(edge.caller, point))
  }

  private func operation(_ edge: CallEdge, _ model: FunctionModel) -> Operation? {
    let instructions = model.blocks[Int(edge.block.index)].instructions
    return edge.instruction < instructions.count ? instructions[edge.instruction].operation : nil
  }

  private func key(_ operand: Operand, in function: FunctionID) -> KeyValue {
    locks.object(operand, in: function).map { .object($0) } ?? .operand(operand)
  }

  private func isLocked(_ function: FunctionID, _ point: ProgramPoint) -> Bool {
    locks.held(in: function, block: point.block, instruction: point.instruction).contains {
      $0.mode == .exclusive || $0.mode == .onceBody
    }
  }

  /// A helper's step in terms of its caller; nil: it cannot be said there.
  private func translated(_ step: Step, _ edge: CallEdge) -> Step? {
    guard let (_, model) = package.body(of: edge.caller),
      case .call(_, _, let arguments)? = operation(edge, model),
      let container = translated(step.container, arguments, edge.caller),
      case .object(let key) = step.key, let outer = translated(key, arguments, edge.caller)
    else { return nil }
    var step = step
    step.container = container
    step.key = .object(outer)
    step.point = ProgramPoint(block: edge.block, instruction: edge.instruction)
    step.isLocked = isLocked(edge.caller, step.point)
    return step
  }

  private func translated(
    _ key: LockKey, _ arguments: [Operand], _ caller: FunctionID
  ) -> LockKey? {
    guard case .parameter(let index) = key.base else {
      if case .local = key.base { return nil }
      return key
    }
    guard index < arguments.count, key.path.first == "->",
      var object = locks.object(arguments[index], in: caller)
    else { return nil }
    object.path += key.path.dropFirst()
    return object
  }

  /// Whether other threads can have the dict: a static one, or one in a field.
  private func isShared(_ container: LockKey) -> Bool {
    switch container.base {
    case .variable, .moduleState: true
    case .parameter: container.path.contains { $0 != "->" && $0 != "[]" }
    case .moduleObject, .world, .field, .local, .unknown: false
    }
  }

  private func checks(_ function: FunctionID, _ steps: [Step]) -> [ContainerCheck] {
    guard let (_, model) = package.body(of: function) else { return [] }
    let flow = ControlFlow(model)
    let dominators = Dominators(flow)
    func isBefore(_ first: ProgramPoint, _ second: ProgramPoint) -> Bool {
      first.block == second.block
        ? first.instruction < second.instruction
        : dominators.dominates(first.block, second.block)
    }
    var found: [ContainerCheck] = []
    var seen = Set<LockKey>()
    for store in steps where store.isStore && isShared(store.container) && !store.isLocked {
      guard
        let test = steps.first(where: {
          !$0.isStore && $0.container == store.container && $0.key == store.key
            && isBefore($0.point, store.point)
        }), seen.insert(store.container).inserted
      else { continue }
      found.append(
        ContainerCheck(
          function: function, store: store.site, storeName: store.name, test: test.site,
          testName: test.name, container: store.container))
    }
    return found
  }
}
