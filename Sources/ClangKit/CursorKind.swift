internal import CLibclang

/// libclang's kinds of cursor, those that ftaudit tells apart; others and newer ones pass through.
package struct CursorKind: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }
  private init(_ kind: CXCursorKind) { rawValue = kind.rawValue }
  init(_ cursor: CXCursor) { rawValue = cursor.kind.rawValue }

  package static let structDecl = Self(CXCursor_StructDecl)
  package static let unionDecl = Self(CXCursor_UnionDecl)
  package static let classDecl = Self(CXCursor_ClassDecl)
  package static let enumDecl = Self(CXCursor_EnumDecl)
  package static let fieldDecl = Self(CXCursor_FieldDecl)
  package static let enumConstantDecl = Self(CXCursor_EnumConstantDecl)
  package static let functionDecl = Self(CXCursor_FunctionDecl)
  package static let varDecl = Self(CXCursor_VarDecl)
  package static let parmDecl = Self(CXCursor_ParmDecl)
  package static let typedefDecl = Self(CXCursor_TypedefDecl)
  package static let cxxMethod = Self(CXCursor_CXXMethod)
  package static let namespace = Self(CXCursor_Namespace)
  package static let linkageSpec = Self(CXCursor_LinkageSpec)
  package static let constructor = Self(CXCursor_Constructor)
  package static let destructor = Self(CXCursor_Destructor)
  package static let conversionFunction = Self(CXCursor_ConversionFunction)
  package static let functionTemplate = Self(CXCursor_FunctionTemplate)
  package static let classTemplate = Self(CXCursor_ClassTemplate)
  package static let classTemplatePartialSpecialization = Self(
    CXCursor_ClassTemplatePartialSpecialization)
  package static let typeAliasDecl = Self(CXCursor_TypeAliasDecl)
  package static let usingDirective = Self(CXCursor_UsingDirective)
  package static let usingDeclaration = Self(CXCursor_UsingDeclaration)
  package static let namespaceRef = Self(CXCursor_NamespaceRef)
  package static let memberRef = Self(CXCursor_MemberRef)
  package static let typeRef = Self(CXCursor_TypeRef)
  package static let templateRef = Self(CXCursor_TemplateRef)
  package static let labelRef = Self(CXCursor_LabelRef)
  package static let overloadedDeclRef = Self(CXCursor_OverloadedDeclRef)
  package static let variableRef = Self(CXCursor_VariableRef)
  package static let cxxBaseSpecifier = Self(CXCursor_CXXBaseSpecifier)
  package static let unexposedDecl = Self(CXCursor_UnexposedDecl)
  package static let unexposedExpr = Self(CXCursor_UnexposedExpr)
  package static let declRefExpr = Self(CXCursor_DeclRefExpr)
  package static let memberRefExpr = Self(CXCursor_MemberRefExpr)
  package static let callExpr = Self(CXCursor_CallExpr)
  package static let blockExpr = Self(CXCursor_BlockExpr)
  package static let integerLiteral = Self(CXCursor_IntegerLiteral)
  package static let floatingLiteral = Self(CXCursor_FloatingLiteral)
  package static let imaginaryLiteral = Self(CXCursor_ImaginaryLiteral)
  package static let stringLiteral = Self(CXCursor_StringLiteral)
  package static let characterLiteral = Self(CXCursor_CharacterLiteral)
  package static let parenExpr = Self(CXCursor_ParenExpr)
  package static let unaryOperator = Self(CXCursor_UnaryOperator)
  package static let arraySubscriptExpr = Self(CXCursor_ArraySubscriptExpr)
  package static let binaryOperator = Self(CXCursor_BinaryOperator)
  package static let compoundAssignOperator = Self(CXCursor_CompoundAssignOperator)
  package static let conditionalOperator = Self(CXCursor_ConditionalOperator)
  package static let cStyleCastExpr = Self(CXCursor_CStyleCastExpr)
  package static let compoundLiteralExpr = Self(CXCursor_CompoundLiteralExpr)
  package static let initListExpr = Self(CXCursor_InitListExpr)
  package static let addrLabelExpr = Self(CXCursor_AddrLabelExpr)
  package static let stmtExpr = Self(CXCursor_StmtExpr)
  package static let genericSelectionExpr = Self(CXCursor_GenericSelectionExpr)
  package static let gnuNullExpr = Self(CXCursor_GNUNullExpr)
  package static let cxxStaticCastExpr = Self(CXCursor_CXXStaticCastExpr)
  package static let cxxDynamicCastExpr = Self(CXCursor_CXXDynamicCastExpr)
  package static let cxxReinterpretCastExpr = Self(CXCursor_CXXReinterpretCastExpr)
  package static let cxxConstCastExpr = Self(CXCursor_CXXConstCastExpr)
  package static let cxxFunctionalCastExpr = Self(CXCursor_CXXFunctionalCastExpr)
  package static let cxxTypeidExpr = Self(CXCursor_CXXTypeidExpr)
  package static let cxxBoolLiteralExpr = Self(CXCursor_CXXBoolLiteralExpr)
  package static let cxxNullPtrLiteralExpr = Self(CXCursor_CXXNullPtrLiteralExpr)
  package static let cxxThisExpr = Self(CXCursor_CXXThisExpr)
  package static let cxxThrowExpr = Self(CXCursor_CXXThrowExpr)
  package static let cxxNewExpr = Self(CXCursor_CXXNewExpr)
  package static let cxxDeleteExpr = Self(CXCursor_CXXDeleteExpr)
  package static let unaryExpr = Self(CXCursor_UnaryExpr)
  package static let lambdaExpr = Self(CXCursor_LambdaExpr)
  package static let packExpansionExpr = Self(CXCursor_PackExpansionExpr)
  package static let sizeOfPackExpr = Self(CXCursor_SizeOfPackExpr)
  package static let unexposedStmt = Self(CXCursor_UnexposedStmt)
  package static let labelStmt = Self(CXCursor_LabelStmt)
  package static let compoundStmt = Self(CXCursor_CompoundStmt)
  package static let caseStmt = Self(CXCursor_CaseStmt)
  package static let defaultStmt = Self(CXCursor_DefaultStmt)
  package static let ifStmt = Self(CXCursor_IfStmt)
  package static let switchStmt = Self(CXCursor_SwitchStmt)
  package static let whileStmt = Self(CXCursor_WhileStmt)
  package static let doStmt = Self(CXCursor_DoStmt)
  package static let forStmt = Self(CXCursor_ForStmt)
  package static let gotoStmt = Self(CXCursor_GotoStmt)
  package static let indirectGotoStmt = Self(CXCursor_IndirectGotoStmt)
  package static let continueStmt = Self(CXCursor_ContinueStmt)
  package static let breakStmt = Self(CXCursor_BreakStmt)
  package static let returnStmt = Self(CXCursor_ReturnStmt)
  package static let gccAsmStmt = Self(CXCursor_GCCAsmStmt)
  package static let msAsmStmt = Self(CXCursor_MSAsmStmt)
  package static let cxxCatchStmt = Self(CXCursor_CXXCatchStmt)
  package static let cxxTryStmt = Self(CXCursor_CXXTryStmt)
  package static let cxxForRangeStmt = Self(CXCursor_CXXForRangeStmt)
  package static let nullStmt = Self(CXCursor_NullStmt)
  package static let declStmt = Self(CXCursor_DeclStmt)
  package static let staticAssert = Self(CXCursor_StaticAssert)
  package static let friendDecl = Self(CXCursor_FriendDecl)
  package static let translationUnit = Self(CXCursor_TranslationUnit)
  package static let unexposedAttr = Self(CXCursor_UnexposedAttr)
  package static let annotateAttr = Self(CXCursor_AnnotateAttr)
  package static let cxxAccessSpecifier = Self(CXCursor_CXXAccessSpecifier)

  package static let macroDefinition = Self(CXCursor_MacroDefinition)
  package static let macroExpansion = Self(CXCursor_MacroExpansion)

  package var isExpression: Bool {
    (CXCursor_FirstExpr.rawValue...CXCursor_LastExpr.rawValue).contains(rawValue)
  }
  package var isStatement: Bool {
    (CXCursor_FirstStmt.rawValue...CXCursor_LastStmt.rawValue).contains(rawValue)
  }
  package var isDeclaration: Bool {
    (CXCursor_FirstDecl.rawValue...CXCursor_LastDecl.rawValue).contains(rawValue)
  }
  package var isReference: Bool {
    (CXCursor_FirstRef.rawValue...CXCursor_LastRef.rawValue).contains(rawValue)
  }
  package var isAttribute: Bool {
    (CXCursor_FirstAttr.rawValue...CXCursor_LastAttr.rawValue).contains(rawValue)
  }
  /// `struct`, `union` or `class`.
  package var isRecord: Bool {
    self == .structDecl || self == .unionDecl || self == .classDecl
  }
  /// Anything with a body to lower.
  package var isFunction: Bool {
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
