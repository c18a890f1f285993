//===-- Slice.cpp - what the report needs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A backward slice by names. It is not exact: two objects under one name are
// one, and an object that is passed to a call may be changed by it. Both err
// towards "needed", which keeps work where it is.
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Slice.h"
#include "matchers/flow/PathState.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

namespace {
struct Flat {
  const Step *S;
  std::vector<const Arm *> Around;
};
} // namespace

static void flatten(const std::vector<Step> &Steps,
                    std::vector<const Arm *> &Around, std::vector<Flat> &Out) {
  for (const Step &S : Steps) {
    Out.push_back({&S, Around});
    for (const Arm &A : S.Arms) {
      Around.push_back(&A);
      flatten(A.Steps, Around, Out);
      Around.pop_back();
    }
    for (const Closure &C : S.Closures)
      flatten(C.Steps, Around, Out);
  }
}

/// "self.session.callManager" hangs on "session", "a?.b" on "a".
static std::string rootOf(llvm::StringRef Name) {
  Name = plainName(Name.trim());
  return Name.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; })
      .str();
}

static void addNames(llvm::StringRef Text, std::set<std::string> &Out) {
  std::size_t At = 0;
  while (At < Text.size()) {
    auto IsName = [](char C) { return llvm::isAlnum(C) || C == '_'; };
    if (!IsName(Text[At])) {
      ++At;
      continue;
    }
    std::size_t End = At;
    while (End < Text.size() && IsName(Text[End]))
      ++End;
    Out.insert(plainName(Text.slice(At, End)).str());
    At = End;
  }
}

std::set<const Step *> flow::neededBy(const Function &Fn,
                                      const std::vector<Range> &Reports,
                                      const std::set<std::string> &Ignored) {
  std::vector<Flat> All;
  std::vector<const Arm *> Around;
  flatten(Fn.Steps, Around, All);

  std::set<const Step *> Slice;
  std::set<std::string> Values, Objects;
  auto Take = [&](const Flat &F) {
    if (!Slice.insert(F.S).second)
      return false;
    for (const std::string &R : F.S->Reads)
      Values.insert(rootOf(R));
    for (const Call &C : F.S->Calls) {
      if (!C.Receiver.empty() && !C.OnType)
        Objects.insert(rootOf(C.Receiver));
      for (const Argument &A : C.Arguments)
        if (A.V.K == Value::Kind::Local || A.V.K == Value::Kind::Member)
          Values.insert(rootOf(A.V.Name));
    }
    for (const Declaration &D : F.S->Declares)
      addNames(D.Init.Text, Values);
    for (const Arm *A : F.Around)
      addNames(A->When.Text, Values);
    for (const std::string &I : Ignored)
      Objects.erase(I);
    Objects.erase("self");
    Objects.erase("");
    return true;
  };

  for (const Flat &F : All)
    if (F.S->Arms.empty() && llvm::any_of(Reports, [&](const Range &R) {
          return F.S->Where.contains(R) || R.contains(F.S->Where);
        }))
      Take(F);
  bool Grew = !Slice.empty();
  while (Grew) {
    Grew = false;
    for (const Flat &F : All) {
      if (Slice.count(F.S) || !F.S->Arms.empty())
        continue;
      auto IsValue = [&](llvm::StringRef N) {
        return Values.count(rootOf(N)) != 0;
      };
      bool Makes =
          llvm::any_of(F.S->Declares,
                       [&](const Declaration &D) { return IsValue(D.Name); }) ||
          llvm::any_of(F.S->Assigns,
                       [&](const Assignment &A) { return IsValue(A.Target); });
      bool Prepares = llvm::any_of(F.S->Calls, [&](const Call &C) {
        if (!C.Receiver.empty() && Objects.count(rootOf(C.Receiver)))
          return true;
        return llvm::any_of(C.Arguments, [&](const Argument &A) {
          return (A.V.K == Value::Kind::Local ||
                  A.V.K == Value::Kind::Member) &&
                 Objects.count(rootOf(A.V.Name));
        });
      });
      if (Makes || Prepares)
        Grew |= Take(F);
    }
  }
  return Slice;
}
