import ProgramModel
import PythonAPI

/// Finds the misuses of references in a package.
struct ReferenceAnalysis {
  private let context: ReferenceContext
  private let judge: SharingJudge
  private lazy var changes = ContainerChanges(context)
  private var results: [FunctionID: [BorrowedResult]] = [:]
  private var hazards: [ReferenceHazard] = []
  private var callerUses: [FunctionID: [ReferenceHazard.CallerUse]] = [:]
  private var resultOf: [FunctionID: BorrowedResult] = [:]

  static func run(
    _ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph, _ phases: Phases,
    _ locks: Locks
  ) -> References {
    let context = ReferenceContext(package, objects, graph, phases, locks)
    var analysis = ReferenceAnalysis(context)
    analysis.run()
    return References(
      hazards: analysis.hazards.sorted {
        ($0.site.function, $0.site.block.index, $0.site.instruction)
          < ($1.site.function, $1.site.block.index, $1.site.instruction)
      })
  }

  private init(_ context: ReferenceContext) {
    self.context = context
    judge = SharingJudge(context: context)
  }

  private mutating func run() {
    let borrowers = context.borrowers()
    guard !borrowers.isEmpty else { return }
    for id in context.graph.bottomUp().functions {
      let borrows =
        borrowers.contains(id)
        || context.graph.outgoing[Int(id.index)].contains {
          results[context.graph.edges[$0].callee] != nil
        }
      guard borrows, let flow = context.flow(of: id) else { continue }
      read(flow)
    }
    addHelpers()
  }

  // MARK: One function

  private mutating func read(_ flow: ValueFlow) {
    let isLive = context.phases.isConcurrent(flow.function)
    let isEntry = !context.conventions.entryPoints(of: flow.function).isEmpty
    var groups: [GroupKey: Int] = [:]
    for site in context.borrowSites(in: flow, results: results) {
      let owner = describe(site, flow)
      let covers = self.covers(site, owner, flow)
      let outcome = BorrowFollower(context: context, flow: flow).follow(
        site.origins, from: site.point, covers: covers, returnIsUse: isEntry,
        takesCount: !site.isArray)
      addResults(site, owner, outcome, flow)
      guard isLive, let hazard = judged(site, owner, covers, outcome, flow) else { continue }
      if hazard.pattern == .helper {
        addCallerUse(hazard, site)
        continue
      }
      let key = GroupKey(pattern: hazard.pattern, owner: group(hazard))
      if let known = groups[key] {
        hazards[known].more.append(hazard.site)
        if hazards[known].use == nil { hazards[known].use = hazard.use }
      } else {
        groups[key] = hazards.count
        hazards.append(hazard)
      }
    }
  }

  private struct GroupKey: Hashable {
    var pattern: ReferencePattern
    var owner: String
  }

  private func group(_ hazard: ReferenceHazard) -> String {
    hazard.pattern == .namespace ? hazard.api : hazard.owner.text
  }

  private mutating func describe(_ site: BorrowSite, _ flow: ValueFlow) -> ReferenceOwner {
    if let operand = site.owner {
      let sharing = judge.sharing(of: operand, at: site.point, in: flow)
      let names = OwnerNames(flow: flow).names(of: operand, at: site.point)
      return ReferenceOwner(
        name: names.name, text: names.text, sharing: sharing, isChanged: isChanged(sharing))
    }
    if let result = site.result { return result.owner }
    return ReferenceOwner(
      name: site.api, text: site.api, sharing: .shared(.attribute(of: site.api)), isChanged: nil)
  }

  private mutating func isChanged(_ sharing: Sharing) -> Bool? {
    guard case .shared(let reason) = sharing else { return nil }
    return changes.isChanged(reason)
  }

  private func covers(
    _ site: BorrowSite, _ owner: ReferenceOwner, _ flow: ValueFlow
  ) -> [Cover] {
    switch owner.sharing {
    case .isolated, .immutable: return []
    case .locked(let isSuspendable):
      return [Cover(lock: nil, isSuspendable: isSuspendable)]
    case .shared(let reason):
      guard let operand = site.owner else {
        return Covers.locks(
          on: .unknown, at: site.point, in: flow, isOwn: reason.isOwn, context)
      }
      var found = Covers.locks(
        on: operand, at: site.point, in: flow, isOwn: reason.isOwn, context)
      // The sequence that was passed is the one that comes back, if it is a list.
      for origin in flow.origins(of: operand, at: site.point) {
        guard case .call(let call) = origin, flow.name(ofCallAt: call) == "PySequence_Fast",
          case .call(_, _, let arguments)? = flow.operation(at: call), let first = arguments.first
        else { continue }
        found += Covers.locks(
          on: first, at: site.point, in: flow, isOwn: reason.isOwn, context)
      }
      return found
    }
  }

