//===-- Declarations.cpp - types, properties and functions of a Swift file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Declarations.h"
#include "matchers/swift/Lowering.h"
#include "matchers/swift/Parsing.h"
#include "matchers/swift/Queries.h"
#include <algorithm>

using namespace ringfence;
using namespace ringfence::swift;

void Declarations::collect(Node Root) {
  Stack.clear();
  declarationsQuery().forEach(
      Root, Facts.Source.bytes(), [&](llvm::ArrayRef<Query::Capture> Match) {
        const Query::Capture &C = Match.front();
        while (!Stack.empty() && !Stack.back().Where.contains(C.N.range()))
          Stack.pop_back();
        if (C.Name == "comment")
          Facts.Comments.push_back(C.N.range());
        else if (C.Name == "import")
          import(C.N);
        else if (C.Name == "type")
          type(C.N);
        else if (C.Name == "function")
          function(C.N);
        else if (C.Name == "subscript")
          subscript(C.N);
        else if (C.Name == "property")
          property(C.N);
      });
}

void Declarations::finish(Bodies How) {
  addLostTypes();
  std::sort(Facts.Comments.begin(), Facts.Comments.end(),
            [](Range A, Range B) { return A.Begin < B.Begin; });
  Facts.Comments.erase(
      std::unique(Facts.Comments.begin(), Facts.Comments.end()),
      Facts.Comments.end());
  std::stable_sort(Functions.begin(), Functions.end(),
                   [](const Pending &A, const Pending &B) {
                     return A.Fn.Where.Begin < B.Fn.Where.Begin;
                   });
  for (Pending &P : Functions) {
    if (P.Fn.Isolation.empty())
      P.Fn.Isolation = Isolations.lookup(P.Fn.Owner);
    if (How == Bodies::Lowered) {
      Lowering L(Facts, P.Fn.Owner, F.Problems);
      for (const Parameter &Param : P.Fn.Parameters)
        L.bind(Param);
      P.Fn.Steps = L.body(P.Statements);
    }
    F.Functions.push_back(std::move(P.Fn));
  }
  Functions.clear();
}

const Declarations::Enclosing *Declarations::enclosingType() const {
  for (auto It = Stack.rbegin(); It != Stack.rend(); ++It)
    if (It->IsType)
      return &*It;
  return nullptr;
}

/// The type around \p N: by the tree, or by the braces where it has lost track.
std::string Declarations::ownerOf(Node N) const {
  if (const Enclosing *T = enclosingType())
    return T->Name;
  const Outline::TypeBody *Best = nullptr;
  for (const Outline::TypeBody &T : Shape.Types)
    if (!T.Name.empty() && T.Where.contains(N.range()) &&
        (!Best || T.Where.size() < Best->Where.size()))
      Best = &T;
  return Best ? Best->Name : "";
}

/// Types that no tree shows any more, from their heads.
void Declarations::addLostTypes() {
  for (const Outline::TypeBody &B : Shape.Types) {
    if (B.Name.empty() || llvm::any_of(F.Types, [&](const Type &T) {
          return T.Where.contains(B.Where) && T.Name == B.Name;
        }))
      continue;
    Type T;
    T.Name = B.Name;
    T.Where = {B.Head.Begin, B.Where.End};
    T.Inside = {B.Where.Begin + 1, B.Where.End - 1};
    llvm::StringRef Head = Facts.Source.text(B.Head);
    T.K = Head.starts_with("extension")  ? Type::Kind::Extension
          : Head.starts_with("struct")   ? Type::Kind::Struct
          : Head.starts_with("enum")     ? Type::Kind::Enum
          : Head.starts_with("actor")    ? Type::Kind::Actor
          : Head.starts_with("protocol") ? Type::Kind::Protocol
                                         : Type::Kind::Class;
    llvm::SmallVector<llvm::StringRef, 8> Supers;
    Head.split(':').second.split(Supers, ',', -1, false);
    for (llvm::StringRef S : Supers)
      T.Supertypes.push_back(S.trim().str());
    F.Types.push_back(std::move(T));
  }
  std::stable_sort(F.Types.begin(), F.Types.end(),
                   [](const Type &A, const Type &B) {
                     return A.Where.Begin < B.Where.Begin;
                   });
}

/// Whether what comes next stands in a function rather than in a type.
bool Declarations::insideFunction() const {
  return !Stack.empty() && !Stack.back().IsType;
}

