internal import CLibclang

/// libclang's kinds of cursor, those that ftaudit tells apart; others and newer ones pass through.
package struct CursorKind: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  // Kinds are compared for every node of every function: with these the comparisons are of
  // integers, also in other modules. The numbers are libclang's stable interface; a unit test holds
  // them against its headers.
  @inlinable package static func == (left: Self, right: Self) -> Bool {
    left.rawValue == right.rawValue
  }
  @inlinable package static func ~= (pattern: Self, value: Self) -> Bool {
    pattern.rawValue == value.rawValue
  }

  private init(_ kind: CXCursorKind) { rawValue = kind.rawValue }
  init(_ cursor: CXCursor) { rawValue = cursor.kind.rawValue }

  @inlinable package static var structDecl: Self { Self(rawValue: 2) }
  @inlinable package static var unionDecl: Self { Self(rawValue: 3) }
  @inlinable package static var classDecl: Self { Self(rawValue: 4) }
  @inlinable package static var enumDecl: Self { Self(rawValue: 5) }
  @inlinable package static var fieldDecl: Self { Self(rawValue: 6) }
  @inlinable package static var enumConstantDecl: Self { Self(rawValue: 7) }
  @inlinable package static var functionDecl: Self { Self(rawValue: 8) }
  @inlinable package static var varDecl: Self { Self(rawValue: 9) }
  @inlinable package static var parmDecl: Self { Self(rawValue: 10) }
  @inlinable package static var typedefDecl: Self { Self(rawValue: 20) }
  @inlinable package static var cxxMethod: Self { Self(rawValue: 21) }
  @inlinable package static var namespace: Self { Self(rawValue: 22) }
  @inlinable package static var linkageSpec: Self { Self(rawValue: 23) }
  @inlinable package static var constructor: Self { Self(rawValue: 24) }
  @inlinable package static var destructor: Self { Self(rawValue: 25) }
  @inlinable package static var conversionFunction: Self { Self(rawValue: 26) }
  @inlinable package static var functionTemplate: Self { Self(rawValue: 30) }
  @inlinable package static var classTemplate: Self { Self(rawValue: 31) }
  package static let classTemplatePartialSpecialization = Self(
    CXCursor_ClassTemplatePartialSpecialization)
  @inlinable package static var typeAliasDecl: Self { Self(rawValue: 36) }
  @inlinable package static var usingDirective: Self { Self(rawValue: 34) }
  @inlinable package static var usingDeclaration: Self { Self(rawValue: 35) }
  @inlinable package static var namespaceRef: Self { Self(rawValue: 46) }
  @inlinable package static var memberRef: Self { Self(rawValue: 47) }
  @inlinable package static var typeRef: Self { Self(rawValue: 43) }
  @inlinable package static var templateRef: Self { Self(rawValue: 45) }
  @inlinable package static var labelRef: Self { Self(rawValue: 48) }
  @inlinable package static var overloadedDeclRef: Self { Self(rawValue: 49) }
  @inlinable package static var variableRef: Self { Self(rawValue: 50) }
  @inlinable package static var cxxBaseSpecifier: Self { Self(rawValue: 44) }
  @inlinable package static var unexposedDecl: Self { Self(rawValue: 1) }
  @inlinable package static var unexposedExpr: Self { Self(rawValue: 100) }
  @inlinable package static var declRefExpr: Self { Self(rawValue: 101) }
  @inlinable package static var memberRefExpr: Self { Self(rawValue: 102) }
  @inlinable package static var callExpr: Self { Self(rawValue: 103) }
  @inlinable package static var blockExpr: Self { Self(rawValue: 105) }
  @inlinable package static var integerLiteral: Self { Self(rawValue: 106) }
  @inlinable package static var floatingLiteral: Self { Self(rawValue: 107) }
  @inlinable package static var imaginaryLiteral: Self { Self(rawValue: 108) }
  @inlinable package static var stringLiteral: Self { Self(rawValue: 109) }
  @inlinable package static var characterLiteral: Self { Self(rawValue: 110) }
  @inlinable package static var parenExpr: Self { Self(rawValue: 111) }
  @inlinable package static var unaryOperator: Self { Self(rawValue: 112) }
  @inlinable package static var arraySubscriptExpr: Self { Self(rawValue: 113) }
  @inlinable package static var binaryOperator: Self { Self(rawValue: 114) }
  @inlinable package static var compoundAssignOperator: Self { Self(rawValue: 115) }
  @inlinable package static var conditionalOperator: Self { Self(rawValue: 116) }
  @inlinable package static var cStyleCastExpr: Self { Self(rawValue: 117) }
  @inlinable package static var compoundLiteralExpr: Self { Self(rawValue: 118) }
  @inlinable package static var initListExpr: Self { Self(rawValue: 119) }
  @inlinable package static var addrLabelExpr: Self { Self(rawValue: 120) }
  @inlinable package static var stmtExpr: Self { Self(rawValue: 121) }
  @inlinable package static var genericSelectionExpr: Self { Self(rawValue: 122) }
  @inlinable package static var gnuNullExpr: Self { Self(rawValue: 123) }
  @inlinable package static var cxxStaticCastExpr: Self { Self(rawValue: 124) }
  @inlinable package static var cxxDynamicCastExpr: Self { Self(rawValue: 125) }
  @inlinable package static var cxxReinterpretCastExpr: Self { Self(rawValue: 126) }
  @inlinable package static var cxxConstCastExpr: Self { Self(rawValue: 127) }
  @inlinable package static var cxxFunctionalCastExpr: Self { Self(rawValue: 128) }
  @inlinable package static var cxxTypeidExpr: Self { Self(rawValue: 129) }
  @inlinable package static var cxxBoolLiteralExpr: Self { Self(rawValue: 130) }
  @inlinable package static var cxxNullPtrLiteralExpr: Self { Self(rawValue: 131) }
  @inlinable package static var cxxThisExpr: Self { Self(rawValue: 132) }
  @inlinable package static var cxxThrowExpr: Self { Self(rawValue: 133) }
  @inlinable package static var cxxNewExpr: Self { Self(rawValue: 134) }
  @inlinable package static var cxxDeleteExpr: Self { Self(rawValue: 135) }
  @inlinable package static var unaryExpr: Self { Self(rawValue: 136) }
  @inlinable package static var lambdaExpr: Self { Self(rawValue: 144) }
  @inlinable package static var packExpansionExpr: Self { Self(rawValue: 142) }
  @inlinable package static var sizeOfPackExpr: Self { Self(rawValue: 143) }
  @inlinable package static var unexposedStmt: Self { Self(rawValue: 200) }
  @inlinable package static var labelStmt: Self { Self(rawValue: 201) }
  @inlinable package static var compoundStmt: Self { Self(rawValue: 202) }
  @inlinable package static var caseStmt: Self { Self(rawValue: 203) }
  @inlinable package static var defaultStmt: Self { Self(rawValue: 204) }
  @inlinable package static var ifStmt: Self { Self(rawValue: 205) }
  @inlinable package static var switchStmt: Self { Self(rawValue: 206) }
  @inlinable package static var whileStmt: Self { Self(rawValue: 207) }
  @inlinable package static var doStmt: Self { Self(rawValue: 208) }
  @inlinable package static var forStmt: Self { Self(rawValue: 209) }
  @inlinable package static var gotoStmt: Self { Self(rawValue: 210) }
  @inlinable package static var indirectGotoStmt: Self { Self(rawValue: 211) }
  @inlinable package static var continueStmt: Self { Self(rawValue: 212) }
  @inlinable package static var breakStmt: Self { Self(rawValue: 213) }
  @inlinable package static var returnStmt: Self { Self(rawValue: 214) }
  @inlinable package static var gccAsmStmt: Self { Self(rawValue: 215) }
  @inlinable package static var msAsmStmt: Self { Self(rawValue: 229) }
  @inlinable package static var cxxCatchStmt: Self { Self(rawValue: 223) }
  @inlinable package static var cxxTryStmt: Self { Self(rawValue: 224) }
  @inlinable package static var cxxForRangeStmt: Self { Self(rawValue: 225) }
  @inlinable package static var nullStmt: Self { Self(rawValue: 230) }
  @inlinable package static var declStmt: Self { Self(rawValue: 231) }
  @inlinable package static var staticAssert: Self { Self(rawValue: 602) }
  @inlinable package static var friendDecl: Self { Self(rawValue: 603) }
  @inlinable package static var translationUnit: Self { Self(rawValue: 350) }
  @inlinable package static var unexposedAttr: Self { Self(rawValue: 400) }
  @inlinable package static var annotateAttr: Self { Self(rawValue: 406) }
  @inlinable package static var cxxAccessSpecifier: Self { Self(rawValue: 39) }

  @inlinable package static var macroDefinition: Self { Self(rawValue: 501) }
  @inlinable package static var macroExpansion: Self { Self(rawValue: 502) }

  // libclang numbers its families in blocks; newer kinds are added at a block's end.
  @inlinable package var isExpression: Bool { (100..<200).contains(rawValue) }
  @inlinable package var isStatement: Bool { (200..<350).contains(rawValue) }
  @inlinable package var isDeclaration: Bool { (1..<40).contains(rawValue) }
  @inlinable package var isReference: Bool { (40..<70).contains(rawValue) }
  @inlinable package var isAttribute: Bool { (400..<500).contains(rawValue) }
  /// `struct`, `union` or `class`.
  @inlinable package var isRecord: Bool {
    self == .structDecl || self == .unionDecl || self == .classDecl
  }
  /// Anything with a body to lower.
  @inlinable package var isFunction: Bool {
    self == .functionDecl || self == .cxxMethod || self == .constructor || self == .destructor
      || self == .conversionFunction
  }
}

/// clang's binary operators, in the order of `CXBinaryOperatorKind`.
package enum BinaryOperatorKind: UInt32, Sendable {
  case invalid
  case pointerToMemberDirect, pointerToMemberIndirect
  case multiply, divide, remainder, add, subtract, shiftLeft, shiftRight, threeWay
  case less, greater, lessOrEqual, greaterOrEqual, equal, notEqual
  case and, xor, or, logicalAnd, logicalOr
  case assign, multiplyAssign, divideAssign, remainderAssign, addAssign, subtractAssign
  case shiftLeftAssign, shiftRightAssign, andAssign, xorAssign, orAssign
  case comma
}

/// clang's unary operators, in the order of `CXUnaryOperatorKind`.
package enum UnaryOperatorKind: UInt32, Sendable {
  case invalid
  case postIncrement, postDecrement, preIncrement, preDecrement
  case addressOf, dereference, plus, minus, complement, logicalNot
  case real, imaginary, `extension`, coawait
}
