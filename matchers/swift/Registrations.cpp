//===-- Registrations.cpp - where a PKPushRegistry is made -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Handlers.h"
#include "matchers/swift/Queries.h"

using namespace ringfence;
using namespace ringfence::swift;

namespace {

struct Set {
  Range Where;
  llvm::StringRef Target; ///< "registry" of "registry.delegate = self"
  llvm::StringRef Member, Value;
};

/// The innermost function that holds \p Where.
const Function *functionAt(const File &F, Range Where) {
  const Function *Best = nullptr;
  for (const Function &Fn : F.Functions)
    if (Fn.Body.contains(Where) &&
        (!Best || Best->Body.size() > Fn.Body.size()))
      Best = &Fn;
  return Best;
}

std::string ownerAt(const File &F, Range Where) {
  const Type *Best = nullptr;
  for (const Type &T : F.Types)
    if (T.Where.contains(Where) &&
        (!Best || Best->Where.size() > T.Where.size()))
      Best = &T;
  return Best ? Best->Name : "";
}

bool namesVoIP(llvm::StringRef Types) {
  return Types.contains(".voIP") || Types.contains("PKPushTypeVoIP") ||
         Types.contains(".VoIP");
}

std::string queueOf(Node Call, const SourceFile &S) {
  Node Arguments = Call.descendant("value_arguments");
  for (const Child &A : Arguments.children())
    if (A.N.is("value_argument"))
      return S.text(A.N.field("value").range()).str();
  return "";
}

} // namespace

void swift::findRegistrations(Node Root, File &F) {
  const SourceFile &S = *F.Source;
  if (!S.bytes().contains("PKPushRegistry") &&
      !S.bytes().contains("desiredPushTypes"))
    return;
  std::vector<Set> Sets;
  std::vector<Node> Made;
  registrationsQuery().forEach(
      Root, S.bytes(), [&](llvm::ArrayRef<Query::Capture> Match) {
        const Query::Capture &C = Match.front();
        if (C.Name == "made") {
          Made.push_back(C.N);
          return;
        }
        auto [Target, Member] = S.text(C.N.field("target").range()).rsplit('.');
        Sets.push_back({C.N.range(), Target.rtrim(" \t\r\n?!"), Member,
                        S.text(C.N.field("result").range())});
      });

  std::vector<Registration> Found;
  for (Node M : Made) {
    Registration R;
    R.Where = M.range();
    R.Queue = queueOf(M, S);
    Found.push_back(std::move(R));
  }
  // A registry that is made elsewhere and told here what to deliver.
  for (const Set &T : Sets) {
    if (T.Member != "desiredPushTypes")
      continue;
    const Function *Here = functionAt(F, T.Where);
    bool MadeHere = llvm::any_of(
        Made, [&](Node M) { return functionAt(F, M.range()) == Here; });
    if (Here && MadeHere)
      continue;
    Registration R;
    R.Where = T.Where;
    Found.push_back(std::move(R));
  }
  // The queue of a registry that a property of the same type is made with.
  for (Registration &R : Found)
    for (const Registration &O : Found)
      if (R.Queue.empty() && !functionAt(F, O.Where) &&
          ownerAt(F, O.Where) == ownerAt(F, R.Where))
        R.Queue = O.Queue;
  for (Registration &R : Found) {
    const Function *Here = functionAt(F, R.Where);
    R.Owner = Here ? Here->Owner : ownerAt(F, R.Where);
    R.Function = Here ? Here->Symbol : "";
    for (const Set &T : Sets) {
      if (functionAt(F, T.Where) != Here)
        continue;
      if (T.Member == "desiredPushTypes") {
        R.SetsTypes = true;
        R.HasVoIP |= namesVoIP(T.Value);
      } else if (llvm::any_of(Sets,
                              [&](const Set &O) {
                                return O.Member == "desiredPushTypes" &&
                                       O.Target == T.Target;
                              }) ||
                 T.Target.contains_insensitive("registry") ||
                 T.Target.contains_insensitive("push")) {
        R.Delegate = T.Value.str();
      }
    }
    bool Known = llvm::any_of(F.Registrations, [&](const Registration &O) {
      return O.Where == R.Where; // seen in another tree of the same file
    });
    if (!Known)
      F.Registrations.push_back(std::move(R));
  }
}