void Declarations::import(Node N) {
  std::string Module = text(N.child("identifier"));
  Module = llvm::StringRef(Module).split('.').first.str();
  F.Imports.push_back(Module);
  unsigned Line = Facts.Source.line(N.range().End);
  F.ImportInsertion = Facts.Source.lineBegin(Line + 1);
}

/// The last part of "Outer.Inner<T>", which is what other code calls it by.
static std::string lastName(llvm::StringRef Written) {
  Written = Written.take_until([](char C) { return C == '<'; });
  std::size_t Dot = Written.rfind('.');
  return Written.substr(Dot == llvm::StringRef::npos ? 0 : Dot + 1)
      .trim()
      .str();
}

/// Access, isolation and the rest that modifiers and attributes say.
void Declarations::modifiers(Node N, Function &Fn) const {
  auto Attribute = [&](Node A) {
    std::string Name = text(A.child("user_type"));
    if (Name == "objc" || Name == "IBAction" || Name == "GKInspectable") {
      Fn.IsObjC = true;
      std::string Written = text(A);
      llvm::StringRef Inside = llvm::StringRef(Written).split('(').second;
      if (Name == "objc" && !Inside.empty())
        Fn.ObjCName = Inside.drop_back(1).trim().str();
    } else if (llvm::StringRef(Name).ends_with("Actor")) {
      Fn.Isolation = Name;
    }
  };
  auto Modifier = [&](Node M) {
    llvm::StringRef W = Facts.Source.text(M.range());
    if (M.is("attribute"))
      Attribute(M);
    else if (M.is("visibility_modifier") && !W.contains('('))
      Fn.Access = W.str();
    else if (W == "override")
      Fn.IsOverride = true;
    else if (W == "nonisolated")
      Fn.Isolation = "nonisolated";
    else if (W == "static" || W == "class")
      Fn.IsStatic = true;
  };
  for (const Child &C : N.children()) {
    if (C.N.is("modifiers"))
      for (const Child &M : C.N.children())
        Modifier(M.N);
    else if (C.N.is("class"))
      Fn.IsStatic = true;
    else if (C.N.is("attribute") || C.N.type().ends_with("_modifier"))
      Modifier(C.N);
  }
}

void Declarations::type(Node N) {
  Type T;
  T.Where = N.range();
  Function Said;
  modifiers(N, Said);
  T.Access = Said.Access;
  T.Isolation = Said.Isolation;
  llvm::StringRef Word;
  for (const Child &C : N.children()) {
    if (C.Field == "declaration_kind")
      Word = Facts.Source.text(C.N.range());
    else if (C.N.is("inheritance_specifier"))
      T.Supertypes.push_back(text(C.N));
    else if (C.Field == "name" && T.Name.empty())
      T.Name = lastName(Facts.Source.text(C.N.range()));
    else if (C.N.type().ends_with("_body"))
      T.Inside = {C.N.range().Begin + 1,
                  std::max(C.N.range().End, C.N.range().Begin + 2) - 1};
  }
  T.K = Word == "struct"      ? Type::Kind::Struct
        : Word == "enum"      ? Type::Kind::Enum
        : Word == "actor"     ? Type::Kind::Actor
        : Word == "extension" ? Type::Kind::Extension
        : Word == "protocol"  ? Type::Kind::Protocol
                              : Type::Kind::Class;
  if (T.K == Type::Kind::Actor && T.Isolation.empty())
    T.Isolation = T.Name;
  if (!T.Isolation.empty() && T.K != Type::Kind::Extension)
    Isolations[T.Name] = T.Isolation;
  auto Known = llvm::find_if(
      F.Types, [&](const Type &O) { return O.Where.Begin == T.Where.Begin; });
  if (Known != F.Types.end()) { // an island has shown it
    auto Index = static_cast<std::size_t>(Known - F.Types.begin());
    Stack.push_back({T.Where, true, T.Name, T.Isolation, Index});
    return;
  }
  Stack.push_back({T.Where, true, T.Name, T.Isolation, F.Types.size()});
  F.Types.push_back(std::move(T));
}

static std::string symbolOf(const Function &Fn) {
  std::string S = Fn.Owner.empty() ? "" : Fn.Owner + ".";
  S += Fn.Name;
  if (Fn.K == Function::Kind::Getter || Fn.K == Function::Kind::Setter ||
      Fn.K == Function::Kind::Observer || Fn.Name == "deinit")
    return S;
  S += "(";
  for (const std::string &L : Fn.Labels)
    S += L + ":";
  return S + ")";
}

