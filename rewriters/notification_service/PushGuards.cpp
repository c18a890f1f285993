//===-- PushGuards.cpp - what a push has to say for a notification --------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/PushGuards.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// "a, b" asks two questions, "let a = b" answers one by a name.
static bool isPlainQuestion(StringRef Text) {
  int Depth = 0;
  for (char C : Text) {
    Depth += C == '(' || C == '[' || C == '{';
    Depth -= C == ')' || C == ']' || C == '}';
    if (C == ',' && Depth == 0)
      return false;
  }
  return !Text.contains("let ") && !Text.contains("var ") &&
         !Text.contains("case ") && !Text.contains('#');
}

static bool isLiteral(StringRef Text) {
  long long Number = 0;
  return !Text.getAsInteger(0, Number) ||
         (Text.size() > 1 && Text.front() == '"' && Text.back() == '"' &&
          Text.count('"') == 2 && !Text.contains("\\("));
}

/// Whether \p C, when true, pins a value to a literal. An "or" does only if
/// each of its sides does.
static bool comparesWithLiteral(const Condition &C, const File &F) {
  switch (C.K) {
  case Condition::Kind::And:
    return llvm::any_of(C.Operands, [&](const Condition &O) {
      return comparesWithLiteral(O, F);
    });
  case Condition::Kind::Or:
    return llvm::all_of(C.Operands, [&](const Condition &O) {
      return comparesWithLiteral(O, F);
    });
  case Condition::Kind::Equal:
  case Condition::Kind::Other:
    break;
  default:
    return false;
  }
  StringRef Text =
      C.Where.empty() ? StringRef(C.Text) : F.Source->text(C.Where);
  if (isLiteral(Text))
    return true; // the pattern of a case
  if (Text.contains("!=") || Text.contains("?:") || Text.contains("??"))
    return false;
  for (StringRef Asks : {"isEqualToString:", "isEqual:"})
    if (std::size_t At = Text.find(Asks); At != StringRef::npos) {
      StringRef With = Text.drop_front(At + Asks.size()).trim(" ])");
      With.consume_front("@");
      return !Text.starts_with("!") && isLiteral(With);
    }
  auto [Left, Right] = Text.split("==");
  Left = Left.trim(" ()");
  Right = Right.trim(" ()");
  Left.consume_front("@");
  Right.consume_front("@");
  return Text.contains("==") && (isLiteral(Left) || isLiteral(Right));
}

/// What the Swift switch \p S is about, as it is written there: the model has
/// the value of a constant instead of its name. Empty where that is no plain
/// expression.
static Range subjectOf(const Step &S, const File &F) {
  StringRef Text = F.Source->text(S.Where);
  std::size_t Keyword = Text.find("switch ");
  if (Keyword == StringRef::npos || Text.take_front(Keyword).contains('\n'))
    return {};
  std::size_t Begin = Keyword + StringRef("switch ").size();
  std::size_t End = Text.find('{', Begin);
  if (End == StringRef::npos)
    return {};
  StringRef Subject = Text.slice(Begin, End).rtrim();
  if (Subject.empty() || Subject.contains('\n') || Subject.contains("//"))
    return {};
  auto At = [&](std::size_t Offset) {
    return S.Where.Begin + static_cast<std::uint32_t>(Offset);
  };
  return {At(Begin), At(Begin + Subject.size())};
}

/// The names that \p A's condition brings along.
static std::vector<const Declaration *> boundIn(const Arm &A) {
  std::vector<const Declaration *> All;
  for (const Declaration &D : A.Declares)
    All.push_back(&D);
  return All;
}

/// Whether \p C asks more than whether something is there.
static bool asksMore(const Condition &C) {
  if (C.K == Condition::Kind::And)
    return llvm::any_of(C.Operands, asksMore);
  return C.K != Condition::Kind::NonNil;
}

