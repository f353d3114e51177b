import ProgramModel
import PythonAPI

/// What a function of the package can return, as its callers see it.
enum ReturnedReference: Hashable {
  /// The object that it was passed.
  case argument(Int)
  /// A new object.
  case made(ReferenceEffects.Made)
  /// An object that others can have, with or without a reference.
  case shared(SharedReason)
  /// `NULL`, a number.
  case nothing
  case unknown
}

extension ReferenceContext {
  /// What a function returns; of recursive functions what is known without the recursion.
  func returns(of function: FunctionID, depth: Int) -> [ReturnedReference] {
    returned.answer(function, whenCut: []) {
      guard returned.depth < 48, depth < SharingJudge.deepest, let flow = flow(of: function)
      else {
        cuts.noteCut()
        return [.unknown]
      }
      return returns(in: flow, depth: depth)
    }
  }

  private func returns(in flow: ValueFlow, depth: Int) -> [ReturnedReference] {
    var found: [ReturnedReference] = []
    for (number, block) in flow.model.blocks.enumerated() {
      guard case .return(let operand?) = block.terminator else { continue }
      let point = ProgramPoint(
        block: BlockID(Int32(truncatingIfNeeded: number)), instruction: block.instructions.count)
      for origin in flow.origins(of: operand, at: point) {
        for reference in references(origin, in: flow, depth: depth)
        where !found.contains(reference) {
          found.append(reference)
        }
      }
      if found.count > 32 { break }
    }
    return found
  }

  private func references(
    _ origin: ValueFlow.Origin, in flow: ValueFlow, depth: Int
  ) -> [ReturnedReference] {
    switch origin {
    case .integer, .address, .other: return [.nothing]
    case .unknown: return [.unknown]
    case .parameter(let index): return [.argument(index)]
    case .output(let site, let argument):
      guard let name = flow.name(ofCallAt: site), let fact = PythonFacts.shared.function(name),
        fact.newReferenceArguments.contains(argument)
      else { return [.unknown] }
      return [item(at: site, name, in: flow)]
    case .load(let site, _):
      let sharing = SharingJudge(context: self).sharing(
        of: origin, at: site, in: flow, depth: depth + 1)
      switch sharing {
      case .shared(.unknown): return [.unknown]
      case .shared(let reason): return [.shared(reason)]
      case .isolated, .immutable, .locked: return [.unknown]
      }
    case .call(let site):
      guard let (callee, arguments) = flow.call(at: site) else { return [.unknown] }
      let name = package[callee].name
      if package[callee].definition != nil {
        return returns(of: callee, depth: depth + 1).compactMap {
          translated($0, arguments, at: site, in: flow)
        }
      }
      if ReferenceEffects.returnsSame(name) || name == "PySequence_Fast",
        let first = arguments.first
      {
        return flow.origins(of: first, at: site).flatMap {
          references($0, in: flow, depth: depth + 1)
        }
      }
      if let made = ReferenceEffects.made(by: name) { return [.made(made)] }
      if ReferenceEffects.looksUp(name) { return [item(at: site, name, in: flow)] }
      return [.unknown]
    }
  }

  private func item(
    at site: ProgramPoint, _ name: String, in flow: ValueFlow
  ) -> ReturnedReference {
    .shared(
      SharingJudge(context: self).attribute(
        name, flow.call(at: site)?.arguments ?? [], at: site, in: flow) ?? .item(of: name))
  }

  /// What a callee returns, in this function's terms.
  private func translated(
    _ reference: ReturnedReference, _ arguments: [Operand], at site: ProgramPoint,
    in flow: ValueFlow
  ) -> ReturnedReference? {
    switch reference {
    case .argument(let index):
      guard index < arguments.count else { return .unknown }
      for origin in flow.origins(of: arguments[index], at: site) {
        if case .parameter(let own) = origin { return .argument(own) }
      }
      return .unknown
    case .made, .shared, .nothing, .unknown: return reference
    }
  }

  // MARK: Other summaries

  /// What gives a parameter away to others; nil: the function does not.
  func keeps(_ function: FunctionID, parameter: Int, depth: Int) -> String? {
    let key = ParameterKey(function: function, parameter: parameter)
    return keptParameters.answer(key, whenCut: nil) {
      SharingJudge(context: self).keeper(key, depth: depth)
    }
  }

  /// Whether a small function of the package takes a reference to its parameter, on every way
  /// on which there is an object.
  func takes(_ function: FunctionID, parameter: Int) -> Bool {
    let key = ParameterKey(function: function, parameter: parameter)
    return takenParameters.answer(key, whenCut: false) {
      guard let (_, model) = package.body(of: function), model.blocks.count <= 12,
        parameter < Int(model.parameterCount), let flow = flow(of: function)
      else { return false }
      let outcome = BorrowFollower(context: self, flow: flow).follow(
        [.parameter(parameter)], from: ProgramPoint(block: BlockID(0), instruction: -1),
        covers: [], returnIsUse: false)
      return outcome.isTaken && !outcome.reachesEnd
    }
  }

  /// All places that store something in a field.
  func stores(to field: FieldKey) -> [CodeSite] { allStores[field] ?? [] }

  /// All stores of pointers in fields.
  var allStores: [FieldKey: [CodeSite]] {
    if let known = fieldStores { return known }
    let found = collectStores()
    fieldStores = found
    return found
  }

  private func collectStores() -> [FieldKey: [CodeSite]] {
    var found: [FieldKey: [CodeSite]] = [:]
    for id in package.functionIDs {
      guard let (unit, model) = package.body(of: id) else { continue }
      let names = package.units[unit]
      for (number, block) in model.blocks.enumerated() {
        for (index, instruction) in block.instructions.enumerated() {
          guard case .store(let target, let operand) = instruction.operation,
            case .field(let name, let record)? = model.places[Int(target.index)].path.last
          else { continue }
          switch operand {
          case .integer, .floating, .string, .function: continue
          default: break
          }
          let type = model.places[Int(target.index)].type
          guard names[type].kind == .pointer else { continue }
          found[FieldKey(record: names[record], name: names[name]), default: []].append(
            CodeSite(
              function: id, unit: unit, block: BlockID(Int32(truncatingIfNeeded: number)),
              instruction: index, range: instruction.range))
        }
      }
    }
    return found
  }
}
