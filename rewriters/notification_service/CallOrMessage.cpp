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

/// Tells statements that may report the push's own call. One that is ended in
/// its report's completion says nothing about what the push is for.
class CallReports {
public:
  explicit CallReports(const ProposeInput &In) : In(In) {}
  bool mayReport(llvm::ArrayRef<Step> Steps, FunctionRef Fn) {
    return llvm::any_of(
        Steps, [&](const Step &S) { return mayReport(S, Fn, /*Depth=*/0); });
  }

private:
  bool mayReport(const Step &S, FunctionRef Fn, unsigned Depth);
  bool mayReport(const Call &C, const std::vector<Closure> &Closures,
                 FunctionRef Fn, unsigned Depth);

  const ProposeInput &In;
  std::map<const Function *, bool> Known;
};

} // namespace

static bool endsCall(const Closure &C) {
  bool Found = false;
  forEachCall(C.Steps, [&](const Call &End) {
    Found |= End.Name == "reportCallWithUUID:endedAtDate:reason:" ||
             (End.Name == "reportCall" &&
              llvm::any_of(End.Arguments, [](const Argument &A) {
                return A.Label == "endedAt";
              }));
  });
  return Found;
}

bool CallReports::mayReport(const Call &C, const std::vector<Closure> &Closures,
                            FunctionRef Fn, unsigned Depth) {
  constexpr unsigned MaxDepth = 6;
  if (C.K == Call::Kind::PropertyRead || C.K == Call::Kind::PropertyWrite)
    return false;
  const Api *A = In.Apis.find(C, Fn.In->Source->language());
  if (A && A->Reports)
    return llvm::none_of(C.Arguments, [&](const Argument &X) {
      return X.V.K == Value::Kind::Closure && X.V.ClosureIndex >= 0 &&
             static_cast<std::size_t>(X.V.ClosureIndex) < Closures.size() &&
             endsCall(Closures[X.V.ClosureIndex]);
    });
  if (A || Depth > MaxDepth)
    return false;
  for (const FunctionRef &F : In.Functions.callees(C, Fn)) {
    // The entry stands for "no" while the function is looked at: recursion.
    if (Known.try_emplace(F.Fn, false).second) {
      bool Does = llvm::any_of(F.Fn->Steps, [&](const Step &S) {
        return mayReport(S, F, Depth + 1);
      });
      Known[F.Fn] = Does;
    }
    if (Known[F.Fn])
      return true;
  }
  return false;
}

bool CallReports::mayReport(const Step &S, FunctionRef Fn, unsigned Depth) {
  bool Found = false;
  forEachStep(S, [&](const Step &Inner) {
    for (const Call &C : Inner.Calls)
      Found = Found || mayReport(C, Inner.Closures, Fn, Depth);
    for (const Arm &A : Inner.Arms)
      for (const Call &C : A.Calls)
        Found = Found || mayReport(C, A.Closures, Fn, Depth);
  });
  return Found;
}

/// A library that cannot be seen says what it does by its name.
static bool saysDecrypt(StringRef Name) {
  std::string Lower = Name.lower();
  return llvm::any_of(
      llvm::ArrayRef<StringRef>{"decrypt", "decipher"},
      [&](StringRef W) { return StringRef(Lower).contains(W); });
}

static bool saysEncrypt(StringRef Name) {
  std::string Lower = Name.lower();
  return StringRef(Lower).contains("encrypt") ||
         StringRef(Lower).contains("hmac") || StringRef(Lower).contains("seal");
}

bool Decrypting::decrypts(const Call &C, FunctionRef Caller, unsigned Depth) {
  constexpr unsigned MaxDepth = 4;
  if (C.K == Call::Kind::PropertyRead || C.K == Call::Kind::PropertyWrite)
    return false;
  if (const Api *A = In.Apis.find(C, Caller.In->Source->language()))
    return A->E == Effect::Crypto && !saysEncrypt(C.Name);
  if (saysDecrypt(C.Name))
    return true;
  if (Depth > MaxDepth)
    return false;
  bool Found = false;
  for (const FunctionRef &F : In.Functions.callees(C, Caller)) {
    // The entry stands for "no" while the function is looked at: recursion.
    if (Known.try_emplace(F.Fn, false).second) {
      bool Does = false;
      forEachCall(F.Fn->Steps, [&](const Call &Inner) {
        Does = Does || decrypts(Inner, F, Depth + 1);
      });
      Known[F.Fn] = Does;
    }
    Found = Found || Known[F.Fn];
  }
  return Found;
}