/// What the case \p A of the Swift switch \p Owner asks.
static std::optional<PushGuard> guardOfCase(const Step &Owner, const Arm &A,
                                            const File &F) {
  const Condition &When = A.When;
  Range Subject = subjectOf(Owner, F);
  if (Subject.empty() || When.Where.empty() || !When.Operands.empty() ||
      When.K != Condition::Kind::Equal)
    return std::nullopt;
  StringRef Pattern = F.Source->text(When.Where).trim();
  PushGuard G{When.Where, Subject};
  G.IsTelling = true;
  if (isLiteral(Pattern) && A.Declares.empty())
    return G;
  // "let x" takes anything.
  StringRef Bare = Pattern;
  bool Binds = Bare.consume_front("let ") || Bare.consume_front("var ");
  if (Pattern.contains('\n') || (Binds && !Bare.ltrim().starts_with(".")))
    return std::nullopt;
  G.IsPattern = true;
  G.Binds = boundIn(A);
  return G;
}

/// What \p L's arm asks before its statements run; none if an arm's condition
/// cannot be put as a guard. What only looks whether something is there is
/// asked if \p AsksForAny. \p AsPattern: it is a decision's.
static std::optional<std::vector<PushGuard>>
guardsOf(const Level &L, const File &F, bool AsksForAny, bool AsPattern) {
  std::vector<PushGuard> Guards;
  const Step &Owner = *L.Owner;
  bool IsSwift = F.Source->language() == Language::Swift;
  if (Owner.K != Step::Kind::Branch)
    return Guards; // a loop or a scope asks nothing of its own
  if (Owner.Branch == Step::BranchKind::Switch) {
    if (L.InArm->K != Arm::Kind::Case || !IsSwift)
      return std::nullopt;
    std::optional<PushGuard> G = guardOfCase(Owner, *L.InArm, F);
    Range Subject = subjectOf(Owner, F), Pattern = L.InArm->When.Where;
    if (AsPattern && !Subject.empty() && !Pattern.empty() &&
        !F.Source->text(Pattern).contains(',')) {
      G = PushGuard{Pattern, Subject};
      G->IsTelling = G->IsPattern = true;
      G->Binds = boundIn(*L.InArm);
    }
    if (!G)
      return std::nullopt;
    Guards.push_back(std::move(*G));
    return Guards;
  }
  if (Owner.Branch != Step::BranchKind::If)
    return std::nullopt;
  for (const Arm &A : Owner.Arms) {
    bool IsMine = &A == L.InArm;
    if (A.K == Arm::Kind::Else)
      break;
    StringRef Text = F.Source->text(A.When.Where);
    // A guard takes the same list of conditions.
    bool IsList = IsSwift && IsMine && !AsPattern &&
                  (AsksForAny || asksMore(A.When)) && !A.Declares.empty() &&
                  !Text.contains('#') && !Text.contains('\n');
    if (A.When.Where.empty() ||
        ((!A.Declares.empty() || !isPlainQuestion(Text)) && !IsList))
      return std::nullopt;
    PushGuard G{A.When.Where, {}};
    G.IsNegated = !IsMine;
    G.IsPattern = IsList;
    if (IsList)
      G.Binds = boundIn(A);
    bool Matches =
        IsList && A.When.K == Condition::Kind::Equal && Text.contains("case ");
    G.IsTelling = IsMine && (Matches || comparesWithLiteral(A.When, F));
    Guards.push_back(std::move(G));
    if (IsMine)
      break;
  }
  return Guards;
}

static std::string kindOf(const Condition &C) {
  if (C.K == Condition::Kind::And || C.K == Condition::Kind::Or) {
    for (const Condition &O : C.Operands)
      if (std::string K = kindOf(O); !K.empty())
        return K;
    return "";
  }
  StringRef Text = C.Text;
  // ".message(let text)", "case let .message(text) = push"
  StringRef Pattern = Text.ltrim();
  for (StringRef Word : {"case ", "let ", "var "})
    Pattern.consume_front(Word);
  if (C.K == Condition::Kind::Equal && Pattern.consume_front("."))
    return Pattern
        .take_while([](char At) { return llvm::isAlnum(At) || At == '_'; })
        .str();
  std::size_t Open = Text.find('"');
  std::size_t Close = Text.rfind('"');
  if (C.K == Condition::Kind::Not || Open == StringRef::npos || Open == Close)
    return "";
  // The last literal: `info["type"] == "message"`.
  Text = Text.take_front(Close);
  return Text.substr(Text.rfind('"') + 1).str();
}

