//===-- ReportResult.cpp - has a function say whether it reported a call --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportResult.h"
#include "rewriters/callkit/BoolResult.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

std::string ringfence::nameForReported(FunctionRef F) {
  std::vector<Word> All =
      words(F.In->Source->bytes(), F.Fn->Where, F.In->Source->language());
  for (llvm::StringRef Name : {"reported", "hasReported", "callWasReported"})
    if (llvm::none_of(All, [&](const Word &W) { return W.Text == Name; }))
      return Name.str();
  return "";
}

bool ReportResult::fail(const Step &S, llvm::StringRef What) {
  Why = "line " + std::to_string(F.In->Source->line(S.Where.Begin)) + " of " +
        F.Fn->Symbol + " " + What.str();
  return false;
}

std::string ReportResult::literal(bool Value) const {
  if (isSwift())
    return Value ? "true" : "false";
  return Value ? "YES" : "NO";
}

static bool isReturn(const Step &S) {
  return S.K == Step::Kind::Exit && S.Exit == Step::ExitKind::Return;
}

static bool isBreak(const Step &S) {
  return S.K == Step::Kind::Exit && S.Exit == Step::ExitKind::Break;
}

static bool returns(const Step &S) {
  bool Found = false;
  for (const Arm &A : S.Arms)
    for (const Step &Inner : A.Steps)
      Found |= isReturn(Inner) || returns(Inner);
  return Found;
}

//===----------------------------------------------------------------------===//
// A literal at each return
//===----------------------------------------------------------------------===//

/// Behind statement \p Index of \p L the function is left, and nothing else
/// is done.
bool ReportResult::isTail(const List &L, unsigned Index, bool IsTail) const {
  if (Index + 1 == L.Steps->size())
    return IsTail;
  const Step &Next = (*L.Steps)[Index + 1];
  if (isReturn(Next))
    return true;
  return IsTail && isBreak(Next) && L.Of &&
         L.Of->Branch == Step::BranchKind::Switch;
}

std::optional<ReportResult::Left>
ReportResult::walk(const List &L, bool Reported, bool IsTail) {
  Left Now{true, Reported};
  for (unsigned I = 0; I < L.Steps->size(); ++I) {
    const Step &S = (*L.Steps)[I];
    if (isBreak(S) && L.Of && L.Of->Branch == Step::BranchKind::Switch &&
        I + 1 == L.Steps->size())
      return Now;
    std::optional<Left> Next = walkStep(S, Now.Reported, isTail(L, I, IsTail));
    if (!Next || !Next->ByEnd)
      return Next;
    Now = *Next;
  }
  return Now;
}

std::optional<ReportResult::Left>
ReportResult::walkStep(const Step &S, bool Reported, bool IsTail) {
  if (isReturn(S)) {
    if (!S.Calls.empty() || !S.Result.Text.empty()) {
      fail(S, "returns the result of a call");
      return std::nullopt;
    }
    Returns.push_back({&S, {}, Reported});
    return Left{false, Reported};
  }
  if (S.K == Step::Kind::Branch)
    return walkBranch(S, Reported, IsTail);
  if (S.K == Step::Kind::Scope) {
    if (S.Arms.size() == 1)
      return walk({&S.Arms.front().Steps, &S, &S.Arms.front()}, Reported,
                  IsTail);
  }
  switch (Sure.of(S, F)) {
  case Answer::Yes:
    return Left{true, true};
  case Answer::Maybe:
    fail(S, "reports on some conditions only");
    return std::nullopt;
  case Answer::No:
    break;
  }
  if (S.K == Step::Kind::Exit) {
    // Within a loop that reports nothing, a jump changes nothing.
    if (Loops > 0 && S.Exit != Step::ExitKind::Throw)
      return Left{false, Reported};
    fail(S, "jumps");
    return std::nullopt;
  }
  if (S.K == Step::Kind::Configuration && returns(S)) {
    fail(S, "is compiled conditionally");
    return std::nullopt;
  }
  if (S.K == Step::Kind::Loop || S.K == Step::Kind::Try) {
    Loops += S.K == Step::Kind::Loop;
    for (const Arm &A : S.Arms)
      if (!walk({&A.Steps, &S, &A}, Reported, /*IsTail=*/false))
        return std::nullopt;
    Loops -= S.K == Step::Kind::Loop;
  }
  return Left{true, Reported};
}

std::optional<ReportResult::Left>
ReportResult::walkBranch(const Step &S, bool Reported, bool IsTail) {
  bool Reports = Sure.of(S, F) != Answer::No;
  std::vector<std::pair<const Arm *, bool>> Open;
  for (const Arm &A : S.Arms) {
    if (Sure.ofCondition(A, F) != Answer::No || (Reports && A.FallsThrough)) {
      fail(S, "reports while it asks, or falls through");
      return std::nullopt;
    }
    std::optional<Left> End = walk({&A.Steps, &S, &A}, Reported, IsTail);
    if (!End)
      return std::nullopt;
    if (End->ByEnd)
      Open.push_back({&A, End->Reported});
  }
  bool Falls = !S.HasElse && S.Branch != Step::BranchKind::Guard;
  if (S.Branch == Step::BranchKind::Guard)
    return Left{true, Reported};
  if (Open.empty() && !Falls)
    return Left{false, Reported};
  bool Any = llvm::any_of(Open, [](const auto &O) { return O.second; });
  bool All = llvm::all_of(Open, [](const auto &O) { return O.second; }) &&
             (!Falls || Reported);
  if (!Any && !(Falls && Reported))
    return Left{true, false};
  if (All)
    return Left{true, true};
  if (!IsTail) {
    fail(S, "leads on both with and without a report");
    return std::nullopt;
  }
  for (const auto &[A, Does] : Open)
    if (Does)
      Returns.push_back({nullptr, {&A->Steps, &S, A}, true});
  return Left{true, false};
}

