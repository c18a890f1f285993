//===-- Needs.cpp - what statements need to run elsewhere -----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Needs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace ringfence;
using llvm::StringRef;

static bool isKeyword(StringRef Text, Language L) {
  static const llvm::StringSet<> Swift = {
      "let",     "var",   "if",       "else",        "guard",   "return",
      "for",     "in",    "while",    "repeat",      "switch",  "case",
      "default", "break", "continue", "try",         "as",      "is",
      "nil",     "true",  "false",    "await",       "async",   "func",
      "do",      "catch", "throw",    "throws",      "where",   "some",
      "any",     "inout", "defer",    "weak",        "unowned", "lazy",
      "static",  "Any",   "Self",     "fallthrough", "_",       "available"};
  static const llvm::StringSet<> ObjC = {"if",           "else",
                                         "return",       "for",
                                         "in",           "while",
                                         "do",           "switch",
                                         "case",         "default",
                                         "break",        "continue",
                                         "goto",         "nil",
                                         "Nil",          "NULL",
                                         "YES",          "NO",
                                         "TRUE",         "FALSE",
                                         "true",         "false",
                                         "id",           "int",
                                         "void",         "const",
                                         "static",       "char",
                                         "float",        "double",
                                         "long",         "short",
                                         "unsigned",     "signed",
                                         "bool",         "BOOL",
                                         "struct",       "enum",
                                         "sizeof",       "_cmd",
                                         "__block",      "__weak",
                                         "__strong",     "__unsafe_unretained",
                                         "selector",     "autoreleasepool",
                                         "synchronized", "try",
                                         "catch",        "finally",
                                         "throw",        "available",
                                         "typeof",       "__typeof",
                                         "__typeof__",   "nonnull",
                                         "nullable",     "auto",
                                         "SEL",          "Class",
                                         "instancetype", "encode",
                                         "protocol"};
  return L == Language::Swift ? Swift.contains(Text) : ObjC.contains(Text);
}

Needs::Needs(const ProposeInput &In, const Host &H,
             const std::vector<Level> &Levels, NewPlace Place)
    : In(In), H(H), Place(Place), Locals(localsAt(*H.Fn, Levels)) {}

void Needs::block(std::string Why) {
  if (!llvm::is_contained(Blockers, Why))
    Blockers.push_back(std::move(Why));
}

const Local *Needs::local(StringRef Name) const {
  for (const Local &L : llvm::reverse(Locals))
    if ((!Within || &L < Within) && L.Name == Name)
      return &L;
  return nullptr;
}

/// \p Text without blanks.
static std::string squeezed(StringRef Text) {
  std::string S;
  for (char C : Text)
    if (!llvm::isSpace(C))
      S += C;
  return S;
}

bool Needs::isDictionary(const Local &L) const {
  if (L.K == Local::Kind::Parameter)
    return !H.Dictionary.empty() && L.Name == H.Dictionary;
  if (L.K != Local::Kind::Plain || !L.D)
    return false;
  std::string Init = squeezed(L.value().Text);
  if (Init.empty())
    return false;
  if (!H.Dictionary.empty() && Init == H.Dictionary)
    return true;
  return !H.Payload.empty() && (Init == H.Payload + ".dictionaryPayload" ||
                                Init == "[" + H.Payload + "dictionaryPayload]");
}

/// Whether the project's functions that \p C may call do nothing but compute:
/// as a value made of the push does.
bool Needs::onlyReads(const Call &C, FunctionRef From, unsigned Depth) const {
  std::vector<FunctionRef> Callees = In.Functions.callees(C, From);
  if (Callees.empty())
    return true;
  if (C.K != Call::Kind::Init || Depth > 2)
    return false;
  return llvm::all_of(Callees, [&](const FunctionRef &R) {
    if (R.Fn->Body.empty() || R.Fn->K != Function::Kind::Init)
      return false;
    bool Reads = true;
    for (const Step &S : R.Fn->Steps)
      forEachCall(S, [&](const Call &Inner) {
        const Api *A = In.Apis.find(Inner, R.In->Source->language());
        if (A)
          Reads &= A->E == Effect::Pure || A->E == Effect::Log ||
                   A->E == Effect::Unknown;
        else if (Inner.K != Call::Kind::Subscript)
          Reads &= onlyReads(Inner, R, Depth + 1);
      });
    return Reads;
  });
}

bool Needs::isObject(StringRef Name) const {
  if (Place != NewPlace::Extension)
    return false;
  // "guard let strongSelf = self", "__weak typeof(self) weakSelf = self"
  for (unsigned Links = 0; Links != 4; ++Links) {
    const Local *L = local(Name);
    if (!L || L->K == Local::Kind::Parameter ||
        L->K == Local::Kind::ClosureParameter || !L->D)
      return false;
    Name = StringRef(L->value().Text).trim();
    if (Name == "self")
      return true;
  }
  return false;
}

