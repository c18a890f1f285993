//===-- Removal.h - what goes when PushKit goes -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_REMOVAL_H
#define RINGFENCE_REWRITERS_PUSHKIT_REMOVAL_H

#include "rewriters/edit/Builders.h"
#include "rewriters/edit/LineCuts.h"
#include "rewriters/pushkit/PushKitCode.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ringfence {

/// Whether a property or local of type \p Type (may be "") with the value
/// \p Init holds a push registry.
bool holdsRegistry(llvm::StringRef Type, llvm::StringRef Init);

/// Takes all that ties one app to PushKit out of its files: what is declared
/// for it (PushKitCode.cpp), what sets a registry up (RegistrySetUp.cpp).
/// What else names it blocks the removal (PushKitUses.cpp).
class Removal {
public:
  Removal(const ProposeInput &In, const JudgedHandler &J) : In(In), J(J) {}
  PushKitRemoval run();

private:
  void gatherFiles();
  void cutMethods(const File &F);
  void cutConformance(const File &F);
  void cutProperties(const File &F);
  void cutSetup(const File &F);
  bool cutSteps(const File &F, const Function &Fn,
                const std::vector<Step> &Steps);
  bool cutUnused(const File &F, const Function &Fn,
                 const std::vector<Step> &Steps);
  bool isSetup(const File &F, const Step &S, const Function &Fn) const;
  void cutEmptied();
  bool cutFunction(const File &F, const Function &Fn);
  void cutImports(const File &F);
  void checkMentions(const File &F);
  void checkMembers();
  bool isCut(const File &F, const Step &S) {
    return cuts(F).has(S.Where.Begin) && cuts(F).has(S.Where.End - 1);
  }
  bool isDelegateMethod(const Function &Fn) const {
    return Fn.Owner == J.function().Owner &&
           (Fn.Name == "pushRegistry" ||
            llvm::StringRef(Fn.Name).starts_with("pushRegistry:"));
  }
  LineCuts &cuts(const File &F) {
    return Cuts.try_emplace(&F, *F.Source).first->second;
  }
  std::string at(const File &F, std::uint32_t Offset) const {
    return F.Source->path().str() + ":" +
           std::to_string(F.Source->line(Offset));
  }
  void block(std::string Why) {
    if (Result.Blocker.empty())
      Result.Blocker = std::move(Why);
  }

  const ProposeInput &In;
  const JudgedHandler &J;
  std::vector<const File *> Files; ///< that hold something of it, by path
  std::map<const File *, LineCuts> Cuts;
  std::map<const File *, std::vector<Range>> Words; ///< single words that go
  std::set<std::string> Registries; ///< properties that hold a registry
  std::set<const Function *> Touched;
  Builders Edits;
  PushKitRemoval Result;
};

} // namespace ringfence

#endif
