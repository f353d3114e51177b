import ProgramModel
import PythonAPI

/// Why the analysis of references looks at a function.
struct ReferenceInterest: OptionSet {
  let rawValue: UInt8

  /// The C API lends it references.
  static let borrows = Self(rawValue: 1)
  /// It is lent references that it may store: also from tuples and argument parsers.
  static let stores = Self(rawValue: 2)
  /// It writes to objects in place.
  static let writes = Self(rawValue: 4)
  /// It gives up references to objects that containers hold too.
  static let releases = Self(rawValue: 8)
  /// It releases buffers.
  static let buffers = Self(rawValue: 16)

  /// The functions of a package that are of interest, and why.
  static func find(_ context: ReferenceContext) -> [FunctionID: Self] {
    let package = context.package
    var found: [FunctionID: Self] = [:]
    var containers = Set<FunctionID>()
    var releasers = Set<FunctionID>()
    for id in package.functionIDs {
      if package[id].definition == nil {
        let name = package[id].name
        let interest = interest(of: name)
        let holds = ReferenceEffects.container(ofStore: name) != nil || name.hasSuffix("Ref")
        let releases = ReferenceEffects.givesUp(name)
        guard !interest.isEmpty || holds || releases else { continue }
        for edge in context.graph.incoming[Int(id.index)] {
          let caller = context.graph.edges[edge].caller
          if !interest.isEmpty { found[caller, default: []].formUnion(interest) }
          if holds { containers.insert(caller) }
          if releases { releasers.insert(caller) }
        }
      } else if let (unit, model) = package.body(of: id) {
        if model.places.contains(where: {
          context.isListItem($0, unit) || context.isListArray($0, unit)
        }) {
          found[id, default: []].insert(.borrows)
        }
        let isGivenObject = context.conventions.entryPoints(of: id).contains {
          $0.kind == .setter || $0.kind == .method
        }
        if isGivenObject || storesParameter(model) { found[id, default: []].insert(.stores) }
      }
    }
    for id in containers.intersection(releasers) { found[id, default: []].insert(.releases) }
    return found
  }

  /// Whether a function stores what it is passed in a field.
  private static func storesParameter(_ model: FunctionModel) -> Bool {
    model.blocks.contains { block in
      block.instructions.contains { instruction in
        guard case .store(let place, .local(let local)) = instruction.operation,
          local < model.parameterCount
        else { return false }
        return model.places[Int(place.index)].path.last?.isField ?? false
      }
    }
  }

  private static func interest(of name: String) -> Self {
    var found: Self = []
    if Lenders.pattern(of: name) != nil { found.formUnion([.borrows, .stores]) }
    if ReferenceEffects.parsesArguments(name)
      || PythonFacts.shared.function(name)?.borrowedFrom == .tupleItem
    {
      found.insert(.stores)
    }
    if PublishedWrites.isOfInterest(name) { found.insert(.writes) }
    if name == "PyBuffer_Release" { found.insert(.buffers) }
    return found
  }
}
