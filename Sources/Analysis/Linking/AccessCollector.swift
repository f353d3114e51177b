package import ProgramModel

/// Collects who touches which static variable and where addresses of functions are taken.
struct AccessCollector {
  private var accesses: [[VariableAccess]]
  private var uses: [FunctionUse] = []
  private var references: [StaticReference] = []
  private let package: PackageModel
  /// Places of the function that is being read.
  private var places: [Place] = []

  /// The site that is being read.
  private struct Site {
    var function: FunctionID
    var unit: Int
    var block: BlockID
    var instruction: Int
    var range: SourceRange
  }

  static func collect(into package: inout PackageModel) {
    var collector = AccessCollector(package: package)
    for id in package.functionIDs { collector.read(id) }
    for id in package.variableIDs { collector.readInitializer(of: id) }
    package.accesses = collector.accesses
    package.functionUses = collector.uses
    package.staticReferences = collector.references
  }

  private init(package: PackageModel) {
    self.package = package
    accesses = Array(repeating: [], count: package.variables.count)
  }

  // MARK: Function bodies

  private mutating func read(_ id: FunctionID) {
    guard let (unit, model) = package.body(of: id) else { return }
    places = model.places
    for (index, block) in model.blocks.enumerated() {
      let blockID = BlockID(Int32(truncatingIfNeeded: index))
      for (number, instruction) in block.instructions.enumerated() {
        read(
          instruction.operation,
          Site(
            function: id, unit: unit, block: blockID, instruction: number,
            range: instruction.range))
      }
      let end = Site(
        function: id, unit: unit, block: blockID,
        instruction: block.instructions.count, range: block.range)
      switch block.terminator {
      case .branch(let operand, _, _), .switch(let operand, _, _), .indirect(let operand, _),
        .return(.some(let operand)):
        use(operand, .other, nil, end)
      case .jump, .return(nil), .throw, .unreachable: break
      }
    }
  }

  private mutating func read(_ operation: Operation, _ site: Site) {
    switch operation {
    case .load(_, let place):
      touch(place, .read, nil, site)
    case .store(let place, let operand):
      touch(place, .write, nil, site)
      use(operand, .stored(place), nil, site)
    case .modify(_, let place, _, let operand, _):
      touch(place, .modify, nil, site)
      use(operand, .other, nil, site)
    case .atomic(_, let kind, let place, _, let operands):
      switch kind {
      case .load: touch(place, .atomicRead, nil, site)
      case .store: touch(place, .atomicWrite, nil, site)
      case .exchange, .compareExchange, .modify: touch(place, .atomicModify, nil, site)
      case .fence: break
      }
      for operand in operands { use(operand, .stored(place), nil, site) }
    case .compute(_, let kind, let operands):
      for operand in operands {
        // To compare a function's address does not hand it to anybody.
        if case .function = operand, kind.isComparison { continue }
        use(operand, .other, nil, site)
      }
    case .copy(let result, let operand):
      use(operand, .joined(result), nil, site)
    case .call(_, let callee, let operands):
      var id: FunctionID?
      switch callee {
      case .direct(let symbol): id = package.function(symbol, in: site.unit)
      case .indirect(.function): break
      case .indirect(let operand): use(operand, .other, nil, site)
      }
      for (position, operand) in operands.enumerated() {
        use(operand, .argument(callee: id, position: position), position, site)
      }
    case .opaque(_, _, let operands):
      for (position, operand) in operands.enumerated() {
        use(operand, .argument(callee: nil, position: position), position, site)
      }
    }
  }

  private mutating func use(
    _ operand: Operand, _ context: FunctionUse.Context, _ argument: Int?, _ site: Site
  ) {
    switch operand {
    case .function(let symbol):
      guard let target = package.function(symbol, in: site.unit) else { return }
      uses.append(
        FunctionUse(
          target: target, context: context, function: site.function, unit: site.unit,
          range: site.range))
    case .address(let place):
      touch(place, .address, argument, site)
    case .temporary, .local, .integer, .floating, .string, .unknown:
      break
    }
  }

  private mutating func touch(
    _ id: PlaceID, _ kind: VariableAccess.Kind, _ argument: Int?, _ site: Site
  ) {
    let place = places[Int(id.index)]
    for case .index(let operand) in place.path { use(operand, .other, nil, site) }
    guard case .variable(let symbol) = place.base,
      let variable = package.variable(symbol, in: site.unit)
    else { return }
    let isThrough = place.path.contains(.dereference)
    func access(_ kind: VariableAccess.Kind, through: Bool) -> VariableAccess {
      VariableAccess(
        kind: kind, isThroughPointer: through, function: site.function, unit: site.unit,
        block: site.block, instruction: site.instruction, place: id, argument: argument,
        range: site.range)
    }
    // To go through a pointer is to read it first.
    if isThrough { accesses[Int(variable.index)].append(access(.read, through: false)) }
    accesses[Int(variable.index)].append(access(kind, through: isThrough))
  }

  // MARK: Static initialisers

  private mutating func readInitializer(of id: VariableID) {
    guard let place = package[id].definition else { return }
    let variable = package.units[place.unit].variables[place.index]
    guard let initializer = variable.initializer else { return }
    let type = package.innermostRecord(of: variable.type, in: place.unit)
    walk(initializer, id, record: type, field: "", variable.nameRange, place.unit)
  }

  private mutating func walk(
    _ value: Initializer, _ holder: VariableID, record: String, field: String,
    _ range: SourceRange, _ unit: Int
  ) {
    switch value {
    case .function(let symbol), .address(let symbol, _), .variable(let symbol):
      references.append(
        StaticReference(
          holder: holder, record: record, field: field,
          target: package.entities[unit][Int(symbol.index)], unit: unit, range: range))
    case .list(let elements):
      for element in elements {
        let name = package.units[unit][element.field]
        // A list inside a field begins another record, whose name the field's type gives.
        var inner = record
        if case .list = element.value, !name.isEmpty {
          inner = package.record(ofField: name, in: record) ?? ""
        }
        walk(
          element.value, holder, record: inner, field: name.isEmpty ? field : name, element.range,
          unit)
      }
    case .integer, .floating, .string, .call, .offset, .unknown:
      break
    }
  }
}

extension PackageModel {
  /// The canonical record of a type, looking through arrays; empty for other types.
  package func innermostRecord(of type: TypeID, in unit: Int) -> String {
    var type = units[unit][type]
    while type.kind == .array || type.kind == .vector, let element = type.element {
      type = units[unit][element]
    }
    return type.kind == .record ? units[unit][type.record] : ""
  }

  /// The record that a field of a record of the package has as type; nil where not known.
  package func record(ofField field: String, in record: String) -> String? {
    guard let place = records[record] else { return nil }
    let unit = units[place.unit]
    let found = unit.records[place.index].fields.first { unit[$0.name] == field }
    return found.map { innermostRecord(of: $0.type, in: place.unit) }
  }
}
