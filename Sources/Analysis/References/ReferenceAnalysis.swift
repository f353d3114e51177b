import ProgramModel
import PythonAPI

/// Finds the misuses of references in a package.
struct ReferenceAnalysis {
  let context: ReferenceContext
  private let judge: SharingJudge
  private lazy var changes = ContainerChanges(context)
  private var results: [FunctionID: [BorrowedResult]] = [:]
  private var hazards: [ReferenceHazard] = []
  private var callerUses: [FunctionID: [ReferenceHazard.CallerUse]] = [:]
  private var resultOf: [FunctionID: BorrowedResult] = [:]

  static func run(_ context: ReferenceContext) -> References {
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
    let interests = ReferenceInterest.find(context)
    for id in context.graph.bottomUp().functions {
      var interest = interests[id] ?? []
      let isLent = context.graph.outgoing[Int(id.index)].contains {
        results[context.graph.edges[$0].callee] != nil
      }
      if isLent { interest.insert(.borrows) }
      guard !interest.isEmpty, let flow = context.flow(of: id) else { continue }
      // What is only cleared or taken down, nobody else has.
      let isLive = !context.phases.possiblePhases(of: id)
        .isDisjoint(with: [.runtime, .creation])
      var found: [ReferenceHazard] = []
      if interest.contains(.borrows) { found += borrows(flow, isLive: isLive) }
      if interest.contains(.releases) { found += releases(flow, isLive: isLive) }
      guard isLive else { continue }
      if interest.contains(.stores) { addStores(flow, &found) }
      if interest.contains(.writes) { found += writes(flow) }
      if interest.contains(.buffers) { found += buffers(flow) }
      hazards += grouped(found)
    }
    addHelpers()
  }

  /// One hazard for each owner and pattern.
  private func grouped(_ found: [ReferenceHazard]) -> [ReferenceHazard] {
    var groups: [GroupKey: Int] = [:]
    var result: [ReferenceHazard] = []
    let ordered = found.enumerated().sorted {
      ($0.element.site.range.file, $0.element.site.range.start, $0.offset)
        < ($1.element.site.range.file, $1.element.site.range.start, $1.offset)
    }
    for (_, hazard) in ordered {
      let key = GroupKey(pattern: hazard.pattern, owner: group(hazard))
      if let known = groups[key] {
        if hazard.site != result[known].site { result[known].more.append(hazard.site) }
        if result[known].use == nil { result[known].use = hazard.use }
      } else {
        groups[key] = result.count
        result.append(hazard)
      }
    }
    return result
  }

  // MARK: Borrows

  private mutating func borrows(_ flow: ValueFlow, isLive: Bool) -> [ReferenceHazard] {
    let isEntry = !context.conventions.entryPoints(of: flow.function).isEmpty
    let pythonLocks = PythonLocks(flow: flow)
    var found: [ReferenceHazard] = []
    for site in context.borrowSites(in: flow, results: results) {
      let owner = describe(site, flow)
      let covers = self.covers(site, owner, flow)
      let outcome = follow(site, covers, returnIsUse: isEntry, flow)
      addResults(site, owner, outcome, flow)
      guard isLive, let hazard = judged(site, owner, covers, outcome, flow) else { continue }
      if hazard.pattern == .helper {
        addCallerUse(hazard, site)
      } else {
        found.append(hazard)
        found[found.count - 1].pythonLock = pythonLocks.lock(around: site.point)
      }
    }
    return found
  }

  /// What becomes of the references; of key and value of an entry each by itself.
  private func follow(
    _ site: BorrowSite, _ covers: [Cover], returnIsUse: Bool, _ flow: ValueFlow
  ) -> BorrowFollower.Outcome {
    let follower = BorrowFollower(context: context, flow: flow)
    guard site.pattern == .dictionaryIteration else {
      return follower.follow(
        site.origins, from: site.point, covers: covers, returnIsUse: returnIsUse,
        takesCount: !site.isArray)
    }
    var whole = follower.follow(
      [], from: site.point, covers: covers, returnIsUse: returnIsUse, tracksLoop: true)
    for origin in site.origins {
      let one = follower.follow(
        [origin], from: site.point, covers: covers, returnIsUse: returnIsUse)
      whole.late = whole.late ?? one.late
      whole.yielded = whole.yielded ?? one.yielded
      whole.isReturned = whole.isReturned || one.isReturned
      whole.stores += one.stores
      whole.isTaken = whole.isTaken || one.isTaken
    }
    return whole
  }

  private struct GroupKey: Hashable {
    var pattern: ReferencePattern
    var owner: String
  }

  private func group(_ hazard: ReferenceHazard) -> String {
    hazard.pattern == .namespace ? hazard.api : hazard.owner.text
  }