std::string Needs::whyNotTwice(const Local &L) const {
  std::string Name = "'" + L.Name + "'";
  switch (L.K) {
  case Local::Kind::Parameter:
    return Name + " is a parameter";
  case Local::Kind::ClosureParameter:
    return Name + " is known only when a callback has run";
  case Local::Kind::Bound:
    return Name + " is bound by a pattern";
  case Local::Kind::Plain:
  case Local::Kind::Unwrapped:
  case Local::Kind::Guarded:
    break;
  }
  if (L.value().Text.empty())
    return Name + " is set in more than one place";
  for (const Step &S : H.Fn->Steps) {
    bool Again = false;
    forEachStep(S, [&](const Step &Inner) {
      bool Shallow = false;
      for (const Assignment &A : Inner.Assigns)
        Shallow |= StringRef(A.Target) == L.Name ||
                   StringRef(A.Target).starts_with(L.Name + "[");
      for (const std::string &W : Inner.Writes)
        Shallow |=
            StringRef(W) == L.Name || StringRef(W).starts_with(L.Name + "[");
      Again |= Shallow && &Inner != L.DeclaredBy && &Inner != L.SetBy;
    });
    if (Again)
      return Name + " is set in more than one place";
  }
  std::string Why;
  forEachCall(L.SetBy ? *L.SetBy : *L.DeclaredBy, [&](const Call &C) {
    if (!Why.empty() || !L.value().Where.contains(C.Where))
      return;
    if (C.Awaited &&
        !llvm::any_of(Awaiting, [&](Range R) { return R.contains(C.Where); }))
      Why = Name + " is awaited";
    const Api *A = In.Apis.find(C, H.language());
    if (A && A->E != Effect::Pure && A->E != Effect::Log &&
        A->E != Effect::Unknown &&
        !((RunsAlone || Decodes) && A->E == Effect::Crypto))
      Why = Name + " comes from " + C.Name + ", which is more than reading";
    else if (!A && !RunsAlone && !Decodes && C.K != Call::Kind::Subscript &&
             !onlyReads(C, {H.In, H.Fn}, 0))
      Why = Name + " comes from " + C.Name + ", which would run twice";
  });
  return Why;
}

void Needs::addStep(const Step &S) {
  std::vector<std::string> Own = declaredIn(S);
  std::set<std::string> Before = Declared;
  for (const std::string &Name : Own)
    Declared.insert(Name);
  scanCalls(S, 0);
  scan({*H.In, S.Where, Declared, /*InHost=*/true, 0});
  // "if let name = name": what it is made of is the one around.
  auto Shadows = [&](const Declaration &D) {
    if (Before.count(D.Name) == 0 && llvm::count(Own, D.Name) == 1 &&
        !D.Init.Where.empty())
      scan({*H.In, D.Init.Where, Before, /*InHost=*/true, 0});
  };
  forEachStep(S, [&](const Step &Inner) {
    for (const Arm &A : Inner.Arms)
      llvm::for_each(A.Declares, Shadows);
    if (Inner.K == Step::Kind::Branch)
      llvm::for_each(Inner.Declares, Shadows);
  });
}

void Needs::addCondition(Range Subject, Range Question,
                         const std::vector<const Declaration *> &Binds) {
  for (const Local &L : Locals)
    if (!Within && llvm::is_contained(Binds, L.D) && L.D)
      Within = &L;
  std::vector<const Declaration *> Outer;
  for (const Declaration *D : Binds)
    if (local(D->Name))
      Outer.push_back(D);
    else
      provide(D->Name);
  if (!Subject.empty())
    addExpression(Subject);
  if (!Question.empty())
    addExpression(Question);
  Within = nullptr;
  for (const Declaration *D : Outer) {
    if (llvm::any_of(Again, [&](const Local *L) { return L->Name == D->Name; }))
      block("'" + D->Name + "' is the name of two things");
    provide(D->Name);
  }
}

void Needs::addExpression(Range R) {
  scan({*H.In, R, Declared, /*InHost=*/true, 0});
}

void Needs::scan(const Region &R) {
  std::vector<Word> All =
      words(R.F.Source->bytes(), R.R, R.F.Source->language());
  for (std::size_t I = 0; I != All.size(); ++I) {
    const Word &W = All[I];
    if (W.IsMember) {
      if (Place == NewPlace::Extension)
        useExtensionMember(W.Text);
      continue;
    }
    if (W.IsLabel || isKeyword(W.Text, R.F.Source->language()) ||
        W.Text.starts_with("$"))
      continue;
    if (Place == NewPlace::SameType && (W.Text == "self" || W.Text == "super"))
      continue;
    if (W.Text == "self") {
      if (!scanSelf(R, All, I))
        block("the object itself is passed on");
    } else if (W.Text == "super") {
      block("the superclass is called");
    } else if (!R.Inside.contains(W.Text.str())) {
      scanName(R, All, I);
    }
  }
}

