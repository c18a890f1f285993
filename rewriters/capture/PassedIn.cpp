//===-- PassedIn.cpp - what an initialiser is called with -----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/PassedIn.h"
#include "matchers/model/EachStep.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {
struct Construction {
  const File *In;
  const Function *Fn; ///< null where it is an initial value
  const Call *C;
};
} // namespace

/// Tests make objects of their own, with stand-ins.
static bool isOfTests(StringRef Path) {
  return Path.contains_insensitive("tests/") ||
         Path.contains_insensitive("tests.");
}

static bool makesNew(const Call &C, const Function &Init, Language CallIn) {
  if (CallIn == Language::Swift)
    return C.K == Call::Kind::Init && C.Name == Init.Owner && !C.OnSuper;
  StringRef Receiver = StringRef(C.Receiver).ltrim("[ ");
  return !C.OnSuper && !C.OnSelf &&
         (C.Name == Init.Name || C.Name == Init.ObjCName) &&
         (C.ReceiverType == Init.Owner ||
          Receiver.starts_with(Init.Owner + " alloc"));
}

/// "let push = Push(" outside of functions.
static bool isInitialValue(const File &F, StringRef Owner) {
  auto Makes = [&](const Property &P) {
    return StringRef(P.Initializer).contains((Owner + "(").str());
  };
  return llvm::any_of(F.Globals, Makes) ||
         llvm::any_of(F.Types, [&](const Type &T) {
           return llvm::any_of(T.Properties, Makes);
         });
}

static std::vector<Construction> constructionsBy(const ProposeInput &In,
                                                 const Function &Init) {
  std::vector<Construction> All;
  for (const std::string &Path : In.Project.filesWith(Init.Owner)) {
    const File *F = isOfTests(Path) ? nullptr : In.Project.file(Path);
    if (!F)
      continue;
    if (isInitialValue(*F, Init.Owner))
      All.push_back({F, nullptr, nullptr});
    for (const Function &Fn : F->Functions)
      forEachCall(Fn.Steps, [&](const Call &C) {
        if (makesNew(C, Init, F->Source->language()))
          All.push_back({F, &Fn, &C});
      });
  }
  return All;
}

/// Where the local \p Name of \p Fn gets its value, if that is one place.
static Range setTo(const Function &Fn, StringRef Name) {
  Range Only;
  unsigned Times = 0;
  forEachStep(Fn.Steps, [&](const Step &S) {
    for (const Declaration &D : S.Declares)
      if (D.Name == Name) {
        Only = D.Init.Where;
        ++Times;
      }
    for (const Assignment &A : S.Assigns)
      if (A.Target == Name)
        ++Times;
  });
  return Times == 1 ? Only : Range{};
}

std::optional<PassedExpression> ringfence::passedTo(const ProposeInput &In,
                                                    const Function &Init,
                                                    StringRef Name) {
  auto P = llvm::find_if(Init.Parameters,
                         [&](const Parameter &P) { return P.Name == Name; });
  if (P == Init.Parameters.end() || Init.Owner.empty())
    return std::nullopt;
  std::vector<Construction> All = constructionsBy(In, Init);
  if (All.size() != 1 || !All.front().C ||
      All.front().C->Arguments.size() != Init.Parameters.size())
    return std::nullopt;
  const Construction &Made = All.front();
  const Value &V = Made.C->Arguments[P - Init.Parameters.begin()].V;
  Range Where = V.K == Value::Kind::Local ? setTo(*Made.Fn, V.Name) : V.Where;
  if (Where.empty())
    return std::nullopt;
  return PassedExpression{Made.In, Where};
}
