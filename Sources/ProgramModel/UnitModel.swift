/// A use of a macro that is of interest by name, such as `PYBIND11_MODULE(core, m, …)`.
package struct MacroUse: Hashable, Sendable {
  package var name: Name
  /// The text between the parentheses, as written; empty without parentheses.
  package var arguments: Name
  package var range: SourceRange

  package init(name: Name, arguments: Name, range: SourceRange) {
    self.name = name
    self.arguments = arguments
    self.range = range
  }
}

/// One error that clang reported while it parsed the unit.
package struct DiagnosticModel: Hashable, Sendable {
  package var message: String
  /// Path relative to the root; nil for places outside it or without a file.
  package var path: String?
  package var line: Int
  package var column: Int

  package init(message: String, path: String?, line: Int, column: Int) {
    self.message = message
    self.path = path
    self.line = line
    self.column = column
  }
}

/// What one translation unit says, as plain values.
package struct UnitModel: Hashable, Sendable {
  /// The main source, relative to the root, with `/`.
  package var path: String
  package var isCxx: Bool
  /// Every string once; the first is empty.
  package var names: [String]
  /// Files of the package that the unit includes, the main source first.
  package var files: [SourceFileTable]
  package var types: [TypeModel]
  package var records: [RecordModel]
  package var symbols: [Symbol]
  package var variables: [VariableModel]
  package var functions: [FunctionModel]
  package var macroUses: [MacroUse]
  /// Headers that were not found, as the sources spell them, sorted.
  package var missingHeaders: [String]
  /// Errors of clang, the first of each place.
  package var diagnostics: [DiagnosticModel]

  package init(path: String, isCxx: Bool) {
    self.path = path
    self.isCxx = isCxx
    names = [""]
    files = []
    types = []
    records = []
    symbols = []
    variables = []
    functions = []
    macroUses = []
    missingHeaders = []
    diagnostics = []
  }

  package subscript(name: Name) -> String { names[Int(name.index)] }
  package subscript(type: TypeID) -> TypeModel { types[Int(type.index)] }
  package subscript(symbol: SymbolID) -> Symbol { symbols[Int(symbol.index)] }

  /// The bare name of a symbol.
  package func name(of symbol: SymbolID) -> String { self[self[symbol].name] }

  /// Where a range begins; nil for places outside the package.
  package func position(of range: SourceRange) -> SourcePosition? {
    guard range.file >= 0, Int(range.file) < files.count else { return nil }
    let file = files[Int(range.file)]
    let (line, column) = file.position(of: range.start)
    return SourcePosition(path: file.path, line: line, column: column)
  }
}
