import Analysis
import Findings
import ProgramModel
import PythonAPI

/// A point of a function: an instruction, or a block's terminator where the index is the number of
/// its instructions.
struct CodePoint: Hashable {
  var block: Int
  var index: Int
}

/// A function as model and as text.
struct FunctionText {
  let package: PackageModel
  let id: FunctionID
  let unit: Int
  let model: FunctionModel
  let flow: ControlFlow
  let path: String
  let bytes: [UInt8]
  let statements: Statements
  /// For each block the innermost statement of each point; nil where the text has none.
  let statementOf: [[Int?]]

  /// Throws why the function cannot be edited.
  fileprivate init(
    _ id: FunctionID, _ package: PackageModel, _ files: inout FunctionTexts
  ) throws(RepairRefusal) {
    guard let (unit, model) = package.body(of: id) else { throw .functionNotUnderstood }
    guard model.gaps.isEmpty, model.kind != .lambda,
      !model.blocks.contains(where: { $0.handler != nil })
    else { throw .functionNotUnderstood }
    guard model.range.macro == .empty, model.nameRange.macro == .empty else { throw .inMacro }
    let file = Int(model.range.file)
    guard file >= 0, file < package.units[unit].files.count else { throw .fileNotEditable }
    path = package.units[unit].files[file].path
    // What other units make of the same text is not looked at.
    guard file == 0 || !files.isShared(path) else { throw .inHeader }
    guard let bytes = files.bytes(of: path) else { throw .fileNotEditable }
    // The text must be the one that was parsed.
    guard files.lineStarts(of: path) == package.units[unit].files[file].lineStarts,
      let statements = Statements(bytes, Int(model.nameRange.start)..<Int(model.range.end))
    else { throw .textNotUnderstood }
    self.package = package
    self.id = id
    self.unit = unit
    self.model = model
    flow = ControlFlow(model)
    self.bytes = bytes
    self.statements = statements
    statementOf = model.blocks.map { block in
      (block.instructions.map(\.range) + [block.range]).map { range in
        range.file == model.range.file && range != .none
          ? statements.innermost(at: Int(range.start)) : nil
      }
    }
  }

  func statement(at point: CodePoint) -> Int? { statementOf[point.block][point.index] }

  func instruction(at point: CodePoint) -> Instruction? {
    let instructions = model.blocks[point.block].instructions
    return point.index < instructions.count ? instructions[point.index] : nil
  }

  /// The bare name of what an instruction calls; nil for other instructions and through pointers.
  func calledName(_ instruction: Instruction?) -> String? {
    guard case .call(_, .direct(let symbol), _)? = instruction?.operation else { return nil }
    return package.units[unit].name(of: symbol)
  }

  /// What is known of the C API function that an instruction calls.
  func calledFact(_ instruction: Instruction?) -> APIFact? {
    calledName(instruction).flatMap { PythonFacts.shared.function($0) }
  }

  /// Whether an operand is `Py_None`.
  func isNone(_ operand: Operand) -> Bool {
    guard case .address(let id) = operand else { return false }
    let place = model.places[Int(id.index)]
    guard case .variable(let symbol) = place.base, place.path.isEmpty else { return false }
    return package.units[unit].name(of: symbol) == "_Py_NoneStruct"
  }

  func name(ofLocal local: Int32) -> String { package.units[unit][model.locals[Int(local)].name] }

  /// The index of the token with which a call's text begins, its name; nil where the place holds
  /// something else.
  func token(ofCallAt point: CodePoint) -> Int? {
    guard let instruction = instruction(at: point), let name = calledName(instruction),
      instruction.range.file == model.range.file
    else { return nil }
    let macro = package.units[unit][instruction.range.macro]
    let tokens = statements.tokens
    var token = tokens.index(at: Int(instruction.range.start))
    if !macro.isEmpty, macro != name {
      // In the argument of one of Python's own macros: `Py_NewRef(PyList_GET_ITEM(list, 0))`.
      guard PythonFacts.shared.function(macro) != nil else { return nil }
      guard tokens.text(token) == macro, tokens.isMark(token + 1, "("),
        let close = tokens.closing(token + 1)
      else { return nil }
      let found = (token + 2..<close).filter { tokens.text($0) == name }
      guard found.count == 1 else { return nil }
      token = found[0]
    }
    guard tokens.text(token) == name, tokens.isMark(token + 1, "(") else { return nil }
    return token
  }

