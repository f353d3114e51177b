import ProgramModel
import PythonAPI

/// Finds loops over the items of a list that another thread can make shorter meanwhile: the size is
/// read once before, and items are accessed without looking at it again.
struct CachedSizes {
  let analysis: InternalsAnalysis
  let flow: ValueFlow

  func find() -> [InternalsHazard] {
    var sizes: [(point: ProgramPoint, list: Operand, api: String)] = []
    var items: [(point: ProgramPoint, list: Operand)] = []
    var tests: [(point: ProgramPoint, operands: [Operand])] = []
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        switch instruction.operation {
        case .call(_, .direct, _):
          guard let (callee, arguments) = flow.call(at: point), let list = arguments.first else {
            continue
          }
          let name = flow.package[callee].name
          if ObjectInternals.givesListSize(name) { sizes.append((point, list, name)) }
          if ObjectInternals.accessesItemUnchecked(name) { items.append((point, list)) }
        case .compute(_, let kind, let operands):
          switch kind {
          case .less, .lessOrEqual, .greater, .greaterOrEqual, .notEqual:
            tests.append((point, operands))
          default: continue
          }
        default: continue
        }
      }
    }
    guard !sizes.isEmpty else { return [] }
    return sizes.compactMap { size in
      let list = subjects(size.list, size.point)
      let used =
        loopUse(
          size.point, list, tests, items, sizes.map { ($0.point, subjects($0.list, $0.point)) })
        ?? helperUse(size.point, list)
      guard let used, !flow.origins(of: size.list, at: size.point).contains(where: isSequenceCopy),
        let owner = owner(size.list, size.point), owner.sharing.isShared,
        !analysis.isCovered(used.list, owner, at: used.point, flow)
          || !analysis.isCovered(size.list, owner, at: size.point, flow)
      else { return nil }
      var hazard = InternalsHazard(
        pattern: .cachedSize, site: analysis.context.site(size.point, in: flow),
        access: .call(size.api), symbol: owner.isNamed ? owner.name : size.api, structure: "",
        owner: owner)
      hazard.more = [analysis.context.site(used.point, in: flow)]
      return hazard
    }
  }

  private typealias Use = (point: ProgramPoint, list: Operand)

  /// What stands for a list: where its pointer comes from, the place where it is read from memory.
  private enum Subject: Hashable {
    case origin(ValueFlow.Origin)
    case memory(Place)
  }

  private func subjects(_ list: Operand, _ point: ProgramPoint) -> Set<Subject> {
    Set(
      flow.origins(of: list, at: point).compactMap { origin in
        switch origin {
        case .load(_, let place): .memory(flow.model.places[Int(place.index)])
        case .integer, .other, .unknown: nil
        default: .origin(origin)
        }
      })
  }

  /// The first item that is accessed in a loop that a size bounds, where the size is not asked for
  /// again on the way from the loop's test to it.
  private func loopUse(
    _ size: ProgramPoint, _ list: Set<Subject>,
    _ tests: [(point: ProgramPoint, operands: [Operand])], _ items: [Use],
    _ sizes: [(point: ProgramPoint, list: Set<Subject>)]
  ) -> Use? {
    let loops = tests.filter { test in
      test.operands.contains { flow.origins(of: $0, at: test.point).contains(.call(size)) }
        && flow.leads(from: test.point, to: test.point, without: size)
    }
    guard !loops.isEmpty else { return nil }
    let others = sizes.filter { $0.point != size && !$0.list.isDisjoint(with: list) }
    return items.first { item in
      !subjects(item.list, item.point).isDisjoint(with: list)
        && loops.contains { loop in
          flow.leads(from: loop.point, to: item.point, without: size)
            && flow.leads(from: item.point, to: loop.point, without: size)
            && others.allSatisfy {
              flow.leads(from: loop.point, to: item.point, without: $0.point)
            }
        }
    }
  }

  /// The call that hands list and size to a function that loops in the same way.
  private func helperUse(_ size: ProgramPoint, _ list: Set<Subject>) -> Use? {
    for use in flow.uses(of: .call(size)) {
      guard case .argument(let bound) = use.kind,
        let (callee, arguments) = flow.call(at: use.point),
        analysis.context.package[callee].definition != nil
      else { continue }
      for (index, argument) in arguments.enumerated()
      where index != bound && !subjects(argument, use.point).isDisjoint(with: list) {
        guard let helper = analysis.context.flow(of: callee),
          CachedSizes(analysis: analysis, flow: helper).loops(over: index, upTo: bound)
        else { continue }
        return (use.point, argument)
      }
    }
    return nil
  }

  /// Whether the function accesses items of one parameter in a loop that another one bounds.
  private func loops(over list: Int, upTo bound: Int) -> Bool {
    var tests: [ProgramPoint] = []
    var items: [ProgramPoint] = []
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        switch instruction.operation {
        case .compute(_, .less, let operands), .compute(_, .lessOrEqual, let operands),
          .compute(_, .greater, let operands), .compute(_, .greaterOrEqual, let operands),
          .compute(_, .notEqual, let operands):
          if operands.contains(where: {
            flow.origins(of: $0, at: point).contains(.parameter(bound))
          }) {
            tests.append(point)
          }
        case .call(_, .direct, _):
          guard let (callee, arguments) = flow.call(at: point), let first = arguments.first,
            ObjectInternals.accessesItemUnchecked(flow.package[callee].name),
            flow.origins(of: first, at: point).contains(.parameter(list))
          else { continue }
          items.append(point)
        default: continue
        }
      }
    }
    return tests.contains { test in
      items.contains { flow.leads(from: test, to: $0) && flow.leads(from: $0, to: test) }
    }
  }

  /// Who can have the list; nil: nobody else.
  private func owner(_ list: Operand, _ point: ProgramPoint) -> ReferenceOwner? {
    if analysis.privacy.isPrivate(list, at: point, in: flow.function) { return nil }
    let sharing = SharingJudge(context: analysis.context).sharing(of: list, at: point, in: flow)
    return sharing.isShared ? analysis.owner(list, sharing, at: point, flow) : nil
  }

  /// Sequences for fast access have a rule of their own.
  private func isSequenceCopy(_ origin: ValueFlow.Origin) -> Bool {
    guard case .call(let site) = origin, let name = flow.name(ofCallAt: site) else { return false }
    return Lenders.pattern(of: name) == .fastSequence || name == "PySequence_Fast"
  }
}
