import ProgramModel
import SourceModels
import Testing

@testable import Analysis

/// Sources in which calls of `here(n, value)` mark the values that a test asks about.
struct ReferenceSource {
  let analyses: Analyses
  let context: ReferenceContext
  /// Where each number stands.
  private var marks: [Int64: (function: FunctionID, point: ProgramPoint)] = [:]
  /// Lines in front of the test's own.
  private static let before = 2

  /// `methods` names the functions that are methods of the module, each with its flags: `f:O`.
  init(_ source: String, methods: String = "") throws {
    let table = Self.table(methods)
    let text = "#include <Python.h>\nvoid here(int, ...);\n\(source)\n\(table)"
    self.init(units: try SourceModels.units([("unit.c", text)]))
  }

  init(units: [UnitModel]) {
    analyses = analyse(Linker.link(units: units))
    context = ReferenceContext(
      analyses.package, analyses.objects, analyses.graph, analyses.phases, analyses.locks,
      YieldPoints(analyses.package, analyses.graph))
    for id in package.functionIDs {
      guard let flow = context.flow(of: id) else { continue }
      for (number, block) in flow.model.blocks.enumerated() {
        for index in block.instructions.indices {
          let point = ProgramPoint(block: BlockID(Int32(number)), instruction: index)
          guard let (callee, arguments) = flow.call(at: point), package[callee].name == "here",
            case .integer(let mark)? = arguments.first
          else { continue }
          marks[mark] = (id, point)
        }
      }
    }
  }

  private static func table(_ methods: String) -> String {
    let flags = [
      "O": "METH_O", "NOARGS": "METH_NOARGS", "VARARGS": "METH_VARARGS",
      "KEYWORDS": "METH_VARARGS | METH_KEYWORDS", "FASTCALL": "METH_FASTCALL",
      "FASTKEYWORDS": "METH_FASTCALL | METH_KEYWORDS",
    ]
    guard !methods.isEmpty else { return "" }
    let rows = methods.split(separator: " ").map { method in
      let parts = method.split(separator: ":").map(String.init)
      return "{\"\(parts[0])\", (PyCFunction)(void *)\(parts[0]), \(flags[parts[1]] ?? "?")},"
    }
    return """
      static PyMethodDef methods_[] = {\(rows.joined(separator: " ")) {0}};
      static struct PyModuleDef def_ = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods_};
      PyMODINIT_FUNC PyInit_m(void) { return PyModule_Create(&def_); }
      """
  }

  var package: PackageModel { analyses.package }
  var judge: SharingJudge { SharingJudge(context: context) }

  func function(_ name: String) throws -> FunctionID {
    try #require(package.functionIDs.first { package[$0].name == name }, "\(name)")
  }

  func flow(_ name: String) throws -> ValueFlow {
    try #require(context.flow(of: function(name)), "\(name)")
  }

  // What follows does not throw, so that a failed expectation shows what was found.

  private func value(
    _ mark: Int64
  ) -> (flow: ValueFlow, point: ProgramPoint, operand: Operand)? {
    guard let (function, point) = marks[mark], let flow = context.flow(of: function),
      let (_, arguments) = flow.call(at: point), arguments.count > 1
    else { return nil }
    return (flow, point, arguments[1])
  }

  /// What the value at a mark can be, sorted: `parameter o`, `call PyList_New`.
  func origins(_ mark: Int64) -> [String] {
    guard let (flow, point, operand) = value(mark) else { return ["no mark"] }
    return flow.origins(of: operand, at: point).map { text($0, flow) }.sorted()
  }

  private func text(_ origin: ValueFlow.Origin, _ flow: ValueFlow) -> String {
    let names = package.units[flow.unit]
    switch origin {
    case .parameter(let index): return "parameter \(names[flow.model.locals[index].name])"
    case .call(let point): return "call \(flow.name(ofCallAt: point) ?? "of a pointer")"
    case .output(let point, let argument):
      return "output \(argument) of \(flow.name(ofCallAt: point) ?? "a pointer")"
    case .load(let point, let place): return "load \(text(place, flow, point))"
    case .address(let place):
      return "address of \(text(place, flow, ProgramPoint(block: BlockID(0), instruction: 0)))"
    case .integer(let value): return "\(value)"
    case .other: return "other"
    case .unknown: return "unknown"
    }
  }

  private func text(_ place: PlaceID, _ flow: ValueFlow, _ point: ProgramPoint) -> String {
    OwnerNames(flow: flow).names(of: flow.model.places[Int(place.index)], point).text
  }