bool Needs::scanSelf(const Region &R, const std::vector<Word> &All,
                     std::size_t I) {
  const Word &W = All[I];
  bool IsSwift = R.F.Source->language() == Language::Swift;
  if (!IsSwift && W.Before == '[' && W.After != '.' && W.After != '-')
    return true; // a message: scanCalls knows the whole selector
  if (I + 1 == All.size() || !All[I + 1].IsMember)
    return false;
  if (IsSwift && W.After == '?') {
    block("'" + All[I + 1].Text.str() +
          "' is asked of an object that may be "
          "gone by then");
    return true;
  }
  if (!useMember(All[I + 1].Text, R.Depth))
    block("'" + All[I + 1].Text.str() + "' is declared outside of the project");
  return true;
}

void Needs::scanName(const Region &R, const std::vector<Word> &All,
                     std::size_t I) {
  const Word &W = All[I];
  if (R.InHost) {
    if (Provided.contains(W.Text.str())) {
      UsedProvided.insert(W.Text.str());
      return;
    }
    if (const Local *L = local(W.Text); L &&
                                        L->K == Local::Kind::ClosureParameter &&
                                        ProvidedParameters.contains(L->Name)) {
      UsedProvided.insert(L->Name);
      return;
    }
    if (isObject(W.Text)) {
      if (!scanSelf(R, All, I))
        block("the object itself is passed on");
      return;
    }
    if (const Local *L = local(W.Text)) {
      bool Dictionary =
          I + 1 != All.size() && All[I + 1].Text == "dictionaryPayload";
      if (L->K != Local::Kind::Parameter || L->Name != H.Payload)
        useLocal(*L);
      else if (!Dictionary)
        block("the payload is used as a whole");
      else
        UsesDictionary = true;
      return;
    }
  }
  if (Place == NewPlace::SameType)
    return; // members and types are as near as before
  if (useMember(W.Text, R.Depth))
    return;
  bool DefaultStore =
      I + 1 != All.size() &&
      ((W.Text == "UserDefaults" && All[I + 1].Text == "standard") ||
       (W.Text == "NSUserDefaults" &&
        All[I + 1].Text == "standardUserDefaults"));
  if (DefaultStore)
    UsesDefaults = true;
  if (W.Text == "UIApplication" || W.Text == "BGTaskScheduler") {
    block(W.Text.str() + " may not be used in an app extension");
    return;
  }
  for (const Property &P : R.F.Globals)
    if (P.Name == W.Text) {
      if (SeenMembers.insert(P.Name).second)
        useProperty(R.F, P, R.Depth, /*IsOfFile=*/true);
      return;
    }
  if (useMacro(R, W.Text))
    return;
  if (llvm::isUpper(W.Text.front())) {
    useType(W.Text, R.F);
    return;
  }
  for (const FunctionRef &F : In.Functions.named(W.Text))
    if (F.Fn->Owner.empty()) {
      if (F.In == H.In)
        block("'" + W.Text.str() + "' is declared in the handler's file");
      else
        addSource(*F.In);
      return;
    }
  Outside.insert(W.Text.str());
}

void Needs::scanCalls(const Step &S, unsigned Depth) {
  if (Place == NewPlace::SameType)
    return;
  forEachCall(S, [&](const Call &C) {
    if (const Api *A = In.Apis.find(C, H.language());
        A && A->Extension == Api::InExtension::No)
      block((A->Swift.empty() ? A->ObjC : A->Swift) +
            " may not be used in an app extension");
    if (C.OnSuper)
      block("the superclass is called");
    // Swift's calls are found by their names; a selector is several words.
    if (H.language() == Language::Swift ||
        !(C.OnSelf || isObject(C.Receiver)) || C.K != Call::Kind::Method)
      return;
    if (!useMember(C.Name, Depth))
      block("-" + C.Name + " is declared outside of the project");
  });
}

void Needs::useLocal(const Local &L) {
  if (isDictionary(L)) {
    UsesDictionary = true;
    if (!Alias)
      Alias = &L;
    if (Outer)
      Outer->CalledDictionary = dictionaryName();
    return;
  }
  if (!H.Completion.empty() && L.Name == H.Completion &&
      L.K == Local::Kind::Parameter) {
    UsesCompletion = true;
    return;
  }
  if (L.K == Local::Kind::Parameter && useArgument(L.Name))
    return;
  if (llvm::is_contained(Again, &L))
    return;
  std::string Why = whyNotTwice(L);
  if (!Why.empty()) {
    block(std::move(Why));
    return;
  }
  if (llvm::any_of(Again, [&](const Local *A) { return A->Name == L.Name; }))
    block("'" + L.Name + "' is the name of two things");
  Again.push_back(&L);
  if (RunsAlone || Decodes)
    scanCallsIn(L.SetBy ? *L.SetBy : *L.DeclaredBy, L.value().Where);
  // "if let image = image": the value is what an outer one of its name has.
  const Local *Before = Within;
  Within = &L;
  scan({*H.In, L.value().Where, Declared, /*InHost=*/true, 0});
  Within = Before;
}

