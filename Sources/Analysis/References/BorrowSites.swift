import ProgramModel
import PythonAPI

/// One place where a function borrows references.
struct BorrowSite {
  var point: ProgramPoint
  /// The values that are borrowed there.
  var origins: [ValueFlow.Origin]
  var pattern: ReferencePattern
  /// The function or macro that lends.
  var api: String
  /// The object that owns the references; nil: no argument is it.
  var owner: Operand?
  /// Where the owner is not an operand: who can have it, and what it is.
  var result: BorrowedResult?
  /// The borrowed pointer leads to an array: references taken of its elements do not protect it.
  var isArray = false
}

/// A borrowed reference that a function of the package hands to its caller.
struct BorrowedResult: Hashable {
  /// The parameter whose object owns it; nil: not one of the parameters.
  var argument: Int?
  var owner: ReferenceOwner
  /// The function that borrows it, and where.
  var helper: FunctionID
  var api: String
  var site: CodeSite
  /// Handed over through this parameter, which points to a variable; nil: returned.
  var output: Int?
}

/// What the names of the C API lend.
enum Lenders {
  /// How a function lends references; nil: it does not, or harmlessly.
  static func pattern(of name: String) -> ReferencePattern? {
    if let known = special[name] { return known }
    guard let fact = PythonFacts.shared.function(name) else { return nil }
    switch fact.borrowRisk {
    case .dangerous?: break
    case .dangerousIfList?: return .fastSequence
    default: return nil
    }
    switch fact.borrowedFrom {
    case .weakReferent?: return .weakReference
    case .sysAttribute?, .sysModules?, .frameNamespace?: return .namespace
    case .dictEntry?, .setEntry?: return .dictionaryIteration
    default: return fact.returns == .borrowedBuffer ? .buffer : .sharedContainer
    }
  }

  private static let special: [String: ReferencePattern] = [
    "_PySet_NextEntry": .dictionaryIteration, "_PySet_NextEntryRef": .dictionaryIteration,
    "_PyDict_Next": .dictionaryIteration, "PySequence_Fast_GET_SIZE": .fastSequence,
    "_PyDict_GetItem_KnownHash": .sharedContainer,
  ]

  /// The arguments through which a function stores borrowed references.
  static func outputs(of name: String) -> [Int] {
    if let fact = PythonFacts.shared.function(name), !fact.borrowedReferenceArguments.isEmpty {
      return fact.borrowedReferenceArguments
    }
    switch name {
    case "_PyDict_Next": return [2, 3]
    case "_PySet_NextEntry": return [2]
    default: return []
    }
  }
}

extension ReferenceContext {
  /// `list->ob_item[n]`.
  func isListItem(_ place: Place, _ unit: Int) -> Bool {
    guard case .index? = place.path.last else { return false }
    return place.path.contains { isItems($0, unit) }
  }

  /// `list->ob_item`, the whole array.
  func isListArray(_ place: Place, _ unit: Int) -> Bool {
    place.path.last.map { isItems($0, unit) } ?? false
  }

  private func isItems(_ step: Place.Step, _ unit: Int) -> Bool {
    guard case .field(let name, let record) = step else { return false }
    return package.units[unit][name] == "ob_item" && package.units[unit][record] == "PyListObject"
  }

