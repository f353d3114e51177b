import ProgramModel

/// What the analysis of references needs to know of the whole package, worked out when asked.
final class ReferenceContext {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let locks: Locks
  let yields: YieldPoints
  let conventions: CallingConventions
  private var flows: [FunctionID: ValueFlow] = [:]
  private var passingArguments: [FunctionID: Int?] = [:]
  let cuts: CutState
  let returned: CutMemo<FunctionID, [ReturnedReference]>
  let parameters: CutMemo<ParameterKey, Sharing>
  let operands: CutMemo<OperandKey, Sharing>
  let keptParameters: CutMemo<ParameterKey, String?>
  let takenParameters: CutMemo<ParameterKey, Bool>
  let publications: CutMemo<PublicationKey, [Publication]>
  private var isWarm = false
  var fieldStores: [FieldKey: [CodeSite]]?
  var fieldsBeingFound: Set<FieldKey> = []

  /// A parameter of a function.
  struct ParameterKey: Hashable {
    var function: FunctionID
    var parameter: Int
    /// What the question takes for true of the function's parameters.
    var given: [Condition] = []
    /// Asks for what the parameter points to.
    var isPointee = false
    /// Immutable objects count by who has them, as those do that are still written to.
    var isForWriting = false
  }

  /// An operand of a function at a point.
  struct OperandKey: Hashable {
    var function: FunctionID
    var operand: Operand
    var point: ProgramPoint
    var isForWriting: Bool
  }

  /// A new object in a function.
  struct PublicationKey: Hashable {
    var function: FunctionID
    var origin: ValueFlow.Origin
  }

  /// A field of a record, by names.
  struct FieldKey: Hashable {
    var record: String
    var name: String
  }

  init(
    _ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph, _ phases: Phases,
    _ locks: Locks, _ yields: YieldPoints
  ) {
    let cuts = CutState()
    self.cuts = cuts
    returned = CutMemo(cuts)
    parameters = CutMemo(cuts)
    operands = CutMemo(cuts)
    keptParameters = CutMemo(cuts)
    takenParameters = CutMemo(cuts)
    publications = CutMemo(cuts)
    self.package = package
    self.graph = graph
    self.phases = phases
    self.locks = locks
    self.yields = yields
    conventions = CallingConventions(package, objects, phases)
  }

  /// nil for functions without a body.
  func flow(of function: FunctionID) -> ValueFlow? {
    if let known = flows[function] { return known }
    guard let (unit, model) = package.body(of: function) else { return nil }
    let made = ValueFlow(function, package, unit: unit, model: model) { [unowned self] in
      passes($0)
    }
    flows[function] = made
    return made
  }

  /// The argument that a small function of the package hands back as it is; nil for others.
  func passes(_ function: FunctionID) -> Int? {
    if let known = passingArguments[function] { return known }
    passingArguments[function] = .some(nil)
    guard let (_, model) = package.body(of: function), model.blocks.count <= 6,
      let flow = flow(of: function)
    else { return nil }
    var found: Int?
    for (number, block) in model.blocks.enumerated() {
      guard case .return(let operand?) = block.terminator else { continue }
      let point = ProgramPoint(
        block: BlockID(Int32(truncatingIfNeeded: number)), instruction: block.instructions.count)
      for origin in flow.origins(of: operand, at: point) {
        guard case .parameter(let index) = origin, found == nil || found == index else {
          return nil
        }
        found = index
      }
    }
    if let index = found, flow.uses(of: .parameter(index)).contains(where: \.isArgument) {
      // What calls do with it, such as taking a reference, would be lost.
      found = nil
    }
    passingArguments[function] = found
    return found
  }

  /// Answers what callers pass, callers first, so that no question goes far: for packages with
  /// long chains of calls. `function` is where a question went too far. False: done before.
  func warm(towards function: FunctionID) -> Bool {
    guard !isWarm else { return false }
    isWarm = true
    defer { isWarm = false }
    let callers = graph.callers(reaching: [function])
    let judge = SharingJudge(context: self)
    for id in graph.bottomUp().functions.reversed() where callers.contains(id) {
      guard let (unit, model) = package.body(of: id) else { continue }
      for index in 0..<Int(model.parameterCount)
      where [.pointer, .reference].contains(package.units[unit][model.locals[index].type].kind) {
        _ = judge.parameter(index, of: id)
      }
    }
    return true
  }

  func site(_ point: ProgramPoint, in flow: ValueFlow) -> CodeSite {
    CodeSite(
      function: flow.function, unit: flow.unit, block: point.block,
      instruction: point.instruction, range: flow.range(at: point))
  }

  func name(_ function: FunctionID) -> String { package[function].name }
}
