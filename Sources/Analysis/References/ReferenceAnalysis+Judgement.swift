import ProgramModel

extension ReferenceAnalysis {
  /// What a borrow and what becomes of it are; nil: no hazard.
  func judged(
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
    case .fastSequence where covers.isEmpty:
      var found = hazard(.fastSequence, outcome.late)
      if let made = sequence(site, flow) { found.site = made }
      return found
    case .buffer:
      // A pointer that is used where it stands is over at once.
      if handsOver(outcome, flow) {
        return hazard(
          .buffer,
          ReferenceHazard.LateUse(
            kind: .returned, reason: .noLock, site: context.site(site.point, in: flow)))
      }
      guard let late = outcome.late ?? outcome.yielded else { return nil }
      return isKept(site, flow) || runsOthers(late.site, flow) ? hazard(.buffer, late) : nil
    case .namespace, .weakReference:
      return outcome.late.map { hazard(site.pattern, $0) }
    case .helper, .sharedContainer, .fastSequence:
      if site.pattern == .sharedContainer, covers.isEmpty, let use = unreadUse(site, flow) {
        return hazard(site.pattern, use)
      }
      if let late = outcome.late { return hazard(site.pattern, late) }
      guard let yielded = outcome.yielded else { return nil }
      return hazard(site.pattern == .helper ? .helper : .acrossYield, yielded)
    case .acrossYield, .stored, .publishedWrite: return nil
    }
  }

  /// Where the borrowed reference is put in a variable that nothing uses, and code after that was
  /// not understood, it is used there.
  private func unreadUse(_ site: BorrowSite, _ flow: ValueFlow) -> ReferenceHazard.LateUse? {
    let start = flow.range(at: site.point)
    guard !flow.model.gaps.isEmpty, isKept(site, flow),
      site.origins.allSatisfy({ origin in
        flow.uses(of: origin).allSatisfy { $0.kind == .test }
      }),
      let gap = flow.model.gaps.first(where: {
        $0.range.file == start.file && $0.range.start > start.start
      })
    else { return nil }
    let here = context.site(site.point, in: flow)
    return ReferenceHazard.LateUse(
      kind: .other, reason: .unread,
      site: CodeSite(
        function: here.function, unit: here.unit, block: here.block,
        instruction: here.instruction, range: gap.range))
  }

  /// Whether a function of the package is called that lets other code run.
  private func runsOthers(_ site: CodeSite, _ flow: ValueFlow) -> Bool {
    let point = ProgramPoint(block: site.block, instruction: site.instruction)
    guard let (callee, _) = flow.call(at: point) else { return false }
    return context.package[callee].definition != nil && context.yields.contains(callee)
  }

  /// Whether a value goes to the caller.
  private func handsOver(_ outcome: BorrowFollower.Outcome, _ flow: ValueFlow) -> Bool {
    outcome.isReturned || outcome.stores.contains { flow.model.output(of: $0.place) != nil }
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

  /// Where the sequence is made, in this function or in a helper; else the first place that
  /// asks it for anything.
  private func sequence(_ site: BorrowSite, _ flow: ValueFlow) -> CodeSite? {
    guard let owner = site.owner else { return nil }
    let origins = flow.origins(of: owner, at: site.point)
    for origin in origins {
      guard case .call(let point) = origin, let (callee, _) = flow.call(at: point) else { continue }
      if context.name(callee) == "PySequence_Fast" { return context.site(point, in: flow) }
      guard let inner = context.flow(of: callee) else { continue }
      for id in inner.flow.reversePostorder {
        for index in inner.model.blocks[Int(id.index)].instructions.indices {
          let made = ProgramPoint(block: id, instruction: index)
          if inner.name(ofCallAt: made) == "PySequence_Fast" {
            return context.site(made, in: inner)
          }
        }
      }
    }
    let first = origins.flatMap { flow.uses(of: $0) }.filter { use in
      flow.name(ofCallAt: use.point)?.hasPrefix("PySequence_Fast_") == true
    }.map { context.site($0.point, in: flow) }
    return first.min { ($0.range.file, $0.range.start) < ($1.range.file, $1.range.start) }
  }
}
