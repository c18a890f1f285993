//===-- PathState.cpp - what holds on a path -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/PathState.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

// Paths multiply with every question that is remembered. Beyond these bounds
// answers are forgotten, which joins paths and errs towards "may happen".
static constexpr std::size_t MaxStates = 48;
static constexpr std::size_t MaxWays = 32;

static void join(PathState &Into, PathState &&From) {
  for (const Way &W : *From.Ways) {
    if (Into.Ways->size() >= MaxWays)
      break;
    if (llvm::none_of(*Into.Ways, [&](const Way &O) { return O.isLike(W); }))
      Into.Ways.edit().push_back(W);
  }
  Into.Forgot |= From.Forgot;
  Into.Works.insert(From.Works);
  Into.WorksBefore.insert(From.WorksBefore);
  if (!Into.LateReport)
    Into.LateReport = From.LateReport;
}

void StateSet::add(PathState S) {
  // Without this those that come after a widening would keep their answers,
  // and a long row of questions would pile them up.
  if (Wide) {
    S.Forgot |= !S.F->empty();
    S.F = {};
  }
  for (PathState &O : States)
    if (O.sameAs(S))
      return join(O, std::move(S));
  States.push_back(std::move(S));
  if (States.size() > MaxStates)
    widen();
}

void StateSet::widen() {
  std::vector<PathState> Old;
  std::swap(Old, States);
  Wide = true;
  for (PathState &S : Old)
    add(std::move(S));
}

static bool mentions(llvm::StringRef Key, llvm::StringRef Name) {
  for (std::size_t At = Key.find(Name); At != llvm::StringRef::npos;
       At = Key.find(Name, At + 1)) {
    auto IsName = [](char C) { return llvm::isAlnum(C) || C == '_'; };
    bool Before = At > 0 && IsName(Key[At - 1]);
    std::size_t End = At + Name.size();
    bool After = End < Key.size() && IsName(Key[End]);
    if (!Before && !After)
      return true;
  }
  return false;
}

void StateSet::forget(llvm::StringRef Name) {
  Name = plainName(Name);
  if (Name.empty())
    return;
  std::vector<PathState> Old;
  std::swap(Old, States);
  for (PathState &S : Old) {
    auto Speaks = [&](const auto &Fact) { return mentions(Fact.first, Name); };
    if (llvm::any_of(*S.F, Speaks))
      std::erase_if(S.F.edit(), Speaks);
    add(std::move(S));
  }
}

TrailRef flow::extend(const TrailRef &T, PathNote Note, const Condition *Asked,
                      bool Answer, Range Into) {
  return std::make_shared<const Trail>(
      Trail{T, std::move(Note), Asked, Answer, Into});
}

void flow::note(PathState &S, const PathNote &Note, const Condition *Asked,
                bool Answer, Range Into) {
  for (Way &W : S.Ways.edit())
    W.T = extend(W.T, Note, Asked, Answer, Into);
}

llvm::StringRef flow::plainName(llvm::StringRef Name) {
  Name.consume_front("self.") || Name.consume_front("self->");
  Name.consume_front("_");
  return Name;
}
