import ProgramModel
import PythonAPI

/// A reference is taken to an object that may be dying already.
package struct TryIncref: Hashable, Sendable {
  package enum Way: Hashable, Sendable {
    /// The count is tested, and a reference taken where it is not zero.
    case test
    /// The count is set.
    case set
  }

  package var way: Way
  /// The test, or the call that sets the count.
  package var site: CodeSite
  /// Where the reference is taken; nil where the count is set.
  package var take: CodeSite?
}

/// Finds where the package takes references to objects by their counts.
struct TryIncrefFinder {
  private let package: PackageModel
  private let phases: Phases

  init(_ package: PackageModel, _ phases: Phases) {
    self.package = package
    self.phases = phases
  }

  /// The first of each function, in the order of functions.
  func find() -> [TryIncref] {
    var found: [TryIncref] = []
    for id in package.functionIDs
    where phases.isConcurrent(id) || phases.phases(of: id).contains(.runtime) {
      guard let (unit, model) = package.body(of: id), readsCount(model, unit) else { continue }
      let reader = CountReader(id, unit, model, package)
      if let test = reader.tests().first {
        found.append(test)
      } else if isRunTime(id), let set = reader.sets().first {
        found.append(set)
      }
    }
    return found
  }

  /// Objects that are being made have counts that nobody else sees.
  private func isRunTime(_ function: FunctionID) -> Bool {
    phases.possiblePhases(of: function).isDisjoint(
      with: [.collection, .creation, .initialisation])
  }

  /// Whether a function has anything to do with counts.
  private func readsCount(_ model: FunctionModel, _ unit: Int) -> Bool {
    let names = package.units[unit]
    func isCount(_ place: Place) -> Bool {
      guard case .field(let name, _)? = place.path.last else { return false }
      return ReferenceCounts.fields.contains(names[name])
    }
    if model.places.contains(where: isCount) { return true }
    return model.blocks.contains { block in
      block.instructions.contains { instruction in
        guard case .call(_, .direct(let symbol), _) = instruction.operation else { return false }
        let name = names.name(of: symbol)
        return name == ReferenceCounts.getter || name == ReferenceCounts.setter
      }
    }
  }
}

enum ReferenceCounts {
  static let fields: Set<String> = ["ob_refcnt", "ob_ref_local", "ob_ref_shared"]
  static let getter = "Py_REFCNT"
  static let setter = "Py_SET_REFCNT"
}

/// Reads one function for what it does by counts of references.
private struct CountReader {
  private let function: FunctionID
  private let unit: Int
  private let model: FunctionModel
  private let package: PackageModel
  private let values: FunctionValues

  init(_ function: FunctionID, _ unit: Int, _ model: FunctionModel, _ package: PackageModel) {
    self.function = function
    self.unit = unit
    self.model = model
    self.package = package
    values = FunctionValues(model)
  }

  /// What stands for an object: where its pointer comes from.
  private enum Subject: Hashable {
    case value(Operand)
    case memory(Place)
  }

  private func subjects(_ operand: Operand) -> Set<Subject> {
    var found = Set<Subject>()
    for source in values.sources(of: operand) {
      switch source {
      case .integer: continue
      case .temporary(let number):
        if case .load(let place)? = values.definition(of: number) {
          found.insert(.memory(values.place(place)))
        } else {
          found.insert(.value(source))
        }
      default: found.insert(.value(source))
      }
    }
    return found
  }

  /// The object whose count a value is; empty for other values.
  private func counted(_ operand: Operand) -> Set<Subject> {
    var found = Set<Subject>()
    for source in values.sources(of: operand) {
      guard case .temporary(let number) = source else { continue }
      switch values.definition(of: number) {
      case .load(let id)?:
        var place = values.place(id)
        guard case .field(let name, _)? = place.path.last,
          ReferenceCounts.fields.contains(package.units[unit][name])
        else { continue }
        // The way to the object's head: the pointer before the last dereference.
        guard let last = place.path.lastIndex(of: .dereference) else { continue }
        place.path = Array(place.path[..<last])
        if place.path.isEmpty, case .local(let index) = place.base {
          found.formUnion(subjects(.local(index)))
        } else if place.path.isEmpty, case .temporary(let number) = place.base {
          found.formUnion(subjects(.temporary(number)))
        } else {
          found.insert(.memory(place))
        }
      case .call(let block, let instruction)?:
        guard
          case .call(_, .direct(let symbol), let arguments)? = values.operation(
            block: block, instruction: instruction),
          package.units[unit].name(of: symbol) == ReferenceCounts.getter,
          let object = arguments.first
        else { continue }
        found.formUnion(subjects(object))
      default: continue
      }
    }
    return found
  }