  private mutating func describe(_ site: BorrowSite, _ flow: ValueFlow) -> ReferenceOwner {
    if let operand = site.owner { return owner(operand, at: site.point, flow) }
    if let result = site.result { return result.owner }
    return ReferenceOwner(
      name: site.api, text: site.api, sharing: .shared(.item(of: site.api)), isNamed: false,
      isChanged: nil)
  }

  private mutating func isChanged(_ sharing: Sharing) -> Bool? {
    guard case .shared(let reason) = sharing else { return nil }
    return changes.isChanged(reason)
  }

  private func covers(
    _ site: BorrowSite, _ owner: ReferenceOwner, _ flow: ValueFlow
  ) -> [Cover] {
    // No lock keeps the referent of a weak reference alive.
    if site.pattern == .weakReference { return [] }
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

  private mutating func owner(
    _ operand: Operand, at point: ProgramPoint, _ flow: ValueFlow
  ) -> ReferenceOwner {
    let sharing = judge.sharing(of: operand, at: point, in: flow)
    let names = OwnerNames(flow: flow).names(of: operand, at: point)
    return ReferenceOwner(
      name: names.name, text: names.text, sharing: sharing,
      isNamed: sharing.isHeld && OwnerNames(flow: flow).isNamed(operand, at: point),
      isChanged: isChanged(sharing))
  }

  // MARK: Other misuses

  /// References that are used after they were given up, while a container holds the object.
  private mutating func releases(_ flow: ValueFlow, isLive: Bool) -> [ReferenceHazard] {
    let isEntry = !context.conventions.entryPoints(of: flow.function).isEmpty
    var found: [ReferenceHazard] = []
    for release in ReleasedOwners(context: context, flow: flow).find() {
      let owner = owner(release.container, at: release.point, flow)
      guard owner.sharing.isShared else { continue }
      let outcome = BorrowFollower(context: context, flow: flow).follow(
        [], from: release.point, covers: [], holders: release.holders, returnIsUse: isEntry,
        releaseIsUse: false)
      let site = BorrowSite(
        point: release.point, origins: [release.origin], pattern: .sharedContainer,
        api: release.api, owner: release.container)
      addResults(site, owner, outcome, flow)
      guard isLive, var use = outcome.late else { continue }
      let here = context.site(release.point, in: flow)
      use.reason = .ownerReleased(here)
      found.append(
        ReferenceHazard(
          pattern: .sharedContainer, site: here, api: flow.name(ofCallAt: release.point) ?? "",
          owner: owner, use: use))
    }
    return found
  }

  /// Borrowed references that are stored for good.
  private mutating func addStores(_ flow: ValueFlow, _ found: inout [ReferenceHazard]) {
    for store in StoredReferences(context: context, flow: flow).find() {
      let site = context.site(store.point, in: flow)
      let text = OwnerNames(flow: flow).names(of: store.place, store.point)
      var owner = ReferenceOwner(
        name: text.name, text: text.text, sharing: .shared(.item(of: store.api)), isNamed: true,
        isChanged: nil)
      if let container = store.owner {
        owner.sharing = judge.sharing(of: container, at: store.lender, in: flow)
      }
      var hazard = ReferenceHazard(
        pattern: .stored, site: site, api: store.api, owner: owner, use: nil)
      if case .variable(let symbol) = store.place.base {
        hazard.variable = context.package.variable(symbol, in: flow.unit)
      }
      found.append(hazard)
    }
  }

  private mutating func writes(_ flow: ValueFlow) -> [ReferenceHazard] {
    var found: [ReferenceHazard] = []
    for write in PublishedWrites(context: context, flow: flow).find() {
      var owner = owner(write.object, at: write.point, flow)
      owner.sharing = SharingJudge(context: context, isForWriting: true).sharing(
        of: write.object, at: write.point, in: flow)
      guard case .shared(let reason) = owner.sharing, owner.sharing.isCertain,
        Covers.locks(on: write.object, at: write.point, in: flow, isOwn: reason.isOwn, context)
          .isEmpty
      else { continue }
      found.append(
        ReferenceHazard(
          pattern: .publishedWrite, site: context.site(write.point, in: flow), api: write.api,
          owner: owner, use: nil))
    }
    return found
  }

  private mutating func buffers(_ flow: ValueFlow) -> [ReferenceHazard] {
    ReleasedBuffers(context: context, flow: flow).find().map { buffer in
      let release = context.site(buffer.release, in: flow)
      let names = OwnerNames(flow: flow).names(of: buffer.view, at: buffer.release)
      let use = context.site(buffer.use.point, in: flow)
      return ReferenceHazard(
        pattern: .buffer, site: use, api: "PyBuffer_Release",
        owner: ReferenceOwner(
          name: names.name, text: names.text, sharing: .shared(.unknown("")), isNamed: false,
          isChanged: nil),
        use: ReferenceHazard.LateUse(
          kind: .other, reason: .ownerReleased(release), site: use))
    }
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
      if let parameter = flow.model.output(of: store.place) { outputs.append(Int(parameter)) }
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
    } else if site.result == nil {
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
