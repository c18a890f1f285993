//===-- HandedOnCompletion.h - who is given the completion handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_HANDEDONCOMPLETION_H
#define RINGFENCE_REWRITERS_PUSHKIT_HANDEDONCOMPLETION_H

#include "rewriters/Propose.h"
#include "rewriters/edit/Builders.h"

namespace ringfence {

/// Has the project's functions that are given a push's completion handler call
/// it on each of their ways. Functions whose closure takes arguments, of which
/// a call may mean several, or whose ways cannot be told apart stay as they
/// are.
class HandedOnCompletion {
public:
  HandedOnCompletion(const ProposeInput &In, Builders &Files)
      : In(In), Files(Files) {}

  /// Follows the closure that \p F knows as \p Name into what it calls.
  void follow(FunctionRef F, llvm::StringRef Name);
  /// The functions that were changed.
  const std::vector<const Function *> &changed() const { return Changed; }

private:
  void follow(const Call &C, FunctionRef Caller, llvm::StringRef Name);

  const ProposeInput &In;
  Builders &Files;
  std::vector<const Function *> Seen, Changed;
};

} // namespace ringfence

#endif