  // MARK: Tests

  func tests() -> [TryIncref] {
    var takes: [(point: ProgramPoint, objects: Set<Subject>, range: SourceRange)] = []
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
          ReferenceEffects.takesReference(package.units[unit].name(of: symbol)),
          let object = arguments.first
        else { continue }
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        takes.append((point, subjects(object), instruction.range))
      }
    }
    guard !takes.isEmpty else { return [] }
    let dominators = Dominators(ControlFlow(model))
    var found: [TryIncref] = []
    for (number, block) in model.blocks.enumerated() {
      guard case .branch(let condition, let then, let otherwise) = block.terminator,
        let (objects, isThen) = test(condition)
      else { continue }
      let alive = isThen ? then : otherwise
      let take = takes.first { take in
        !take.objects.isDisjoint(with: objects) && dominators.dominates(alive, take.point.block)
          && !dominators.dominates(isThen ? otherwise : then, take.point.block)
      }
      guard let take else { continue }
      let test = BlockID(Int32(truncatingIfNeeded: number))
      let site = testSite(block, condition, test)
      found.append(
        TryIncref(
          way: .test, site: site, take: self.site(take.point, take.range)))
    }
    return found
  }

  /// The objects whose counts a condition tests against zero; `isThen`: the count is not zero
  /// where the condition holds.
  private func test(_ condition: Operand) -> (objects: Set<Subject>, isThen: Bool)? {
    var operand = condition
    var isThen = true
    for _ in 0..<4 {
      let objects = counted(operand)
      if !objects.isEmpty { return (objects, isThen) }
      guard case .temporary(let number) = operand,
        case .compute(let kind, let operands)? = values.definition(of: number)
      else { return nil }
      if kind == .not, let first = operands.first {
        operand = first
        isThen.toggle()
        continue
      }
      guard operands.count == 2 else { return nil }
      switch (kind, operands[0], operands[1]) {
      case (.notEqual, let value, .integer(0)), (.greater, let value, .integer(0)),
        (.greaterOrEqual, let value, .integer(1)), (.notEqual, .integer(0), let value),
        (.less, .integer(0), let value):
        operand = value
      case (.equal, let value, .integer(0)), (.lessOrEqual, let value, .integer(0)),
        (.less, let value, .integer(1)), (.equal, .integer(0), let value):
        operand = value
        isThen.toggle()
      default: return nil
      }
    }
    return nil
  }

  /// Where the condition is computed, which says more than the end of its block.
  private func testSite(_ block: Block, _ condition: Operand, _ id: BlockID) -> CodeSite {
    for (index, instruction) in block.instructions.enumerated().reversed() {
      switch instruction.operation {
      case .compute(let result, _, _) where .temporary(result) == condition,
        .load(let result, _) where .temporary(result) == condition,
        .call(let result?, _, _) where .temporary(result) == condition:
        return site(ProgramPoint(block: id, instruction: index), instruction.range)
      default: continue
      }
    }
    return site(ProgramPoint(block: id, instruction: block.instructions.count), block.range)
  }

  private func site(_ point: ProgramPoint, _ range: SourceRange) -> CodeSite {
    CodeSite(
      function: function, unit: unit, block: point.block, instruction: point.instruction,
      range: range)
  }

  // MARK: Sets

  /// Counts set to a number that is not zero, of objects that somebody else has made.
  func sets() -> [TryIncref] {
    var found: [TryIncref] = []
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
          package.units[unit].name(of: symbol) == ReferenceCounts.setter, arguments.count == 2,
          case .integer(let count) = arguments[1], count > 0, isGiven(arguments[0])
        else { continue }
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        found.append(TryIncref(way: .set, site: site(point, instruction.range), take: nil))
      }
    }
    return found
  }

  /// A parameter, or read from a field: not made here, nor taken from a static store of spares.
  private func isGiven(_ operand: Operand) -> Bool {
    let subjects = subjects(operand)
    return !subjects.isEmpty
      && subjects.allSatisfy { subject in
        switch subject {
        case .value(.local): return true
        case .memory(let place):
          if case .variable = place.base { return false }
          return place.path.contains(.dereference)
        case .value: return false
        }
      }
  }
}