/// Where the parts of \p N lie when its body is \p Body, a node with braces.
static Node place(Function &Fn, Node N, Node Body) {
  Fn.Where = N.range();
  Fn.Head = Fn.Where;
  Fn.HasErrors = isTorn(N);
  for (const Block &B : blocksOf(Body)) {
    Fn.Body = B.Where;
    Fn.Inside = B.Inside;
    Fn.Head.End = B.Where.Begin;
    return B.Statements;
  }
  Fn.Body = Fn.Inside = {Fn.Where.End, Fn.Where.End};
  return {};
}

void Declarations::function(Node N) {
  bool Local = insideFunction();
  const Enclosing *T = enclosingType();
  Function Fn;
  modifiers(N, Fn);
  Fn.Owner = ownerOf(N);
  if (Fn.Isolation.empty() && T)
    Fn.Isolation = T->Isolation;
  Fn.K = Fn.Owner.empty() ? Function::Kind::Function : Function::Kind::Method;
  bool AfterArrow = false;
  for (const Child &C : N.children()) {
    if (C.N.is("->")) {
      AfterArrow = true;
    } else if (AfterArrow && C.N.isNamed()) {
      Fn.ReturnType = text(C.N);
      AfterArrow = false;
    } else if (C.N.is("async")) {
      Fn.IsAsync = true;
    } else if (C.N.is("throws")) {
      Fn.Throws = true;
    } else if (C.Field == "name" && Fn.Name.empty()) {
      Fn.Name = llvm::StringRef(text(C.N)).trim('`').str();
    }
  }
  if (N.is("init_declaration")) {
    Fn.K = Function::Kind::Init;
    Fn.Name = "init";
  } else if (N.is("deinit_declaration")) {
    Fn.Name = "deinit";
  }
  Fn.Parameters = parametersOf(N, Facts.Source);
  for (const Parameter &P : Fn.Parameters)
    Fn.Labels.push_back(P.Label);
  Fn.Symbol = symbolOf(Fn);
  Node Statements = place(Fn, N, N.field("body"));

  Stack.push_back({Fn.Where, false, Fn.Name, "", 0});
  if (Local) // part of its function: Step::LocalFunction
    return;
  bool New = KnownBegins.insert(Fn.Where.Begin).second;
  New &= KnownEnds.insert(Fn.Where.End).second;
  if (!New)
    return;
  Facts.ReturnTypes[Fn.Owner][Fn.Name] = Fn.ReturnType;
  Functions.push_back({std::move(Fn), Statements});
}

void Declarations::subscript(Node N) {
  const Enclosing *T = enclosingType();
  Function Fn;
  modifiers(N, Fn);
  Fn.Owner = ownerOf(N);
  if (Fn.Isolation.empty() && T)
    Fn.Isolation = T->Isolation;
  Fn.Name = "subscript";
  Fn.Parameters = parametersOf(N, Facts.Source);
  for (const Parameter &P : Fn.Parameters)
    Fn.Labels.push_back(P.Label);
  Stack.push_back({N.range(), false, Fn.Name, "", 0});
  accessors(N.child("computed_property"), Fn);
}

/// The type that "= CXProvider(…)" and "= CXProvider.shared" say as well as an
/// annotation would; "" where only the compiler knows.
static std::string typeOfInitializer(llvm::StringRef Written) {
  llvm::StringRef Made = Written.take_until(
      [](char C) { return C == '(' || C == '<' || C == '{'; });
  if (Made.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw"
                             "xyz0123456789_.") != llvm::StringRef::npos)
    return "";
  bool IsCall = Made.size() < Written.size();
  Made.consume_back(".init");
  auto [Before, Last] = Made.rsplit('.');
  if (Last.empty())
    Last = Before;
  if (looksLikeType(Last))
    return IsCall ? Last.str() : "";
  return looksLikeType(Before) && isSingletonName(Last) ? lastName(Before) : "";
}