  /// The places where a function borrows, in the order of its blocks. `results` are the borrowed
  /// references that functions of the package hand to their callers.
  func borrowSites(
    in flow: ValueFlow, results: [FunctionID: [BorrowedResult]]
  ) -> [BorrowSite] {
    var found: [BorrowSite] = []
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        switch instruction.operation {
        case .call(_, .direct, _):
          guard let (callee, arguments) = flow.call(at: point) else { continue }
          if package[callee].definition == nil {
            if let site = lent(by: package[callee].name, arguments, at: point, flow) {
              found.append(site)
            }
          } else {
            for result in results[callee] ?? [] {
              if let site = lent(by: callee, result, arguments, at: point) { found.append(site) }
            }
          }
        case .load(_, let id):
          let place = flow.model.places[Int(id.index)]
          let isArray = isListArray(place, flow.unit)
          guard isArray || isListItem(place, flow.unit), place.path.first == .dereference else {
            continue
          }
          let owner: Operand
          switch place.base {
          case .local(let local): owner = .local(local)
          case .temporary(let number): owner = .temporary(number)
          case .variable, .unnamed: continue
          }
          found.append(
            BorrowSite(
              point: point, origins: [.load(point, id)], pattern: .sharedContainer,
              api: "ob_item", owner: owner, isArray: isArray))
        default: continue
        }
      }
    }
    return found
  }

  private func lent(
    by name: String, _ arguments: [Operand], at point: ProgramPoint, _ flow: ValueFlow
  ) -> BorrowSite? {
    guard var pattern = Lenders.pattern(of: name) else { return nil }
    let fact = PythonFacts.shared.function(name)
    let outputs = Lenders.outputs(of: name)
    var origins: [ValueFlow.Origin] = outputs.filter { $0 < arguments.count }
      .map { .output(point, argument: $0) }
    for output in outputs where output < arguments.count {
      // Stored right in memory that is no local variable: read from there afterwards.
      guard case .address(let place) = arguments[output] else { continue }
      let target = flow.model.places[Int(place.index)]
      if case .local = target.base, target.path.isEmpty { continue }
      origins += flow.loads(of: target)
    }
    if outputs.isEmpty, flow.operation(at: point)?.result != nil { origins = [.call(point)] }
    let position = fact?.ownerArgument ?? 0
    let owner = pattern == .namespace || position >= arguments.count ? nil : arguments[position]
    if pattern == .sharedContainer, let owner, flow.isFastSequence(owner, at: point) {
      pattern = .fastSequence
    }
    return BorrowSite(
      point: point, origins: origins, pattern: pattern, api: name, owner: owner,
      isArray: fact?.returns == .borrowedArray)
  }

  private func lent(
    by helper: FunctionID, _ result: BorrowedResult, _ arguments: [Operand],
    at point: ProgramPoint
  ) -> BorrowSite? {
    var origin = ValueFlow.Origin.call(point)
    if let output = result.output { origin = .output(point, argument: output) }
    var owner: Operand?
    if let argument = result.argument {
      guard argument < arguments.count else { return nil }
      owner = arguments[argument]
    }
    return BorrowSite(
      point: point, origins: [origin], pattern: .helper, api: package[helper].name, owner: owner,
      result: result)
  }
}

extension ValueFlow {
  /// Whether an object comes from `PySequence_Fast`.
  func isFastSequence(_ operand: Operand, at point: ProgramPoint) -> Bool {
    origins(of: operand, at: point).contains { origin in
      guard case .call(let site) = origin else { return false }
      return name(ofCallAt: site) == "PySequence_Fast"
    }
  }

  /// The type that a parser asks for of the object that it stores through an argument; nil: it
  /// takes any.
  func parsedType(_ argument: Int, ofCallAt point: ProgramPoint) -> String? {
    guard argument > 0, let (callee, arguments) = call(at: point), argument < arguments.count,
      ReferenceEffects.parsesArguments(package[callee].name),
      case .address(let place) = arguments[argument - 1],
      case .variable(let symbol) = model.places[Int(place.index)].base
    else { return nil }
    let name = package.units[unit].name(of: symbol)
    return name.hasSuffix("_Type") ? name : nil
  }

  /// The arguments through which a parser stores borrowed references.
  func parsedObjects(ofCallAt point: ProgramPoint) -> [Int] {
    guard let (callee, arguments) = call(at: point) else { return [] }
    let name = package[callee].name
    if name == "PyArg_UnpackTuple" { return Array(arguments.indices.dropFirst(4)) }
    guard ReferenceEffects.parsesArguments(name) else { return [] }
    guard
      let position = arguments.firstIndex(where: { if case .string = $0 { true } else { false } }),
      case .string(let text) = arguments[position]
    else { return [] }
    // Behind the format of the variant with keywords stands the list of their names.
    let first = position + (name.contains("Keywords") ? 2 : 1)
    let format = package.units[unit][text].dropFirst().dropLast()
    return ArgumentFormat.slots(of: String(format)).enumerated().compactMap { index, slot in
      (slot == .object || slot == .typedObject) && first + index < arguments.count
        ? first + index : nil
    }
  }
}