  /// Whether nothing between these points depends on how the source is compiled: no `#if` with a
  /// jump or one of these words in a branch.
  func isPlain(after offset: Int, words: Set<String>) -> Bool {
    let tokens = statements.tokens
    var open: [Int] = []
    for condition in tokens.conditions {
      switch condition.word {
      case "if", "ifdef", "ifndef": open.append(condition.range.lowerBound)
      case "endif":
        guard let start = open.popLast() else { return false }
        let range = start..<condition.range.lowerBound
        if condition.range.upperBound < offset || range.contains(offset) { continue }
        let inside = Set(tokens.words(in: range))
        if !inside.isDisjoint(with: words.union(["return", "goto", "break", "continue"])) {
          return false
        }
      default: break
      }
    }
    return open.isEmpty
  }
}

/// The functions of a package as text; files and functions are read once.
struct FunctionTexts {
  private let package: PackageModel
  private let sources: any SourceProvider
  private var files: [String: (bytes: [UInt8], lineStarts: [UInt32])?] = [:]
  private var texts: [FunctionID: Result<FunctionText, RepairRefusal>] = [:]
  /// How many units read each file.
  private let readers: [String: Int]

  init(_ package: PackageModel, _ sources: any SourceProvider) {
    self.package = package
    self.sources = sources
    var readers: [String: Int] = [:]
    for unit in package.units {
      for path in Set(unit.files.map(\.path)) { readers[path, default: 0] += 1 }
    }
    self.readers = readers
  }

  /// A function; throws why it cannot be edited.
  mutating func text(of id: FunctionID) throws(RepairRefusal) -> FunctionText {
    if let known = texts[id] { return try known.get() }
    let result: Result<FunctionText, RepairRefusal>
    do throws(RepairRefusal) {
      result = .success(try FunctionText(id, package, &self))
    } catch {
      result = .failure(error)
    }
    texts[id] = result
    return try result.get()
  }

  /// Whether more than one unit reads a file.
  fileprivate func isShared(_ path: String) -> Bool { readers[path, default: 0] > 1 }

  fileprivate mutating func bytes(of path: String) -> [UInt8]? {
    if let known = files[path] { return known?.bytes }
    let read = sources.bytes(of: path).map { ($0, SourceFileTable.lineStarts(of: $0)) }
    files[path] = .some(read)
    return read?.0
  }

  fileprivate func lineStarts(of path: String) -> [UInt32]? { (files[path] ?? nil)?.lineStarts }
}

extension Place {
  /// Values that the path of the place uses, its base not included.
  var indices: [Operand] {
    path.compactMap { step in
      if case .index(let operand) = step { return operand }
      return nil
    }
  }
}

extension Operation {
  /// Operands as values; what places use is not among them.
  var operands: [Operand] {
    switch self {
    case .load: []
    case .store(_, let value), .copy(_, let value): [value]
    case .modify(_, _, _, let value, _): [value]
    case .atomic(_, _, _, _, let values), .compute(_, _, let values), .opaque(_, _, let values):
      values
    case .call(_, .direct, let values): values
    case .call(_, .indirect(let callee), let values): values + [callee]
    }
  }

  /// The place that it reads or writes.
  var place: PlaceID? {
    switch self {
    case .load(_, let place), .store(let place, _), .modify(_, let place, _, _, _),
      .atomic(_, _, let place, _, _):
      place
    case .compute, .copy, .call, .opaque: nil
    }
  }
}
