import ProgramModel
import PythonAPI

/// Values of an object that are read under its critical section and used when others may have
/// come in between.
struct SectionValues {
  private let finder: LockMisuseFinder
  private let walk: LockWalk
  private let flow: ValueFlow
  private var context: ReferenceContext { finder.context }

  init(_ finder: LockMisuseFinder, _ walk: LockWalk, _ flow: ValueFlow) {
    self.finder = finder
    self.walk = walk
    self.flow = flow
  }

  /// What happens at a point while sections are held.
  private struct Moment {
    var point: ProgramPoint
    var held: [Int32]
  }

  func examine() {
    var loads: [(point: ProgramPoint, place: PlaceID, section: LockAcquisition)] = []
    var yields: [Moment] = []
    var inner: [(moment: Moment, opened: OpenedSection)] = []
    let paths = finder.locks.paths(of: flow.function)
    walk.forEachPoint { point, state in
      guard flow.liveBlocks.contains(point.block.index) else { return }
      let held = state.mayHold.filter {
        walk.acquisitions[Int($0)].lock.family == .criticalSection
      }
      guard !held.isEmpty, let operation = flow.operation(at: point) else { return }
      let moment = Moment(point: point, held: held)
      switch operation {
      case .load(_, let place):
        let key = paths.location(flow.model.places[Int(place.index)])
        if let section = section(of: key, held), isChangeable(place) {
          loads.append((point, place, section))
        }
      case .call:
        if yieldsHere(point) { yields.append(moment) }
        for opened in finder.sections(at: point, in: flow, walk) { inner.append((moment, opened)) }
      default: break
      }
    }
    for (point, place, section) in loads { examine(point, place, section, yields) }
    for (moment, opened) in inner { nested(moment, opened, loads) }
  }

  /// The section on the object that a place belongs to.
  private func section(of key: LockKey, _ held: [Int32]) -> LockAcquisition? {
    guard key.base != .unknown else { return nil }
    for index in held {
      let acquisition = walk.acquisitions[Int(index)]
      let object = acquisition.lock.key
      if object.base == key.base, key.path.count > object.path.count,
        key.path.starts(with: object.path)
      {
        return acquisition
      }
    }
    return nil
  }

  private func yieldsHere(_ point: ProgramPoint) -> Bool {
    context.graph.outgoing[Int(flow.function.index)].contains { index in
      let edge = context.graph.edges[index]
      return edge.block == point.block && edge.instruction == point.instruction
        && context.yields.contains(edge.callee)
    }
  }

  /// A pointer, size or index that code changes at run time; references have rules of their own.
  private func isChangeable(_ id: PlaceID) -> Bool {
    let place = flow.model.places[Int(id.index)]
    let types = context.package.units[flow.unit]
    switch types[place.type].kind {
    case .pointer, .integer: break
    default: return false
    }
    let pointed = types.pointedRecord(place.type)
    if PythonLayouts.isHead(pointed) { return false }
    guard case .field(let name, let record)? = place.path.last else { return false }
    return finder.isWritten(
      ReferenceContext.FieldKey(record: types[record], name: types[name]))
  }

  // MARK: Stale values

  private func examine(
    _ point: ProgramPoint, _ place: PlaceID, _ section: LockAcquisition, _ yields: [Moment]
  ) {
    let origin = ValueFlow.Origin.load(point, place)
    let uses = flow.uses(of: origin).filter { isTelling($0, place) } + subscripts(of: origin)
    guard !uses.isEmpty else { return }
    for moment in yields where moment.held.contains(where: { isSame($0, section) }) {
      guard flow.leads(from: point, to: moment.point) else { continue }
      for use in uses where use.point != moment.point {
        guard flow.leads(from: moment.point, to: use.point, without: point),
          isHeld(section, at: use.point), !isChecked(place, from: moment.point, to: use.point)
        else { continue }
        var hazard = LockHazard(
          pattern: .staleValue, site: context.site(point, in: flow), lock: section.lock,
          other: context.site(use.point, in: flow), name: flow.name(ofCallAt: moment.point) ?? "")
        hazard.field = fieldName(place)
        hazard.suspension = context.site(moment.point, in: flow)
        if !finder.found.contains(where: {
          $0.pattern == .staleValue && $0.site.function == flow.function
            && $0.field == hazard.field
        }) {
          finder.add(hazard)
        }
        return
      }
    }
  }

