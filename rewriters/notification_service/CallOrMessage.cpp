//===-- CallOrMessage.cpp - decrypted content tells them apart ------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/CallOrMessage.h"
#include "rewriters/callkit/Blocks.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// Tells which values come from decrypting.
class Decrypting {
public:
  Decrypting(const ProposeInput &In, const Host &H) : In(In), H(H) {}

  /// Whether bytes \p R, part of the step \p S, hold what was decrypted: they
  /// decrypt, or name one of \p Locals that holds it.
  bool reads(const Step &S, Range R, const std::vector<Local> &Locals);

private:
  bool decrypts(const Call &C, FunctionRef Caller, unsigned Depth);

  const ProposeInput &In;
  const Host &H;
  std::map<const Function *, bool> Known;
  std::vector<const Declaration *> UnderWay;
};

} // namespace

/// A library that cannot be seen says what it does by its name.
static bool saysDecrypt(StringRef Name) {
  std::string Lower = Name.lower();
  return llvm::any_of(llvm::ArrayRef<StringRef>{"decrypt", "decipher"},
                      [&](StringRef W) { return StringRef(Lower).contains(W); });
}

bool Decrypting::decrypts(const Call &C, FunctionRef Caller, unsigned Depth) {
  constexpr unsigned MaxDepth = 4;
  if (C.K == Call::Kind::PropertyRead || C.K == Call::Kind::PropertyWrite)
    return false;
  if (const Api *A = In.Apis.find(C, Caller.In->Source->language()))
    return A->E == Effect::Crypto;
  if (saysDecrypt(C.Name))
    return true;
  if (Depth > MaxDepth)
    return false;
  bool Found = false;
  for (const FunctionRef &F : In.Functions.callees(C, Caller)) {
    // The entry stands for "no" while the function is looked at: recursion.
    auto [Entry, New] = Known.try_emplace(F.Fn, false);
    if (New) {
      bool Does = false;
      forEachCall(F.Fn->Steps, [&](const Call &Inner) {
        Does = Does || decrypts(Inner, F, Depth + 1);
      });
      Entry->second = Does;
    }
    Found |= Known[F.Fn];
  }
  return Found;
}

bool Decrypting::reads(const Step &S, Range R,
                       const std::vector<Local> &Locals) {
  bool Found = false;
  forEachCall(S, [&](const Call &C) {
    Found =
        Found || (R.contains(C.Where) && decrypts(C, {H.In, H.Fn}, /*Depth=*/0));
  });
  if (Found)
    return true;
  for (const Word &W : words(H.In->Source->bytes(), R, H.language())) {
    if (W.IsMember || W.IsLabel)
      continue;
    auto L = std::find_if(Locals.rbegin(), Locals.rend(),
                          [&](const Local &L) { return L.Name == W.Text; });
    if (L == Locals.rend() || !L->D || !L->DeclaredBy ||
        llvm::is_contained(UnderWay, L->D))
      continue;
    UnderWay.push_back(L->D);
    // A pattern's value is that of the statement it stands in.
    const Step &By = L->SetBy ? *L->SetBy : *L->DeclaredBy;
    Range Value = L->value().Text.empty()
                      ? Range{By.Where.Begin, By.Arms.empty()
                                                  ? By.Where.End
                                                  : By.Arms.front().Where.Begin}
                      : L->value().Where;
    Found = reads(By, Value, Locals);
    UnderWay.pop_back();
    if (Found)
      return true;
  }
  return false;
}

/// What \p Branch asks up to and including \p Until.
static std::vector<Range> questions(const Step &Branch, const Arm &Until) {
  std::vector<Range> All;
  if (Branch.Branch == Step::BranchKind::Switch)
    return {{Branch.Where.Begin, Branch.Arms.front().Where.Begin}};
  for (const Arm &A : Branch.Arms) {
    if (!A.When.Where.empty())
      All.push_back(A.When.Where);
    if (&A == &Until)
      break;
  }
  for (const Declaration &D : Branch.Declares)
    if (!D.Init.Where.empty())
      All.push_back(D.Init.Where);
  return All;
}

std::vector<Level> CallOrMessage::levels() const {
  std::vector<Level> Levels = Around;
  if (CallArm)
    Levels.push_back({&CallArm->Steps, 0, &branch(), CallArm, nullptr});
  else
    ++Levels.back().Index;
  return Levels;
}

/// Whether a way through \p Steps always ends in the caller.
static bool isLast(llvm::ArrayRef<Step> Steps) {
  return !Steps.empty() && leaves({Steps.back()});
}

/// Adds what follows the branch, as long as a call gets there. False if it
/// would be run several times.
static bool addWhatFollows(CallOrMessage &Q) {
  for (const Level &L : llvm::reverse(Q.Around)) {
    if (isLast(Q.Runs.back()))
      break;
    llvm::ArrayRef<Step> Behind =
        llvm::ArrayRef(*L.List).drop_front(L.Index + 1);
    if (!Behind.empty() && Behind.data() != Q.Runs.front().data())
      Q.Runs.push_back(Behind);
    if (L.Owner && L.Owner->K == Step::Kind::Loop)
      return false;
  }
  return true;
}

std::optional<CallOrMessage>
ringfence::callOrMessage(const ProposeInput &In, const JudgedHandler &JH,
                         const Host &H, const std::vector<Level> &Levels) {
  Decrypting Decrypted(In, H);
  Reporting Reports(In, JH.V);
  FunctionRef Fn{H.In, H.Fn};
  auto Report = [&](llvm::ArrayRef<Step> Steps) {
    return llvm::any_of(
        Steps, [&](const Step &S) { return Reports.mayReport(S, Fn); });
  };
  for (std::size_t I = 1; I < Levels.size(); ++I) {
    if (Levels[I].InClosure || !Levels[I].InArm)
      return std::nullopt; // runs at another time
    const Step &Branch = *Levels[I].Owner;
    if (Branch.K != Step::Kind::Branch)
      continue;
    CallOrMessage Found;
    Found.Around.assign(Levels.begin(), Levels.begin() + I);
    Found.MessageArm = Levels[I].InArm;
    if (Report(Found.MessageArm->Steps))
      continue; // told apart further inside
    std::vector<Local> Locals = localsAt(*H.Fn, Found.Around);
    if (llvm::none_of(questions(Branch, *Found.MessageArm), [&](Range R) {
          return Decrypted.reads(Branch, R, Locals);
        }))
      continue;
    unsigned Reporting = 0;
    for (const Arm &A : Branch.Arms)
      if (&A != Found.MessageArm && Report(A.Steps)) {
        ++Reporting;
        Found.CallArm = &A;
      }
    if (Reporting > 1)
      continue;
    bool IsGuard = Branch.Branch == Step::BranchKind::Guard;
    if (Found.CallArm) {
      Found.Runs = {Found.CallArm->Steps};
      Found.IsComplete = Branch.Arms.size() == 2;
    } else if (IsGuard || leaves(Found.MessageArm->Steps)) {
      const Level &L = Found.Around.back();
      Found.Runs = {llvm::ArrayRef(*L.List).drop_front(L.Index + 1)};
      Found.IsComplete = Branch.Arms.size() == 1;
      if (!Report(Found.Runs.front()))
        continue;
    } else {
      continue;
    }
    if (!addWhatFollows(Found))
      continue;
    return Found;
  }
  return std::nullopt;
}