/// Takes in the messages that the expression \p R of \p S sends.
void Needs::scanCallsIn(const Step &S, Range R) {
  ringfence::Step Only;
  forEachCall(S, [&](const Call &C) {
    if (R.contains(C.Where))
      Only.Calls.push_back(C);
  });
  scanCalls(Only, 0);
}

const Parameter *Needs::parameter(StringRef Name) const {
  for (const Parameter &P : H.Fn->Parameters)
    if (P.Name == Name)
      return &P;
  return nullptr;
}

/// The caller has it in a local of the parameter's name.
bool Needs::isHandedOnAsItIs(StringRef Name, Range R) const {
  return H.Caller->In->Source->text(R) == Name && Outer->local(Name) &&
         !Outer->isDictionary(*Outer->local(Name));
}

void Needs::makeOuter() {
  if (Outer)
    return;
  Outer = std::make_unique<Needs>(In, *H.Caller, H.CallLevels, Place);
  Outer->runAlone();
  Outer->Decodes = Decodes;
  if (Alias)
    Outer->CalledDictionary = dictionaryName();
}

void Needs::provideOfCaller(StringRef Name) {
  makeOuter();
  Outer->provide(Name);
}

void Needs::addOfCaller(Range R) {
  makeOuter();
  Outer->addExpression(R);
  takeOuter();
}

void Needs::addConditionOfCaller(
    unsigned Further, Range Subject, Range Question,
    const std::vector<const Declaration *> &Binds) {
  makeOuter();
  if (Further == 0)
    Outer->addCondition(Subject, Question, Binds);
  else
    Outer->addConditionOfCaller(Further - 1, Subject, Question, Binds);
  takeOuter();
}

/// Takes in what the host's caller hands over as \p Name. False if that is not
/// known.
bool Needs::useArgument(StringRef Name) {
  if (!H.Caller || Place != NewPlace::Extension)
    return false;
  auto It = llvm::find_if(H.Arguments,
                          [&](const auto &A) { return A.first == Name; });
  if (It == H.Arguments.end())
    return false;
  if (!UsedArguments.insert(Name.str()).second)
    return true;
  makeOuter();
  Outer->scanCallsIn(H.CallLevels.back().step(), It->second);
  Outer->addExpression(It->second);
  takeOuter();
  const Parameter *P = parameter(Name);
  // A closure is not what a push brings.
  if (!P || P->IsClosure || StringRef(P->Type).contains("inout") ||
      StringRef(P->Type).contains("->"))
    block("'" + Name.str() + "' is a parameter");
  for (const Word &W :
       words(P ? StringRef(P->Type) : StringRef(),
             {0, P ? static_cast<std::uint32_t>(P->Type.size()) : 0U},
             H.language()))
    if (llvm::isUpper(W.Text.front()))
      useType(W.Text, *H.In);
  return true;
}

/// What the arguments need, the new place needs.
void Needs::takeOuter() {
  for (const std::string &Why : Outer->Blockers)
    block(Why);
  for (const CopiedMember &M : Outer->Members) {
    auto Same = llvm::find_if(
        Members, [&](const CopiedMember &Own) { return Own.Name == M.Name; });
    if (Same == Members.end())
      Members.push_back(M);
    else if (Same->In != M.In || Same->Where != M.Where)
      block("'" + M.Name + "' is the name of two things");
  }
  std::vector<const Local *> All;
  for (const Needs *O = Outer.get(); O; O = O->Outer.get())
    llvm::append_range(All, O->Again);
  for (const Local *L : All) {
    const Local *Own = local(L->Name);
    bool Clashes = Declared.count(L->Name) != 0 ||
                   (Own && (Own->K != Local::Kind::Parameter ||
                            !llvm::any_of(H.Arguments, [&](const auto &A) {
                              return A.first == L->Name &&
                                     isHandedOnAsItIs(L->Name, A.second);
                            })));
    if (Clashes)
      block("'" + L->Name + "' is the name of two things");
  }
  Sources.insert(Outer->Sources.begin(), Outer->Sources.end());
  ProjectTypes.insert(Outer->ProjectTypes.begin(), Outer->ProjectTypes.end());
  Outside.insert(Outer->Outside.begin(), Outer->Outside.end());
  UsesDefaults |= Outer->UsesDefaults;
  UsesDictionary |= Outer->UsesDictionary;
  UsesCompletion |= Outer->UsesCompletion;
}