/// In the foreground the system asks the app about a pushed notification.
static bool asksForAppState(const Condition &C) {
  if (C.Operands.empty())
    return C.K == Condition::Kind::AppState;
  return llvm::all_of(C.Operands, asksForAppState);
}

/// Whether the new place can answer \p G, and it is about the push or about
/// what \p Before and \p N's callbacks bring.
static bool isAnswered(const ProposeInput &In, const Host &H,
                       const std::vector<Level> &Levels, const PushGuard &G,
                       const std::vector<PushGuard> &Before,
                       const PostedNotification &N, bool Decides) {
  Needs Probe(In, H, Levels);
  if (N.Decision)
    Probe.mayDecode();
  if (Decides)
    for (const std::string &Name : N.Decision->Bound)
      Probe.provide(Name);
  std::vector<std::string> Known;
  for (const PushGuard &Earlier : Before)
    for (const Declaration *D : Earlier.Binds) {
      Probe.provide(D->Name);
      Known.push_back(D->Name);
    }
  for (const Callback &C : N.Callbacks)
    for (const Parameter &P : C.Body->Parameters) {
      Probe.provideParameter(P.Name);
      Known.push_back(P.Name);
    }
  Probe.addCondition(G.Subject, Decides && G.IsPattern ? Range() : G.Question,
                     G.Binds);
  bool IsAbout = Probe.usesDictionary() ||
                 llvm::any_of(Known, [&](const std::string &Name) {
                   return Probe.usesProvided(Name);
                 });
  return Probe.blockers().empty() && IsAbout && !Probe.usesCompletion();
}

void ringfence::askWays(const ProposeInput &In, const Host &H,
                        const std::vector<Level> &Levels, PostedNotification &N,
                        std::vector<PushGuard> &Guards) {
  for (const Level &L : Levels) {
    bool Decides = N.Decision && L.Owner && L.Owner->Where == N.Decision->Where;
    // Whatever gets this far is no call.
    if (Decides && N.Decision->IsComplete)
      continue;
    if (!L.InArm || L.InArm->When.Text.empty())
      continue;
    const Condition &When = L.InArm->When;
    if (asksForAppState(When)) {
      N.AsksForAppState = true;
      continue;
    }
    // The push alone answers it: the extension can ask it too.
    std::optional<std::vector<PushGuard>> Own = guardsOf(
        L, *H.In, /*AsksForAny=*/N.waits() || N.IsBehindAnother, Decides);
    if (Own && !Own->empty() && llvm::all_of(*Own, [&](const PushGuard &G) {
          return isAnswered(In, H, Levels, G, Guards, N, Decides);
        }))
      llvm::append_range(Guards, *Own);
    else if (When.K != Condition::Kind::PushType)
      N.Conditions.push_back(L.InArm->K == Arm::Kind::Case && !When.Name.empty()
                                 ? When.Name + " is " + When.Text
                                 : When.Text);
    if (std::string K = kindOf(When); !K.empty())
      N.Kind = std::move(K);
  }
}

void ringfence::askCallers(const ProposeInput &In, PostedNotification &N) {
  unsigned Further = 0;
  for (const Host *H = &N.H; H->Caller; H = H->Caller.get(), ++Further) {
    std::vector<PushGuard> Guards;
    askWays(In, *H->Caller, H->CallLevels, N, Guards);
    for (PushGuard &G : Guards) {
      G.Further = Further;
      N.CallGuards.push_back(std::move(G));
    }
  }
}
