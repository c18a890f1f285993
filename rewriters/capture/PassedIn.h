//===-- PassedIn.h - what an initialiser is called with -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_PASSEDIN_H
#define RINGFENCE_REWRITERS_CAPTURE_PASSEDIN_H

#include "rewriters/Propose.h"
#include <optional>

namespace ringfence {

/// An expression in a file of the project.
struct PassedExpression {
  const File *In = nullptr;
  Range Where;
};

/// What is passed for the parameter \p Name of \p Init, an initialiser, by the
/// one place outside of tests that makes an object with it. Where that passes
/// a local, what the local is set to, if it is set once. None if several
/// places make such an object, or none is found.
std::optional<PassedExpression>
passedTo(const ProposeInput &In, const Function &Init, llvm::StringRef Name);

} // namespace ringfence

#endif
