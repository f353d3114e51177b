import CLibclang
import Testing

@testable import ClangKit

/// The numbers in `CursorKind` are written out; they must be those of libclang's headers.
@Suite struct CursorKindTests {
  @Test func kindsAreThoseOfTheHeaders() {
    let kinds: [(CursorKind, CXCursorKind)] = [
      (.structDecl, CXCursor_StructDecl),
      (.unionDecl, CXCursor_UnionDecl),
      (.classDecl, CXCursor_ClassDecl),
      (.enumDecl, CXCursor_EnumDecl),
      (.fieldDecl, CXCursor_FieldDecl),
      (.enumConstantDecl, CXCursor_EnumConstantDecl),
      (.functionDecl, CXCursor_FunctionDecl),
      (.varDecl, CXCursor_VarDecl),
      (.parmDecl, CXCursor_ParmDecl),
      (.typedefDecl, CXCursor_TypedefDecl),
      (.cxxMethod, CXCursor_CXXMethod),
      (.namespace, CXCursor_Namespace),
      (.linkageSpec, CXCursor_LinkageSpec),
      (.constructor, CXCursor_Constructor),
      (.destructor, CXCursor_Destructor),
      (.conversionFunction, CXCursor_ConversionFunction),
      (.functionTemplate, CXCursor_FunctionTemplate),
      (.classTemplate, CXCursor_ClassTemplate),
      (.typeAliasDecl, CXCursor_TypeAliasDecl),
      (.usingDirective, CXCursor_UsingDirective),
      (.usingDeclaration, CXCursor_UsingDeclaration),
      (.namespaceRef, CXCursor_NamespaceRef),
      (.memberRef, CXCursor_MemberRef),
      (.typeRef, CXCursor_TypeRef),
      (.templateRef, CXCursor_TemplateRef),
      (.labelRef, CXCursor_LabelRef),
      (.overloadedDeclRef, CXCursor_OverloadedDeclRef),
      (.variableRef, CXCursor_VariableRef),
      (.cxxBaseSpecifier, CXCursor_CXXBaseSpecifier),
      (.unexposedDecl, CXCursor_UnexposedDecl),
      (.unexposedExpr, CXCursor_UnexposedExpr),
      (.declRefExpr, CXCursor_DeclRefExpr),
      (.memberRefExpr, CXCursor_MemberRefExpr),
      (.callExpr, CXCursor_CallExpr),
      (.blockExpr, CXCursor_BlockExpr),
      (.integerLiteral, CXCursor_IntegerLiteral),
      (.floatingLiteral, CXCursor_FloatingLiteral),
      (.imaginaryLiteral, CXCursor_ImaginaryLiteral),
      (.stringLiteral, CXCursor_StringLiteral),
      (.characterLiteral, CXCursor_CharacterLiteral),
      (.parenExpr, CXCursor_ParenExpr),
      (.unaryOperator, CXCursor_UnaryOperator),
      (.arraySubscriptExpr, CXCursor_ArraySubscriptExpr),
      (.binaryOperator, CXCursor_BinaryOperator),
      (.compoundAssignOperator, CXCursor_CompoundAssignOperator),
      (.conditionalOperator, CXCursor_ConditionalOperator),
      (.cStyleCastExpr, CXCursor_CStyleCastExpr),
      (.compoundLiteralExpr, CXCursor_CompoundLiteralExpr),
      (.initListExpr, CXCursor_InitListExpr),
      (.addrLabelExpr, CXCursor_AddrLabelExpr),
      (.stmtExpr, CXCursor_StmtExpr),
      (.genericSelectionExpr, CXCursor_GenericSelectionExpr),
      (.gnuNullExpr, CXCursor_GNUNullExpr),
      (.cxxStaticCastExpr, CXCursor_CXXStaticCastExpr),
      (.cxxDynamicCastExpr, CXCursor_CXXDynamicCastExpr),
      (.cxxReinterpretCastExpr, CXCursor_CXXReinterpretCastExpr),
      (.cxxConstCastExpr, CXCursor_CXXConstCastExpr),
      (.cxxFunctionalCastExpr, CXCursor_CXXFunctionalCastExpr),
      (.cxxTypeidExpr, CXCursor_CXXTypeidExpr),
      (.cxxBoolLiteralExpr, CXCursor_CXXBoolLiteralExpr),
      (.cxxNullPtrLiteralExpr, CXCursor_CXXNullPtrLiteralExpr),
      (.cxxThisExpr, CXCursor_CXXThisExpr),
      (.cxxThrowExpr, CXCursor_CXXThrowExpr),
      (.cxxNewExpr, CXCursor_CXXNewExpr),
      (.cxxDeleteExpr, CXCursor_CXXDeleteExpr),
      (.unaryExpr, CXCursor_UnaryExpr),
      (.lambdaExpr, CXCursor_LambdaExpr),
      (.packExpansionExpr, CXCursor_PackExpansionExpr),
      (.sizeOfPackExpr, CXCursor_SizeOfPackExpr),
      (.unexposedStmt, CXCursor_UnexposedStmt),
      (.labelStmt, CXCursor_LabelStmt),
      (.compoundStmt, CXCursor_CompoundStmt),
      (.caseStmt, CXCursor_CaseStmt),
      (.defaultStmt, CXCursor_DefaultStmt),
      (.ifStmt, CXCursor_IfStmt),
      (.switchStmt, CXCursor_SwitchStmt),
      (.whileStmt, CXCursor_WhileStmt),
      (.doStmt, CXCursor_DoStmt),
      (.forStmt, CXCursor_ForStmt),
      (.gotoStmt, CXCursor_GotoStmt),
      (.indirectGotoStmt, CXCursor_IndirectGotoStmt),
      (.continueStmt, CXCursor_ContinueStmt),
      (.breakStmt, CXCursor_BreakStmt),
      (.returnStmt, CXCursor_ReturnStmt),
      (.gccAsmStmt, CXCursor_GCCAsmStmt),
      (.msAsmStmt, CXCursor_MSAsmStmt),
      (.cxxCatchStmt, CXCursor_CXXCatchStmt),
      (.cxxTryStmt, CXCursor_CXXTryStmt),
      (.cxxForRangeStmt, CXCursor_CXXForRangeStmt),
      (.nullStmt, CXCursor_NullStmt),
      (.declStmt, CXCursor_DeclStmt),
      (.staticAssert, CXCursor_StaticAssert),
      (.friendDecl, CXCursor_FriendDecl),
      (.translationUnit, CXCursor_TranslationUnit),
      (.unexposedAttr, CXCursor_UnexposedAttr),
      (.annotateAttr, CXCursor_AnnotateAttr),
      (.cxxAccessSpecifier, CXCursor_CXXAccessSpecifier),
      (.macroDefinition, CXCursor_MacroDefinition),
      (.macroExpansion, CXCursor_MacroExpansion),
    ]
    for (ours, theirs) in kinds {
      #expect(ours.rawValue == theirs.rawValue)
    }
    #expect(Set(kinds.map(\.0)).count == kinds.count)
  }

  @Test func familiesAreThoseOfTheHeaders() {
    let families: [(CXCursorKind, CXCursorKind, (CursorKind) -> Bool)] = [
      (CXCursor_FirstExpr, CXCursor_LastExpr, \.isExpression),
      (CXCursor_FirstStmt, CXCursor_LastStmt, \.isStatement),
      (CXCursor_FirstDecl, CXCursor_LastDecl, \.isDeclaration),
      (CXCursor_FirstRef, CXCursor_LastRef, \.isReference),
      (CXCursor_FirstAttr, CXCursor_LastAttr, \.isAttribute),
    ]
    for (first, last, isIn) in families {
      #expect(!isIn(CursorKind(rawValue: first.rawValue - 1)))
      #expect(isIn(CursorKind(rawValue: first.rawValue)))
      #expect(isIn(CursorKind(rawValue: last.rawValue)))
      let others = families.filter { $0.0 != first }
      #expect(!others.contains { $0.2(CursorKind(rawValue: last.rawValue)) })
    }
  }
}