  // MARK: Judgement

  private func judged(
    _ site: BorrowSite, _ owner: ReferenceOwner, _ covers: [Cover],
    _ outcome: BorrowFollower.Outcome, _ flow: ValueFlow
  ) -> ReferenceHazard? {
    func hazard(
      _ pattern: ReferencePattern, _ use: ReferenceHazard.LateUse?
    ) -> ReferenceHazard {
      ReferenceHazard(
        pattern: pattern, site: context.site(site.point, in: flow), api: site.api, owner: owner,
        use: use)
    }
    switch owner.sharing {
    case .isolated, .immutable: return nil
    case .locked, .shared: break
    }
    switch site.pattern {
    case .dictionaryIteration:
      if covers.isEmpty || outcome.losesCoverInLoop {
        return hazard(.dictionaryIteration, outcome.late)
      }
      return outcome.late.map { hazard(.sharedContainer, $0) }
        ?? outcome.yielded.map { hazard(.acrossYield, $0) }
    case .fastSequence where site.api == "PySequence_Fast_GET_SIZE": return nil
    case .buffer:
      // A pointer that is used where it stands is over at once.
      guard let late = outcome.late ?? outcome.yielded else { return nil }
      return isKept(site, flow) ? hazard(.buffer, late) : nil
    case .namespace, .weakReference:
      return outcome.late.map { hazard(site.pattern, $0) }
    case .helper, .sharedContainer, .fastSequence:
      if let late = outcome.late { return hazard(site.pattern, late) }
      guard let yielded = outcome.yielded else { return nil }
      return hazard(site.pattern == .helper ? .helper : .acrossYield, yielded)
    case .acrossYield, .stored, .publishedWrite: return nil
    }
  }

  /// Whether a borrowed pointer is put in a variable.
  private func isKept(_ site: BorrowSite, _ flow: ValueFlow) -> Bool {
    guard let result = flow.operation(at: site.point)?.result else { return false }
    for block in flow.model.blocks {
      for instruction in block.instructions {
        if case .store(_, .temporary(result)) = instruction.operation { return true }
      }
    }
    return false
  }

  // MARK: Helpers

  private mutating func addResults(
    _ site: BorrowSite, _ owner: ReferenceOwner, _ outcome: BorrowFollower.Outcome,
    _ flow: ValueFlow
  ) {
    switch site.pattern {
    case .sharedContainer, .helper: break
    default: return
    }
    var outputs: [Int?] = outcome.isReturned ? [nil] : []
    for store in outcome.stores {
      let target = flow.model.places[Int(store.place.index)]
      if case .local(let local) = target.base, local < flow.model.parameterCount,
        target.path == [.dereference]
      {
        outputs.append(Int(local))
      }
    }
    guard !outputs.isEmpty else { return }
    var argument: Int?
    if let operand = site.owner {
      for origin in flow.origins(of: operand, at: site.point) {
        if case .parameter(let index) = origin { argument = index }
      }
      if argument == nil {
        switch owner.sharing {
        case .isolated, .immutable: return
        case .locked, .shared: break
        }
      }
    } else if let result = site.result {
      _ = result
    } else {
      return
    }
    for output in outputs {
      let result = BorrowedResult(
        argument: argument, owner: owner, helper: site.result?.helper ?? flow.function,
        api: site.result?.api ?? site.api,
        site: site.result?.site ?? context.site(site.point, in: flow), output: output)
      if results[flow.function]?.contains(result) != true {
        results[flow.function, default: []].append(result)
      }
      if resultOf[result.helper] == nil { resultOf[result.helper] = result }
    }
  }

  private mutating func addCallerUse(_ hazard: ReferenceHazard, _ site: BorrowSite) {
    guard let helper = site.result?.helper, let use = hazard.use else { return }
    callerUses[helper, default: []].append(
      ReferenceHazard.CallerUse(call: hazard.site, use: use, sharing: hazard.owner.sharing))
  }

  private mutating func addHelpers() {
    for (helper, uses) in callerUses.sorted(by: { $0.key < $1.key }) {
      guard let result = resultOf[helper] else { continue }
      var owner = result.owner
      if let shared = uses.map(\.sharing).first(where: \.isShared) { owner.sharing = shared }
      hazards.append(
        ReferenceHazard(
          pattern: .helper, site: result.site, api: result.api, owner: owner, use: uses.first?.use,
          helper: helper, callers: uses))
    }
  }
}
