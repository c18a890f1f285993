//===-- CallOfPush.cpp - the call that a push is about --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/CallOfPush.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

/// The argument by which \p C tells CallKit which call has ended, or null.
static const Value *endedCallOf(const Call &C) {
  if (C.Arguments.empty())
    return nullptr;
  bool Ends =
      C.Name == "reportCallWithUUID:endedAtDate:reason:" ||
      C.Name == "initWithCallUUID:" ||
      (C.Name == "CXEndCallAction" && C.Arguments.front().Label == "call") ||
      (C.Name == "reportCall" && C.Arguments.size() == 3 &&
       C.Arguments[1].Label == "endedAt");
  return Ends ? &C.Arguments.front().V : nullptr;
}

/// Which argument of \p C a function of the project tells CallKit has ended:
/// the function has it as a UUID and hands it on as it came.
static const Value *endedByCallee(const Call &C, FunctionRef Caller,
                                  FunctionSource &Project, unsigned Depth = 0) {
  constexpr unsigned MaxDepth = 3;
  if (C.Arguments.empty() || Depth == MaxDepth)
    return nullptr;
  for (const FunctionRef &R : Project.callees(C, Caller)) {
    const std::vector<Parameter> &Parameters = R.Fn->Parameters;
    if (Parameters.size() != C.Arguments.size())
      continue;
    const Value *Ended = nullptr;
    for (const Step &S : R.Fn->Steps)
      forEachCall(S, [&](const Call &Inner) {
        if (Ended)
          return;
        const Value *V = endedCallOf(Inner);
        if (!V)
          V = endedByCallee(Inner, R, Project, Depth + 1);
        for (std::size_t I = 0; V && I != Parameters.size(); ++I) {
          llvm::StringRef Type = llvm::StringRef(Parameters[I].Type).trim();
          if (V->Text == Parameters[I].Name &&
              (Type == "UUID" || Type.starts_with("NSUUID")))
            Ended = &C.Arguments[I].V;
        }
      });
    if (Ended)
      return Ended;
  }
  return nullptr;
}