  /// Where the value is a subscript.
  private func subscripts(of origin: ValueFlow.Origin) -> [ValueFlow.Use] {
    var found: [ValueFlow.Use] = []
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        let isSubscript = instruction.operation.places.contains { place in
          flow.model.places[Int(place.index)].path.contains { step in
            guard case .index(let operand) = step else { return false }
            return flow.origins(of: operand, at: point).contains(origin)
          }
        }
        if isSubscript { found.append(ValueFlow.Use(point: point, kind: .dereference)) }
      }
    }
    return found
  }

  private func isSame(_ index: Int32, _ section: LockAcquisition) -> Bool {
    walk.acquisitions[Int(index)].point == section.point
  }

  private func isHeld(_ section: LockAcquisition, at point: ProgramPoint) -> Bool {
    walk.worlds(at: point)?.mayHold.contains { isSame($0, section) } ?? false
  }

  /// Uses that go wrong with an old value: through a pointer, as a subscript, a bound, a size.
  private func isTelling(_ use: ValueFlow.Use, _ place: PlaceID) -> Bool {
    let types = context.package.units[flow.unit]
    let isPointer = types[flow.model.places[Int(place.index)].type].kind == .pointer
    switch use.kind {
    case .dereference: return true
    case .argument: return isPointer && flow.name(ofCallAt: use.point) != nil
    case .test: return !isPointer && !comparesFresh(use.point, place)
    case .stored, .returned, .callee, .opaque: return false
    }
  }

  /// The old value is only compared with what is there now.
  private func comparesFresh(_ point: ProgramPoint, _ place: PlaceID) -> Bool {
    guard case .compute(_, _, let operands)? = flow.operation(at: point), operands.count == 2
    else { return false }
    return operands.allSatisfy { operand in
      flow.origins(of: operand, at: point).contains { origin in
        guard case .load(_, let other) = origin else { return false }
        return isSameField(other, place)
      }
    }
  }

  private func isSameField(_ left: PlaceID, _ right: PlaceID) -> Bool {
    flow.model.places[Int(left.index)].path.last == flow.model.places[Int(right.index)].path.last
  }

  /// On every way between the two points an old value of the object is compared with a new one.
  private func isChecked(
    _ place: PlaceID, from start: ProgramPoint, to end: ProgramPoint
  ) -> Bool {
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        guard case .compute(_, let kind, let operands) = instruction.operation,
          kind == .equal || kind == .notEqual, operands.count == 2
        else { continue }
        let point = ProgramPoint(block: id, instruction: index)
        guard let left = field(operands[0], point), let right = field(operands[1], point),
          left == right, flow.leads(from: start, to: point),
          !flow.leads(from: start, to: end, without: point)
        else { continue }
        return true
      }
    }
    return false
  }

  private func field(_ operand: Operand, _ point: ProgramPoint) -> Place.Step? {
    for case .load(_, let place) in flow.origins(of: operand, at: point) {
      if case .field? = flow.model.places[Int(place.index)].path.last {
        return flow.model.places[Int(place.index)].path.last
      }
    }
    return nil
  }

  private func fieldName(_ place: PlaceID) -> String {
    guard case .field(let name, _)? = flow.model.places[Int(place.index)].path.last else {
      return ""
    }
    return context.package.units[flow.unit][name]
  }

  // MARK: Nested sections

  private func nested(
    _ moment: Moment, _ opened: OpenedSection,
    _ loads: [(point: ProgramPoint, place: PlaceID, section: LockAcquisition)]
  ) {
    let key = opened.key
    guard key.base != .unknown, moment.held.count == 1, let index = moment.held.first else {
      return
    }
    let outer = walk.acquisitions[Int(index)]
    guard !outer.isCombined, outer.lock.key != key, outer.lock.key.base != .unknown,
      let use = needsOuter(moment, outer, loads),
      !finder.found.contains(where: {
        $0.pattern == .nestedSections && $0.site.function == opened.site.function
      })
    else { return }
    var hazard = LockHazard(
      pattern: .nestedSections, site: opened.site,
      lock: HeldLock(
        key: opened.innermost, mode: .exclusive, family: .criticalSection, isSuspendable: true),
      other: context.site(use, in: flow), name: context.name(flow.function))
    hazard.isIndirect = opened.site.function != flow.function
    hazard.outer = outer.lock
    finder.add(hazard)
  }

  /// Where the data of the outer section's object is used when it may have changed: under the
  /// inner section, or as it was read before it.
  private func needsOuter(
    _ moment: Moment, _ outer: LockAcquisition,
    _ loads: [(point: ProgramPoint, place: PlaceID, section: LockAcquisition)]
  ) -> ProgramPoint? {
    let paths = finder.locks.paths(of: flow.function)
    var found: ProgramPoint?
    walk.forEachPoint { point, state in
      guard found == nil, let operation = flow.operation(at: point) else { return }
      let held = state.mayHold
      let isInside =
        held.contains { isSame($0, outer) }
        && held.contains { walk.acquisitions[Int($0)].point == moment.point }
      guard isInside else { return }
      for id in operation.places {
        let key = paths.location(flow.model.places[Int(id.index)])
        if let section = section(of: key, held.filter { isSame($0, outer) }),
          section.point == outer.point, !isInner(key, held, outer)
        {
          found = point
        }
      }
    }
    if let found { return found }
    for load in loads where load.section.point == outer.point {
      guard flow.leads(from: load.point, to: moment.point) else { continue }
      for use in flow.uses(of: .load(load.point, load.place))
      where isTelling(use, load.place) && use.point != moment.point
        && flow.leads(from: moment.point, to: use.point, without: load.point)
        && isHeld(outer, at: use.point)
      {
        return use.point
      }
    }
    return nil
  }

  /// The place belongs to the object of another section that is held as well.
  private func isInner(_ key: LockKey, _ held: [Int32], _ outer: LockAcquisition) -> Bool {
    held.contains { index in
      let other = walk.acquisitions[Int(index)]
      return other.point != outer.point && other.lock.key.base == key.base
        && key.path.starts(with: other.lock.key.path)
        && other.lock.key.path.count > outer.lock.key.path.count
    }
  }
}