void Declarations::property(Node N) {
  if (insideFunction())
    return;
  const Enclosing *T = enclosingType();
  Function Said;
  modifiers(N, Said);
  Said.Owner = ownerOf(N);
  if (Said.Isolation.empty() && T)
    Said.Isolation = T->Isolation;

  Property P;
  P.Where = N.range();
  P.Access = Said.Access;
  P.IsStatic = Said.IsStatic;
  for (const Child &C : N.child("modifiers").children()) {
    llvm::StringRef W = Facts.Source.text(C.N.range());
    P.IsWeak |= W == "weak";
    P.IsLazy |= W == "lazy";
  }
  std::vector<std::string> Names;
  std::string Inferred;
  // Bodies make no sense before the name is known; they come behind it.
  std::vector<Node> Bodies;
  Node LazyValue;
  auto Flush = [&] {
    for (const std::string &Name : Names) {
      P.Name = Name;
      Facts.PropertyTypes[Said.Owner][Name] =
          P.Type.empty() ? Inferred : P.Type;
      Function Pattern = Said;
      Pattern.Name = Name;
      Pattern.ReturnType = P.Type;
      for (Node B : Bodies)
        accessors(B, Pattern);
      if (LazyValue && (P.IsLazy || P.IsStatic || Said.Owner.empty()))
        lazyInitializer(LazyValue, Pattern);
      if (T)
        F.Types[T->TypeIndex].Properties.push_back(P);
      else
        F.Globals.push_back(P);
    }
    Names.clear();
    Bodies.clear();
    LazyValue = Node();
    P.Type.clear();
    Inferred.clear();
    P.Initializer.clear();
    P.IsComputed = P.HasObservers = false;
  };
  for (const Child &C : N.children()) {
    if (C.N.is("value_binding_pattern")) {
      P.IsConstant = Facts.Source.text(C.N.range()) == "let";
    } else if (C.N.is("pattern")) {
      Flush();
      if (Node Binding = C.N.child("value_binding_pattern"))
        P.IsConstant = Facts.Source.text(Binding.range()) == "let";
      Names = boundNames(C.N, true, Facts.Source);
    } else if (C.N.is("type_annotation")) {
      P.Type = llvm::StringRef(text(C.N)).ltrim(": ").str();
    } else if (C.Field == "value") {
      P.Initializer = text(C.N);
      if (P.Type.empty())
        Inferred = typeOfInitializer(P.Initializer);
      if (C.N.is("call_expression") &&
          C.N.children().front().N.is("lambda_literal"))
        LazyValue = C.N.children().front().N;
    } else if (C.N.is("willset_didset_block")) {
      P.HasObservers = true;
      Bodies.push_back(C.N);
    } else if (C.N.is("computed_property") ||
               C.N.is("protocol_property_requirements")) {
      P.IsComputed = true;
      Bodies.push_back(C.N);
    }
  }
  Flush();
  Stack.push_back({N.range(), false, "", "", 0});
}

/// get, set, willSet and didSet between one pair of braces; statements alone
/// are a getter.
void Declarations::accessors(Node Block, const Function &Pattern) {
  for (const Child &C : Block.children()) {
    if (C.N.is("computed_getter"))
      accessor(C.N, Pattern, Function::Kind::Getter, "");
    else if (C.N.is("computed_setter"))
      accessor(C.N, Pattern, Function::Kind::Setter, "newValue");
    else if (C.N.is("willset_clause"))
      accessor(C.N, Pattern, Function::Kind::Observer, "newValue");
    else if (C.N.is("didset_clause"))
      accessor(C.N, Pattern, Function::Kind::Observer, "oldValue");
    else if (C.N.is("statements"))
      accessor(Block, Pattern, Function::Kind::Getter, "");
  }
}

void Declarations::accessor(Node N, const Function &Pattern, Function::Kind K,
                            llvm::StringRef Implied) {
  Function Fn = Pattern;
  Fn.K = K;
  Fn.Symbol = symbolOf(Fn);
  llvm::StringRef Effects =
      Facts.Source.text(N.child("getter_specifier").range());
  Fn.IsAsync = Effects.contains("async");
  Fn.Throws = Effects.contains("throws");
  Node Statements = place(Fn, N, N);
  if (Fn.Body.empty())
    return; // a requirement of a protocol
  if (!Implied.empty()) {
    Parameter P;
    P.Label = "_";
    P.Name = Implied.str();
    if (Node Named = N.child("simple_identifier"))
      P.Name = text(Named);
    P.Type = Pattern.ReturnType;
    Fn.ReturnType.clear();
    Fn.Parameters.push_back(std::move(P));
  }
  Functions.push_back({std::move(Fn), Statements});
}

/// "lazy var x: T = { … }()" runs when x is first read, as a getter does.
void Declarations::lazyInitializer(Node Value, const Function &Pattern) {
  Function Fn = Pattern;
  Fn.K = Function::Kind::Getter;
  Fn.Symbol = symbolOf(Fn);
  Node Statements = place(Fn, Value, Value);
  Functions.push_back({std::move(Fn), Statements});
}