  /// The uses of what the value at a mark is, the mark's own left out.
  func uses(_ mark: Int64) -> [String] {
    guard let (flow, point, operand) = value(mark),
      let origin = flow.origins(of: operand, at: point).first
    else { return ["no mark"] }
    return flow.uses(of: origin).filter { flow.name(ofCallAt: $0.point) != "here" }.map { use in
      switch use.kind {
      case .argument(let index):
        return "argument \(index) of \(flow.name(ofCallAt: use.point) ?? "a pointer")"
      case .callee: return "callee"
      case .test: return "test"
      case .dereference: return "dereference"
      case .stored(let place): return "stored in \(text(place, flow, use.point))"
      case .returned: return "returned"
      case .opaque: return "opaque"
      }
    }
  }

  /// Whether a way leads from one mark to another without passing a third.
  func leads(_ start: Int64, _ end: Int64, without barrier: Int64? = nil) -> Bool? {
    guard let (function, from) = marks[start], let to = marks[end]?.point,
      let flow = context.flow(of: function)
    else { return nil }
    return flow.leads(from: from, to: to, without: barrier.flatMap { marks[$0]?.point })
  }

  /// The conditions that hold at a mark: `o is PyList_Type`, `not n == 3`.
  func conditions(_ mark: Int64) -> [String] {
    guard let (function, point) = marks[mark], let flow = context.flow(of: function) else {
      return ["no mark"]
    }
    return flow.conditions(at: point).map { condition in
      let subject = text(condition.subject, flow)
      let test =
        switch condition.test {
        case .equals(let value): "\(subject) == \(value)"
        case .type(let name): "\(subject) is \(name)"
        }
      return (condition.holds ? "" : "not ") + test
    }.sorted()
  }

  /// Who can have the objects at marks.
  func sharing(_ marks: Int64...) -> [String] {
    marks.map { mark in
      guard let (flow, point, operand) = value(mark) else { return "no mark" }
      return text(judge.sharing(of: operand, at: point, in: flow))
    }
  }

  private func text(_ sharing: Sharing) -> String {
    switch sharing {
    case .isolated: "isolated"
    case .immutable: "immutable"
    case .locked(let isSuspendable): isSuspendable ? "section" : "mutex"
    case .shared(.argument(let function)): "argument of \(package[function].name)"
    case .shared(.passed(let function)): "passed by \(package[function].name)"
    case .shared(.variable(let variable)): "static \(package[variable].name)"
    case .shared(.field(let record, let name)): "field \(record).\(name)"
    case .shared(.instanceDict(let name)): "__dict__ by \(name)"
    case .shared(.attribute(let name)): "attribute by \(name)"
    case .shared(.item(let name)): "item by \(name)"
    case .shared(.returned(let function)): "returned by \(package[function].name)"
    case .shared(.published(let how)): "published by \(how)"
    case .shared(.unknown(let name)): name.isEmpty ? "unknown" : "unknown \(name)"
    }
  }

  /// What the analysis finds, in the order of functions and lines:
  /// `f 3 sharedContainer PyList_GetItem(o): take noLock 4`, where 3 is the line of the borrow and
  /// 4 that of the late use.
  var hazards: [String] {
    analyses.references.hazards.map { hazard in
      var text = "\(package[hazard.site.function].name) \(line(hazard.site)) \(hazard.pattern)"
      text += " \(hazard.api)(\(hazard.owner.text))"
      if let use = hazard.use { text += ": \(self.text(use))" }
      if let helper = hazard.helper { text += " helper \(package[helper].name)" }
      for caller in hazard.callers {
        text += " for \(package[caller.call.function].name) \(line(caller.call))"
      }
      if !hazard.more.isEmpty { text += " also \(hazard.more.map(line))" }
      return text
    }
  }

  private func text(_ use: ReferenceHazard.LateUse) -> String {
    let kind =
      switch use.kind {
      case .take: "take"
      case .argument(let name): name
      case .dereference: "dereference"
      case .stored: "stored"
      case .returned: "returned"
      case .other: "other"
      }
    let reason =
      switch use.reason {
      case .noLock: "noLock"
      case .released: "released"
      case .yielded(let name, let site): "yielded \(name) \(line(site))"
      case .unread: "unread"
      case .ownerReleased(let site): "ownerReleased \(line(site))"
      }
    return "\(kind) \(reason) \(line(use.site))"
  }

  /// The line in the test's text, from 1.
  private func line(_ site: CodeSite) -> Int {
    (package.position(of: site.range, in: site.unit)?.line).map { Int($0) - Self.before } ?? -1
  }
}
