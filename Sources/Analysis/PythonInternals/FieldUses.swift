import ProgramModel
import PythonAPI

/// Finds reads and writes of fields that CPython keeps for itself: of heads and of containers.
struct FieldUses {
  let analysis: InternalsAnalysis
  let flow: ValueFlow
  private var names: UnitModel { flow.package.units[flow.unit] }

  init(analysis: InternalsAnalysis, flow: ValueFlow) {
    self.analysis = analysis
    self.flow = flow
  }

  func find() -> [InternalsHazard] {
    var found = missingFields()
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        if analysis.isOfPublicMacro(instruction.range, flow) { continue }
        switch instruction.operation {
        case .load(_, let place): add(place, .read, point, &found)
        case .store(let place, let operand):
          add(place, .write, point, &found)
          if case .address(let inner) = operand { add(inner, .read, point, &found) }
        case .modify(_, let place, _, _, _): add(place, .write, point, &found)
        case .call(_, let callee, let arguments):
          for case .address(let place) in arguments { add(place, .read, point, &found) }
          if case .direct(let symbol) = callee {
            addSet(names.name(of: symbol), arguments, point, &found)
          }
        case .atomic, .compute, .copy, .opaque: continue
        }
      }
    }
    return found
  }

  /// Fields that the free-threaded headers do not have.
  private func missingFields() -> [InternalsHazard] {
    flow.model.gaps.compactMap { gap in
      let reason = names[gap.reason]
      guard reason.contains("no member named") else { return nil }
      let quoted = reason.split(separator: "'", omittingEmptySubsequences: false)
      guard quoted.count > 1,
        let fact = ObjectInternals.fact(
          ofField: String(quoted[1]), record: "_object"), ObjectInternals.header(fact) != nil
      else { return nil }
      var site = analysis.context.site(ProgramPoint(block: BlockID(0), instruction: 0), in: flow)
      site.range = gap.range
      return InternalsHazard(
        pattern: .header, site: site, access: .missing, symbol: fact.field,
        structure: fact.structure, owner: nil)
    }
  }

  /// The last field on the way that is CPython's own, with what it belongs to.
  private func add(
    _ id: PlaceID, _ access: InternalsHazard.Access, _ point: ProgramPoint,
    _ found: inout [InternalsHazard]
  ) {
    let place = flow.model.places[Int(id.index)]
    for (index, step) in place.path.enumerated() {
      guard case .field(let field, let record) = step,
        flow.package.records[names[record]] == nil,
        let fact = ObjectInternals.fact(ofField: names[field], record: names[record])
      else { continue }
      let header = ObjectInternals.header(fact)
      guard header != nil || ObjectInternals.isContent(fact) else { continue }
      // What lies behind the field's pointer is written, the field itself is read.
      let isBehind = place.path[index...].contains(.dereference)
      let access = header != nil && isBehind ? .read : access
      guard let owner = owner(of: place, upTo: index, at: point, header) else { continue }
      if header == .type && access == .write && isInitialised(place) { continue }
      found.append(
        InternalsHazard(
          pattern: header == nil ? .content : .header,
          site: analysis.context.site(point, in: flow), access: access, symbol: fact.field,
          structure: fact.structure, owner: owner))
    }
  }

  /// The object whose field stands at a position of the way; nil: nobody else has it, or it is
  /// locked.
  private func owner(
    of place: Place, upTo index: Int, at point: ProgramPoint, _ header: ObjectInternals.Header?
  ) -> ReferenceOwner? {
    guard let root = place.directRoot(upTo: index) else {
      return analysis.holder(of: place, upTo: index, at: point, flow)
    }
    guard let owner = analysis.shared(root, at: point, flow) else {
      // A field that is not there is none of a new object either.
      return header == .count || header == .lock
        ? analysis.owner(root, .isolated, at: point, flow) : nil
    }
    return analysis.isCovered(root, owner, at: point, flow) ? nil : owner
  }

  /// Whether a place lies in a static object: its type is set before anybody has it.
  private func isInitialised(_ place: Place) -> Bool {
    if case .variable = place.base { return !place.path.contains(.dereference) }
    return false
  }

  /// Counts and sizes that are set by a function of the C API.
  private func addSet(
    _ name: String, _ arguments: [Operand], _ point: ProgramPoint,
    _ found: inout [InternalsHazard]
  ) {
    guard let field = ObjectInternals.headerSet(by: name), let object = arguments.first,
      let owner = analysis.shared(object, at: point, flow),
      !analysis.isCovered(object, owner, at: point, flow)
    else { return }
    found.append(
      InternalsHazard(
        pattern: .header, site: analysis.context.site(point, in: flow), access: .call(name),
        symbol: field, structure: "PyObject", owner: owner))
  }
}