bool Decrypting::reads(const Step &S, Range R,
                       const std::vector<Local> &Locals) {
  bool Found = false;
  forEachCall(S, [&](const Call &C) {
    Found = Found ||
            (R.contains(C.Where) && decrypts(C, {H.In, H.Fn}, /*Depth=*/0));
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
ringfence::callOrMessage(const ProposeInput &In, const Host &H,
                         const std::vector<Level> &Levels) {
  Decrypting Decrypted(In, H);
  CallReports Reports(In);
  FunctionRef Fn{H.In, H.Fn};
  auto Report = [&](llvm::ArrayRef<Step> Steps) {
    return Reports.mayReport(Steps, Fn);
  };
  auto Asks = [&](const Step &Branch, const std::vector<Level> &Around,
                  const Arm &Until) {
    std::vector<Local> Locals = localsAt(*H.Fn, Around);
    return llvm::any_of(questions(Branch, Until), [&](Range R) {
      return Decrypted.reads(Branch, R, Locals);
    });
  };
  /// The arm that reports of a branch that calls do not get past.
  auto CallsLeaveBy = [&](const Step &Branch) -> const Arm * {
    const Arm *Found = nullptr;
    if (Branch.K != Step::Kind::Branch)
      return nullptr;
    for (const Arm &A : Branch.Arms)
      if (Report(A.Steps)) {
        if (Found || !leaves(A.Steps))
          return nullptr;
        Found = &A;
      }
    return Found;
  };
  /// A branch in whose arm the message is.
  auto Around = [&](std::size_t I) -> std::optional<CallOrMessage> {
    const Step &Branch = *Levels[I].Owner;
    CallOrMessage Found;
    Found.Around.assign(Levels.begin(), Levels.begin() + I);
    Found.MessageArm = Levels[I].InArm;
    // Else it is told apart further inside.
    if (Branch.K != Step::Kind::Branch || Report(Found.MessageArm->Steps) ||
        !Asks(Branch, Found.Around, *Found.MessageArm))
      return std::nullopt;
    unsigned Reporting = 0;
    for (const Arm &A : Branch.Arms)
      if (&A != Found.MessageArm && Report(A.Steps)) {
        ++Reporting;
        Found.CallArm = &A;
      }
    if (Reporting > 1)
      return std::nullopt;
    if (Found.CallArm) {
      Found.Runs = {Found.CallArm->Steps};
      Found.IsComplete = Branch.Arms.size() == 2;
    } else {
      const Level &L = Found.Around.back();
      Found.Runs = {llvm::ArrayRef(*L.List).drop_front(L.Index + 1)};
      Found.IsComplete = Branch.Arms.size() == 1;
      if (!leaves(Found.MessageArm->Steps) || !Report(Found.Runs.front()))
        return std::nullopt;
    }
    return Found;
  };
  for (std::size_t I = 0; I < Levels.size(); ++I) {
    if (Levels[I].InClosure)
      return std::nullopt; // runs at another time
    if (Levels[I].InArm)
      if (std::optional<CallOrMessage> Found = Around(I);
          Found && addWhatFollows(*Found))
        return Found;
    // One that the message stands behind.
    for (unsigned K = 0; K < Levels[I].Index; ++K) {
      const Step &Branch = (*Levels[I].List)[K];
      const Arm *Calls = CallsLeaveBy(Branch);
      if (!Calls)
        continue;
      CallOrMessage Found;
      Found.Around.assign(Levels.begin(), Levels.begin() + I + 1);
      Found.Around.back().Index = K;
      Found.CallArm = Calls;
      Found.Runs = {Calls->Steps};
      Found.IsComplete = true;
      if (Asks(Branch, Found.Around, *Calls))
        return Found;
    }
  }
  return std::nullopt;
}