static llvm::StringRef rootOf(llvm::StringRef Expression) {
  return Expression.take_while(
      [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

/// A name or a path of names: an expression without side effects.
static bool isPath(llvm::StringRef E) {
  return !rootOf(E).empty() && llvm::all_of(E, [](char C) {
    return llvm::isAlnum(C) || C == '_' || C == '.' || C == '!';
  });
}

/// The index behind the statement of \p B that declares \p Name; 0 if it is
/// visible from the start; none if it is not visible in the block itself.
static std::optional<unsigned> visibleFrom(const Block &B,
                                           llvm::StringRef Name) {
  const std::vector<Step> &Steps = B.steps();
  for (unsigned I = 0; I < Steps.size(); ++I) {
    bool IsGuard = Steps[I].K == Step::Kind::Branch &&
                   Steps[I].Branch == Step::BranchKind::Guard;
    auto Declares = [&](const std::vector<Declaration> &Ds) {
      return llvm::any_of(Ds, [&](const auto &D) { return D.Name == Name; });
    };
    if (Declares(Steps[I].Declares))
      return I + 1;
    if (IsGuard)
      for (const Arm &A : Steps[I].Arms)
        if (Declares(A.Declares))
          return I + 1;
    if (llvm::is_contained(declaredIn(Steps[I]), Name))
      return std::nullopt;
  }
  return 0;
}

static bool mentionsCancel(llvm::StringRef Condition) {
  std::string Lower = Condition.lower();
  static constexpr llvm::StringRef Words[] = {"cancel",  "hangup",  "hang_up",
                                              "callend", "endcall", "ended",
                                              "missed",  "terminat"};
  return llvm::any_of(Words, [&](llvm::StringRef W) {
    return Lower.find(W) != std::string::npos;
  });
}

/// A local that certainly holds a UUID, not an optional one.
static bool isUUID(const Local &L) {
  if (!L.D)
    return false;
  llvm::StringRef Type = llvm::StringRef(L.D->Type).trim();
  if (Type == "UUID")
    return true;
  bool Unwrapped = L.K == Local::Kind::Unwrapped || L.K == Local::Kind::Guarded;
  llvm::StringRef Init = L.D->Init.Text;
  return Unwrapped && Init.starts_with("UUID(");
}

/// A local that holds a UUID or nothing.
static bool mayBeUUID(const Local &L, Language In) {
  if (!L.D || L.K != Local::Kind::Plain)
    return false;
  llvm::StringRef Type = llvm::StringRef(L.D->Type).trim();
  if (In != Language::Swift)
    return Type.starts_with("NSUUID");
  return Type == "UUID?" || L.D->Init.Text.starts_with("UUID(uuidString:");
}

/// \p Init makes a UUID of text that is at hand: it can be written twice.
static bool readsUUID(llvm::StringRef Init) {
  return Init.consume_front("UUID(uuidString:") && !Init.contains('(') &&
         !Init.contains('{');
}

/// Nothing in \p V is declared by \p S: "if let text = …, let id = UUID(…)".
static bool isKnownOutside(const Step &S, const Value &V, const File &In) {
  std::vector<std::string> Own = declaredIn(S);
  return llvm::none_of(
      words(In.Source->bytes(), V.Where, Language::Swift), [&](const Word &W) {
        return !W.IsMember && llvm::is_contained(Own, W.Text.str());
      });
}

/// What \p D, which \p A of \p S unwraps, is made of, so that it can be written
/// in front of \p S: "UUID(uuidString: text)", or, where the text is unwrapped
/// there too, "(info["id"] as? String).flatMap(UUID.init(uuidString:))".
static std::string madeOutside(const Step &S, const Arm &A,
                               const Declaration &D, const File &In) {
  if (!readsUUID(D.Init.Text))
    return "";
  if (isKnownOutside(S, D.Init, In))
    return D.Init.Text;
  llvm::StringRef Text = D.Init.Text;
  Text.consume_front("UUID(uuidString:");
  Text.consume_back(")");
  for (const Declaration &Of : A.Declares) {
    if (Of.Name != Text.trim() || !isKnownOutside(S, Of.Init, In) ||
        Of.Init.Text.find_first_of("({\n") != std::string::npos)
      continue;
    const std::string &Value = Of.Init.Text;
    return (isPath(Value) ? Value : "(" + Value + ")") +
           ".flatMap(UUID.init(uuidString:))";
  }
  return "";
}

/// The UUID that a statement of \p B makes for its own arms: "if let id = …".
/// \p Name says which; any if it is "".
static std::optional<NamedCall> unwrappedFurtherDown(const Block &B,
                                                     llvm::StringRef Name) {
  const std::vector<Step> &Steps = B.steps();
  for (unsigned I = 0; I < Steps.size(); ++I)
    for (const Arm &A : Steps[I].Arms)
      for (const Declaration &D : A.Declares) {
        if (Steps[I].Branch != Step::BranchKind::If ||
            (!Name.empty() && D.Name != Name))
          continue;
        std::string Made = madeOutside(Steps[I], A, D, *B.In);
        if (!Made.empty())
          return NamedCall{Made + " ?? UUID()", I};
      }
  return std::nullopt;
}

/// Objective-C: nil where the text is no UUID.
static bool isReadFromText(llvm::StringRef Init) {
  return Init.contains("initWithUUIDString:") && !Init.contains("?:");
}

std::optional<NamedCall> ringfence::cancelledCall(const Block &B,
                                                  FunctionSource &Project) {
  std::optional<NamedCall> Found;
  for (const Step &S : B.steps())
    forEachCall(S, [&](const Call &C) {
      const Value *V = endedCallOf(C);
      if (!V && B.A) // a whole method rings and ends
        V = endedByCallee(C, {B.In, B.Fn}, Project);
      if (Found || !V || !isPath(V->Text))
        return;
      if (std::optional<unsigned> From = visibleFrom(B, rootOf(V->Text)))
        Found = NamedCall{V->Text, *From};
      else if (B.A && B.In->Source->language() == Language::Swift)
        Found = unwrappedFurtherDown(B, V->Text);
    });
  std::vector<Level> Levels = B.Around;
  if (!B.steps().empty())
    Levels = levelsAt(*B.Fn, B.steps().back().Where.Begin);
  if (Found) {
    // nil is no UUID to report.
    for (const Local &L : localsAt(*B.Fn, Levels))
      if (L.Name == Found->UUID && L.D && isReadFromText(L.D->Init.Text))
        Found->UUID += " ?: [NSUUID UUID]";
    return Found;
  }
  if (!B.A || !mentionsCancel(B.A->When.Text))
    return std::nullopt;

  const Language In = B.In->Source->language();
  const bool IsSwift = In == Language::Swift;
  for (const Local &L : llvm::reverse(localsAt(*B.Fn, Levels))) {
    bool Certain = isUUID(L);
    if (!Certain && !mayBeUUID(L, In))
      continue;
    std::string Else = Certain   ? ""
                       : IsSwift ? " ?? UUID()"
                                 : " ?: [NSUUID UUID]";
    if (std::optional<unsigned> From = visibleFrom(B, L.Name))
      return NamedCall{L.Name + Else, *From};
  }
  return IsSwift ? unwrappedFurtherDown(B, "") : std::nullopt;
}

/// The UUID of the call that \p C tells CallKit something about.
static const Value *toldCallOf(const Call &C) {
  bool Tells = (C.Name == "reportCall" && !C.Arguments.empty() &&
                C.Arguments.front().Label == "with") ||
               llvm::StringRef(C.Name).starts_with("reportCallWithUUID:");
  return Tells && !C.Arguments.empty() ? &C.Arguments.front().V : nullptr;
}

/// "currentCallUUID", "activeCall": the type keeps one running call there.
static bool namesRunningCall(llvm::StringRef Name) {
  std::string Lower = Name.lower();
  return llvm::any_of(
      std::initializer_list<llvm::StringRef>{"current", "active", "running",
                                             "ongoing", "incall"},
      [&](llvm::StringRef W) { return Lower.find(W) != std::string::npos; });
}

/// "currentCall" or "self.currentCall".
static bool isMember(llvm::StringRef Expression, llvm::StringRef Name) {
  Expression = Expression.trim();
  Expression.consume_front("self.");
  return Expression == Name;
}

std::optional<NamedCall>
ringfence::runningCall(const Block &B,
                       llvm::ArrayRef<FunctionSource::TypeRef> Owner) {
  std::optional<NamedCall> Found;
  for (const Step &S : B.steps())
    forEachCall(S, [&](const Call &C) {
      const Value *V = toldCallOf(C);
      if (Found || !V || !isPath(V->Text))
        return;
      if (std::optional<unsigned> From = visibleFrom(B, rootOf(V->Text)))
        Found = NamedCall{V->Text, *From};
    });
  if (Found)
    return Found;

  std::vector<Level> Levels = B.Around;
  if (!B.steps().empty())
    Levels = levelsAt(*B.Fn, B.steps().front().Where.Begin);
  for (const Local &L : llvm::reverse(localsAt(*B.Fn, Levels)))
    if (isUUID(L))
      return NamedCall{L.Name, 0};
  // A property for the running call, under the name by which the arm unwraps
  // it.
  bool Swift = B.In->Source->language() == Language::Swift;
  for (auto [F, T] : Owner)
    for (const Property &P : T->Properties) {
      llvm::StringRef Type = llvm::StringRef(P.Type).trim();
      if (!namesRunningCall(P.Name) || P.IsStatic)
        continue;
      if (Swift && Type == "UUID")
        return NamedCall{P.Name, 0};
      if (Swift && Type == "UUID?") {
        for (const Local &L : localsAt(*B.Fn, Levels))
          if (L.K == Local::Kind::Unwrapped && isMember(L.D->Init.Text, P.Name))
            return NamedCall{L.Name, 0};
        return NamedCall{P.Name + " ?? UUID()", 0};
      }
      if (!Swift && Type.starts_with("NSUUID") &&
          F->Source->text(P.Where).starts_with("@property")) {
        bool IsThere = B.A && B.A->K == Arm::Kind::Then &&
                       B.A->When.K == Condition::Kind::NonNil &&
                       isMember(B.A->When.Name, P.Name);
        return NamedCall{
            "self." + P.Name + (IsThere ? "" : " ?: [NSUUID UUID]"), 0};
      }
    }
  return std::nullopt;
}

/// The UUID of the call that \p C reports as new.
static const Value *newCallOf(const Call &C) {
  bool Reports =
      (C.Name == "reportNewIncomingCall" && !C.Arguments.empty() &&
       C.Arguments.front().Label == "with") ||
      llvm::StringRef(C.Name).starts_with("reportNewIncomingCallWithUUID:");
  return Reports && !C.Arguments.empty() ? &C.Arguments.front().V : nullptr;
}

/// \p Asked hands \p Expression to something: "f(id)", "calls[id]",
/// "[calls has:id]".
static bool handsOver(llvm::StringRef Asked, llvm::StringRef Expression) {
  for (std::size_t At = Asked.find(Expression); At != llvm::StringRef::npos;
       At = Asked.find(Expression, At + 1)) {
    llvm::StringRef Before = Asked.take_front(At).rtrim();
    llvm::StringRef After = Asked.substr(At + Expression.size()).ltrim();
    bool Opens = Before.ends_with("[") || Before.ends_with("(") ||
                 Before.ends_with(":") || Before.ends_with(",");
    bool Closes = After.starts_with("]") || After.starts_with(")") ||
                  After.starts_with(",");
    if (Opens && Closes)
      return true;
  }
  return false;
}

std::optional<NamedCall> ringfence::knownCall(const Block &B) {
  if (!B.A)
    return std::nullopt;
  // What a guard makes is not there where it fails.
  std::vector<std::string> OfGuard;
  if (B.Of->Branch == Step::BranchKind::Guard)
    OfGuard = declaredIn(*B.Of);
  auto IsSeen = [&](llvm::StringRef Name) {
    return visibleFrom(B, Name) == 0u && !llvm::is_contained(OfGuard, Name);
  };
  std::optional<NamedCall> Found;
  for (const Local &L : localsAt(*B.Fn, B.Around))
    if (isUUID(L) && handsOver(B.A->When.Text, L.Name) && IsSeen(L.Name))
      Found = NamedCall{L.Name, 0};
  for (const Step &S : B.Fn->Steps)
    forEachCall(S, [&](const Call &C) {
      const Value *V = newCallOf(C);
      if (Found || !V || !isPath(V->Text) ||
          !handsOver(B.A->When.Text, V->Text))
        return;
      if (IsSeen(rootOf(V->Text)))
        Found = NamedCall{V->Text, 0};
    });
  return Found;
}
