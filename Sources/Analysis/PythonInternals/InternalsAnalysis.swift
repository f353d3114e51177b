import ProgramModel
import PythonAPI

/// Finds uses of the inside of Python objects in a package, function by function.
struct InternalsAnalysis {
  let context: ReferenceContext
  let privacy: ObjectPrivacy
  private let judge: SharingJudge
  private let interest: InternalsInterest

  static func run(_ context: ReferenceContext) -> PythonInternals {
    let analysis = InternalsAnalysis(context)
    return PythonInternals(
      hazards: context.package.functionIDs.flatMap { analysis.hazards(of: $0) })
  }

  private init(_ context: ReferenceContext) {
    self.context = context
    privacy = ObjectPrivacy(context.package)
    // Who sees what is written counts also for objects that do not change once they are made.
    judge = SharingJudge(context: context, isForWriting: true)
    interest = InternalsInterest(context.package)
  }

  /// What is only torn down, visited or imported, nobody else has.
  private func isLive(_ function: FunctionID) -> Bool {
    !context.phases.possiblePhases(of: function).isDisjoint(with: [.runtime, .creation])
  }

  private func hazards(of function: FunctionID) -> [InternalsHazard] {
    guard let (unit, model) = context.package.body(of: function),
      interest.contains(model, unit), isLive(function), let flow = context.flow(of: function)
    else { return [] }
    let found =
      UniquenessTests(analysis: self, flow: flow).find()
      + FieldUses(analysis: self, flow: flow).find()
      + CachedSizes(analysis: self, flow: flow).find()
      + TypeChanges(analysis: self, flow: flow).find()
      + PrivateCalls(analysis: self, flow: flow).find()
    return Self.grouped(found)
  }

  /// One hazard for each subject of the function, in the order of its text.
  private static func grouped(_ found: [InternalsHazard]) -> [InternalsHazard] {
    struct Key: Hashable {
      var pattern: InternalsPattern
      var symbol: String
      var owner: String
    }
    var result: [InternalsHazard] = []
    var known: [Key: Int] = [:]
    let ordered = found.enumerated().sorted {
      ($0.element.site.range.file, $0.element.site.range.start, $0.offset)
        < ($1.element.site.range.file, $1.element.site.range.start, $1.offset)
    }
    for (_, hazard) in ordered {
      let byOwner: Bool =
        switch hazard.pattern {
        case .uniqueness, .cachedSize: true
        case .header, .content, .typeChange, .privateFunction: false
        }
      let key = Key(
        pattern: hazard.pattern, symbol: byOwner ? "" : hazard.symbol,
        owner: byOwner ? hazard.owner?.text ?? "" : "")
      if let first = known[key] {
        if result[first].site.range != hazard.site.range { result[first].more.append(hazard.site) }
        // The worst access of a field is what the finding says.
        if hazard.access == .write, result[first].access == .read {
          result[first].access = .write
          if let owner = hazard.owner { result[first].owner = owner }
        }
      } else {
        known[key] = result.count
        result.append(hazard)
      }
    }
    return result
  }

  // MARK: For the finders

  /// The object that an operand is, with who can have it; nil: nobody else can.
  func shared(
    _ operand: Operand, at point: ProgramPoint, _ flow: ValueFlow
  ) -> ReferenceOwner? {
    if privacy.isPrivate(operand, at: point, in: flow.function) { return nil }
    let sharing = judge.sharing(of: operand, at: point, in: flow)
    switch sharing {
    case .isolated, .locked: return nil
    case .immutable, .shared: break
    }
    return owner(operand, sharing, at: point, flow)
  }

  func owner(
    _ operand: Operand, _ sharing: Sharing, at point: ProgramPoint, _ flow: ValueFlow
  ) -> ReferenceOwner {
    let names = OwnerNames(flow: flow).names(of: operand, at: point)
    return ReferenceOwner(
      name: names.name, text: names.text, sharing: sharing,
      isNamed: OwnerNames(flow: flow).isNamed(operand, at: point), isChanged: nil)
  }

  /// Whether a lock on the object is held at a point.
  func isCovered(
    _ operand: Operand, _ owner: ReferenceOwner, at point: ProgramPoint, _ flow: ValueFlow
  ) -> Bool {
    guard case .shared(let reason) = owner.sharing else { return false }
    return !Covers.locks(on: operand, at: point, in: flow, isOwn: reason.isOwn, context).isEmpty
  }

  /// The object whose field stands at a position of a way that leads over other objects; nil:
  /// nobody else has it, or some lock is held.
  func holder(
    of place: Place, upTo index: Int, at point: ProgramPoint, _ flow: ValueFlow
  ) -> ReferenceOwner? {
    if let root = place.root, privacy.isPrivate(root, at: point, in: flow.function) { return nil }
    let names = context.package.units[flow.unit]
    var holder = place
    holder.path = Array(place.path[..<index])
    let text = OwnerNames(flow: flow).names(of: holder, point)
    var sharing = Sharing.shared(.unknown(""))
    if case .field(let field, let record)? = holder.path.last(where: \.isField) {
      sharing = .shared(.field(record: names[record], name: names[field]))
    } else if case .variable(let symbol) = place.base,
      let variable = context.package.variable(symbol, in: flow.unit)
    {
      sharing = .shared(.variable(variable))
    }
    let held = context.locks.held(
      in: flow.function, block: point.block, instruction: point.instruction)
    guard !held.contains(where: \.isTelling) else { return nil }
    return ReferenceOwner(
      name: text.name, text: text.text, sharing: sharing, isNamed: true, isChanged: nil)
  }

  /// Whether what stands at a place is what a macro of CPython expands to.
  func isOfPublicMacro(_ range: SourceRange, _ flow: ValueFlow) -> Bool {
    ObjectInternals.isPublicMacro(macro(range, flow))
  }

  func macro(_ range: SourceRange, _ flow: ValueFlow) -> String {
    context.package.units[flow.unit][range.macro]
  }
}

/// Which functions name anything that the finders look for.
struct InternalsInterest {
  private let package: PackageModel
  /// Per unit the symbols and the names of fields of interest.
  private let symbols: [Set<SymbolID>]

  init(_ package: PackageModel) {
    self.package = package
    symbols = package.units.map { unit in
      Set(
        unit.symbols.indices.lazy.map { SymbolID(Int32(truncatingIfNeeded: $0)) }.filter {
          Self.isOfInterest(unit.name(of: $0))
        })
    }
  }

  private static func isOfInterest(_ name: String) -> Bool {
    ObjectInternals.countsReferences(name) || ObjectInternals.headerSet(by: name) != nil
      || ObjectInternals.givesListSize(name) || ObjectInternals.givesTypeNamespace(name)
      || ObjectInternals.announcesTypeChange(name) || ObjectInternals.isPrivate(name)
  }

  func contains(_ model: FunctionModel, _ unit: Int) -> Bool {
    let names = package.units[unit]
    let hasField = model.places.contains { place in
      place.path.contains { step in
        guard case .field(let name, let record) = step else { return false }
        return ObjectInternals.fact(ofField: names[name], record: names[record]) != nil
          || ObjectInternals.isTypePart(names[record])
      }
    }
    if hasField || model.gaps.contains(where: { names[$0.reason].contains("no member named") }) {
      return true
    }
    let symbols = symbols[unit]
    guard !symbols.isEmpty else { return false }
    return model.blocks.contains { block in
      block.instructions.contains { instruction in
        guard case .call(_, .direct(let symbol), _) = instruction.operation else { return false }
        return symbols.contains(symbol)
      }
    }
  }
}
