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
    guard !sizes.isEmpty, !items.isEmpty else { return [] }
    return sizes.compactMap { size in
      let loops = tests.filter { test in
        test.operands.contains {
          flow.origins(of: $0, at: test.point).contains(.call(size.point))
        } && flow.leads(from: test.point, to: test.point, without: size.point)
      }
      guard !loops.isEmpty else { return nil }
      let list = flow.origins(of: size.list, at: size.point)
      let used = items.first { item in
        !Set(flow.origins(of: item.list, at: item.point)).isDisjoint(with: list)
          && loops.contains {
            flow.leads(from: $0.point, to: item.point, without: size.point)
              && flow.leads(from: item.point, to: $0.point, without: size.point)
          }
      }
      guard let used, !list.contains(where: isSequenceCopy),
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