bool ReportResult::writeReturns(Builder &B) {
  Returns.clear();
  Loops = 0;
  std::optional<Left> End = walk({&F.Fn->Steps}, false, /*IsTail=*/true);
  if (!End)
    return false;
  for (const Return &R : Returns) {
    std::string Text = "return " + literal(R.Value);
    const std::string Line = Text + (isSwift() ? "\n" : ";\n");
    if (R.Instead) {
      if (R.Instead->InMacro)
        return fail(*R.Instead, "comes from a macro");
      if (B.text(R.Instead->Where).ends_with(";"))
        Text += ";";
      B.replace(R.Instead->Where, Text);
      continue;
    }
    const std::vector<Step> &Steps = *R.AtEnd.Steps;
    if (!Steps.empty() && isBreak(Steps.back())) {
      if (B.text(Steps.back().Where).ends_with(";"))
        Text += ";";
      B.replace(Steps.back().Where, Text);
    } else if (!B.insertAtEnd(*R.AtEnd.Of, *R.AtEnd.A, Line)) {
      return fail(*R.AtEnd.Of, "has no place for a return");
    }
  }
  if (!End->ByEnd)
    return true;
  std::string Line =
      "return " + literal(End->Reported) + (isSwift() ? "\n" : ";\n");
  return B.insertAtEnd(*F.Fn, Line) ||
         fail(F.Fn->Steps.back(), "has no place for a return");
}

//===----------------------------------------------------------------------===//
// A variable
//===----------------------------------------------------------------------===//

static bool hasBraces(const Arm &A, const File &In) {
  return A.K == Arm::Kind::Case || A.K == Arm::Kind::Default ||
         In.Source->text(A.Where).starts_with("{");
}

bool ReportResult::mark(const List &L, llvm::StringRef Name, Builder &B,
                        unsigned &Marked) {
  for (const Step &S : *L.Steps) {
    const Answer Reports = Sure.of(S, F);
    if (isReturn(S)) {
      if (!S.Calls.empty() || !S.Result.Text.empty() || S.InMacro)
        return fail(S, "returns the result of a call");
      bool Semicolon = B.text(S.Where).ends_with(";");
      B.replace(S.Where, "return " + Name.str() + (Semicolon ? ";" : ""));
      continue;
    }
    bool HasArms = S.K == Step::Kind::Branch || S.K == Step::Kind::Scope ||
                   S.K == Step::Kind::Loop || S.K == Step::Kind::Try;
    if (HasArms) {
      for (const Arm &A : S.Arms) {
        if (Sure.ofCondition(A, F) != Answer::No)
          return fail(S, "reports while it asks");
        if (!mark({&A.Steps, &S, &A}, Name, B, Marked))
          return false;
      }
      continue;
    }
    if (S.K == Step::Kind::Configuration && returns(S))
      return fail(S, "is compiled conditionally");
    if (Reports == Answer::No)
      continue;
    if (Reports == Answer::Maybe)
      return fail(S, "reports on some conditions only");
    if ((L.A && !hasBraces(*L.A, *F.In)) ||
        !B.insertAfter(S, Name.str() + " = " + literal(true) +
                              (isSwift() ? "\n" : ";\n")))
      return fail(S, "has no place for a statement");
    ++Marked;
  }
  return true;
}

bool ReportResult::markIn(FunctionRef TheF, const Step &Loop,
                          llvm::StringRef Name, Builder &B) {
  F = TheF;
  if (returns(Loop))
    return fail(Loop, "returns");
  unsigned Marked = 0;
  for (const Arm &A : Loop.Arms)
    if (Sure.ofCondition(A, F) != Answer::No ||
        !mark({&A.Steps, &Loop, &A}, Name, B, Marked))
      return false;
  return Marked > 0;
}

bool ReportResult::writeVariable(Builder &B) {
  std::string Name = nameForReported(F);
  unsigned Marked = 0;
  if (Name.empty() || F.Fn->Steps.empty() ||
      !mark({&F.Fn->Steps}, Name, B, Marked) || Marked == 0)
    return false;
  std::string Head =
      isSwift() ? "var " + Name + " = false\n" : "BOOL " + Name + " = NO;\n";
  if (!B.insertAtHead(*F.Fn, Head))
    return false;
  return leaves(F.Fn->Steps) ||
         B.insertAtEnd(*F.Fn, "return " + Name + (isSwift() ? "\n" : ";\n"));
}

bool ReportResult::write(FunctionRef TheF, Builders &Files) {
  F = TheF;
  Why = addBoolResult(F, "Whether a call was reported.", In, Files);
  if (!Why.empty())
    return false;
  // What does not work out leaves no edits behind.
  Builder Literals(*F.In), Variable(*F.In);
  Builder *Body = nullptr;
  if (writeReturns(Literals))
    Body = &Literals;
  else if (writeVariable(Variable))
    Body = &Variable;
  if (!Body)
    return false;
  Why.clear();
  for (const Edit &E : Body->take())
    Files.of(*F.In).replace({E.Offset, E.Offset + E.Length}, E.Text);
  return true;
}
