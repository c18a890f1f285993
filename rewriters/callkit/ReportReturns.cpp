//===-- ReportReturns.cpp - says at each return whether a call was reported --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportResult.h"
#include "rewriters/edit/Indentation.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

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
ReportResult::walk(const List &L, Known Reported, bool IsTail) {
  Left Now{true, Reported};
  for (unsigned I = 0; I < L.Steps->size(); ++I) {
    const Step &S = (*L.Steps)[I];
    if (isBreak(S) && L.Of && L.Of->Branch == Step::BranchKind::Switch &&
        I + 1 == L.Steps->size())
      return Now;
    std::optional<Left> Next =
        walkStep(L, I, Now.Reported, isTail(L, I, IsTail));
    if (!Next || !Next->ByEnd)
      return Next;
    Now = *Next;
  }
  return Now;
}

std::optional<ReportResult::Left> ReportResult::walkStep(const List &L,
                                                         unsigned Index,
                                                         Known Reported,
                                                         bool IsTail) {
  const Step &S = (*L.Steps)[Index];
  if (isReturn(S)) {
    if (!S.Calls.empty() || !S.Result.Text.empty()) {
      fail(S, "returns the result of a call");
      return std::nullopt;
    }
    Returns.push_back({&S, {}, Reported});
    return Left{false, Reported};
  }
  if (S.K == Step::Kind::Branch)
    return walkBranch(L, S, Reported, IsTail);
  if (S.K == Step::Kind::Scope) {
    if (S.Arms.size() == 1)
      return walk({&S.Arms.front().Steps, &S, &S.Arms.front()}, Reported,
                  IsTail);
  }
  switch (Common->Sure.of(S, F)) {
  case Answer::Yes:
    return Left{true, Known::Yes};
  case Answer::Maybe:
    if (Reported == Known::Yes && !returns(S))
      return Left{true, Known::Yes};
    if (std::optional<Question> Q = questionIn(S))
      return walkQuestion(L, Index, std::move(*Q), Reported, IsTail);
    fail(S, "reports on some conditions only" + NotAsked);
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

/// The result of a call is handed on where nothing follows; else a constant
/// keeps it until the function returns.
std::optional<ReportResult::Left>
ReportResult::walkQuestion(const List &L, unsigned Index, Question Q,
                           Known Reported, bool IsTail) {
  if (Reported != Known::No) {
    fail(*Q.S, "reports where another has reported on some conditions");
    return std::nullopt;
  }
  Q.IsReturned = IsTail;
  if (IsTail && Index + 1 < L.Steps->size())
    Q.Behind = &(*L.Steps)[Index + 1];
  if (Q.Behind &&
      (!Q.Behind->Calls.empty() || !Q.Behind->Result.Text.empty())) {
    fail(*Q.Behind, "returns the result of a call");
    return std::nullopt;
  }
  if (!IsTail && nameForReported(F).empty()) {
    fail(*Q.S, "finds no name for its result");
    return std::nullopt;
  }
  // A declaration needs braces around it that do not end before its use.
  if (L.A && L.A->Where.Begin == Q.S->Where.Begin && !IsTail) {
    fail(*Q.S, "has no place for a variable");
    return std::nullopt;
  }
  Questions.push_back(Q);
  return IsTail ? Left{false, Known::No} : Left{true, Known::Named};
}

/// The call that the first question of \p S is, where an SDK says by it whether
/// it took the push, for which it calls the app back before it returns.
const Call *ReportResult::answerIn(const Step &S) const {
  if (S.InMacro || S.Branch == Step::BranchKind::Switch || S.Arms.empty() ||
      S.Arms.front().Calls.empty())
    return nullptr;
  const Call &C = S.Arms.front().Calls.back();
  const Api *A = Common->In.Apis.find(C, F.In->Source->language());
  if (!A || A->CallsBack.empty() || C.Conditional || C.OptionalChain ||
      C.Awaited || C.Try != Call::TryForm::None)
    return nullptr;
  const Condition *Asked = &S.Arms.front().When;
  if (Asked->K == Condition::Kind::Not)
    Asked = &Asked->Operands.front();
  return Asked->Where == C.Where ? &C : nullptr;
}

std::optional<ReportResult::Left> ReportResult::walkBranch(const List &L,
                                                           const Step &S,
                                                           Known Reported,
                                                           bool IsTail) {
  bool Reports = Common->Sure.of(S, F) != Answer::No;
  bool IsElseIf = L.A && L.A->Where.Begin == S.Where.Begin;
  const Call *Answering = answerIn(S);
  if (Answering && Reported == Known::No && !IsElseIf &&
      !nameForReported(F).empty()) {
    Question Q{&S, Answering};
    Q.IsAnswer = true;
    Questions.push_back(std::move(Q));
    Reported = Known::Named;
  } else {
    Answering = nullptr;
  }
  std::vector<std::pair<const Arm *, Known>> Open;
  for (const Arm &A : S.Arms) {
    bool IsAnswered = Answering && &A == &S.Arms.front();
    if ((!IsAnswered && Common->Sure.ofCondition(A, F) != Answer::No) ||
        (Reports && A.FallsThrough)) {
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
  const Known All = Falls ? Reported : Open.front().second;
  bool Alike =
      llvm::all_of(Open, [&](const auto &O) { return O.second == All; });
  // A constant of an arm is not known outside of it.
  if (Alike && (All != Known::Named || Reported == Known::Named))
    return Left{true, All};
  if (!IsTail || Reported == Known::Named) {
    fail(S, "leads on both with and without a report");
    return std::nullopt;
  }
  for (const auto &[A, Does] : Open)
    if (Does != Reported)
      Returns.push_back({nullptr, {&A->Steps, &S, A}, Does});
  bool AnyLeft = Falls || llvm::any_of(Open, [&](const auto &O) {
                   return O.second == Reported;
                 });
  return Left{AnyLeft, Reported};
}

bool ReportResult::writeReturn(const Return &R, Builder &B) {
  std::string Text =
      "return " + (R.Value == Known::Named ? nameForReported(F)
                                           : literal(R.Value == Known::Yes));
  const std::string Line = Text + (isSwift() ? "\n" : ";\n");
  if (R.Instead) {
    if (R.Instead->InMacro)
      return fail(*R.Instead, "comes from a macro");
    if (B.text(R.Instead->Where).ends_with(";"))
      Text += ";";
    B.replace(R.Instead->Where, Text);
    return true;
  }
  const std::vector<Step> &Steps = *R.AtEnd.Steps;
  if (!Steps.empty() && isBreak(Steps.back())) {
    if (B.text(Steps.back().Where).ends_with(";"))
      Text += ";";
    B.replace(Steps.back().Where, Text);
    return true;
  }
  return B.insertAtEnd(*R.AtEnd.Of, *R.AtEnd.A, Line) ||
         fail(*R.AtEnd.Of, "has no place for a return");
}

/// "return show(call)", or "let reported = show(call)".
void ReportResult::writeQuestion(const Question &Q, Builder &B) const {
  if (Q.IsAnswer) {
    Range Asked = Q.C->Where; // In Swift a "!" in front may belong to it.
    while (B.text(Asked).starts_with("!"))
      ++Asked.Begin;
    const std::string Base = B.indentation(Q.S->Where.Begin).str();
    std::string Head =
        (isSwift() ? "let " : "BOOL ") + nameForReported(F) + " = ";
    const size_t By = Head.size();
    Head += B.text(Asked).str() + (isSwift() ? "" : ";");
    B.insertBefore(*Q.S,
                   reindented(B.shifted(Head, By, Base), Base, "") + "\n");
    B.replace(Asked, nameForReported(F));
    return;
  }
  std::string Text = Q.IsReturned ? "return "
                     : isSwift()  ? "let " + nameForReported(F) + " = "
                                  : "BOOL " + nameForReported(F) + " = ";
  const size_t By = Text.size();
  Text += resultOf(Q, B);
  B.replace(Q.S->Where, B.shifted(Text, By, B.indentation(Q.S->Where.Begin)) +
                            (isSwift() ? "" : ";"));
  if (Q.Behind)
    B.remove(*Q.Behind);
}

bool ReportResult::writeReturns(Builder &B) {
  Returns.clear();
  Questions.clear();
  Loops = 0;
  std::optional<Left> End = walk({&F.Fn->Steps}, Known::No, /*IsTail=*/true);
  if (!End)
    return false;
  for (const Question &Q : Questions)
    writeQuestion(Q, B);
  for (const Return &R : Returns)
    if (!writeReturn(R, B))
      return false;
  if (!End->ByEnd)
    return true;
  std::string Value = End->Reported == Known::Named
                          ? nameForReported(F)
                          : literal(End->Reported == Known::Yes);
  return B.insertAtEnd(*F.Fn, "return " + Value + (isSwift() ? "\n" : ";\n")) ||
         fail(F.Fn->Steps.back(), "has no place for a return");
}
