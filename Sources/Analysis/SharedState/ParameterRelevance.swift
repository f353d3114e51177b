import ProgramModel

/// Which pointer parameters can ever be given the address of something shared: only of these is
/// it worth knowing what a function does with them.
struct ParameterRelevance {
  private var relevant: [Set<Int>]

  func contains(_ function: FunctionID, _ parameter: Int) -> Bool {
    relevant[Int(function.index)].contains(parameter)
  }

  func hasAny(_ function: FunctionID) -> Bool { !relevant[Int(function.index)].isEmpty }

  private struct Parameter: Hashable {
    var function: FunctionID
    var index: Int
  }

  init(_ package: PackageModel, _ graph: CallGraph, _ resolvers: [PathResolver?]) {
    relevant = Array(repeating: [], count: package.functions.count)
    var flows: [Parameter: [Parameter]] = [:]
    var work: [Parameter] = []
    for id in package.functionIDs {
      guard let resolver = resolvers[Int(id.index)] else { continue }
      for index in graph.outgoing[Int(id.index)] {
        let edge = graph.edges[index]
        guard edge.kind != .callback, package[edge.callee].definition != nil,
          case .call(_, _, let arguments)? = resolver.values.operation(
            block: Int(edge.block.index), instruction: edge.instruction)
        else { continue }
        for (position, argument) in arguments.enumerated() {
          let target = Parameter(function: edge.callee, index: position)
          switch resolver.sharing(of: argument) {
          case .none: continue
          case .shared: work.append(target)
          case .parameters(let sources):
            for source in sources {
              flows[Parameter(function: id, index: source), default: []].append(target)
            }
          }
        }
      }
    }
    while let next = work.popLast() {
      guard relevant[Int(next.function.index)].insert(next.index).inserted else { continue }
      work += flows[next] ?? []
    }
  }
}

/// Where a pointer can come from, roughly, and never too little.
enum PointerSharing {
  /// From the function's own memory.
  case none
  /// Perhaps from a static, from module state, or from a call.
  case shared
  /// From these parameters.
  case parameters(Set<Int>)
}

extension PathResolver {
  func sharing(of operand: Operand) -> PointerSharing {
    var parameters = Set<Int>()
    var seen = Set<Operand>()
    var work = [operand]
    while let next = work.popLast() {
      guard seen.insert(next).inserted else { continue }
      if seen.count > 64 { return .shared }
      var places: [Place] = []
      switch next {
      case .address(let id): places.append(values.place(id))
      case .local(let index):
        if isModuleState(values.model.locals[Int(index)].type) { return .shared }
        if index < values.model.parameterCount { parameters.insert(Int(index)) }
        work += values.localStores[Int(index)]
      case .temporary(let number):
        switch values.definition(of: number) {
        case .load(let id)?:
          let place = values.place(id)
          if isModuleState(place.type) { return .shared }
          places.append(place)
        case .call?: return .shared
        case .compute(_, let operands)?, .copies(let operands)?: work += operands
        case .unknown?, nil: break
        }
      case .integer, .floating, .string, .function, .unknown: break
      }
      for place in places {
        switch place.base {
        case .variable: return .shared
        case .local(let index): work.append(.local(index))
        case .temporary(let number): work.append(.temporary(number))
        case .unnamed: break
        }
        if hasSharedField(place) { return .shared }
      }
    }
    return parameters.isEmpty ? .none : .parameters(parameters)
  }
}
