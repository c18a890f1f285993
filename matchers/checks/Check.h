//===-- Check.h - the checks and their list -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_CHECKS_CHECK_H
#define RINGFENCE_MATCHERS_CHECKS_CHECK_H

#include "matchers/checks/Finding.h"
#include "matchers/checks/Settings.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <vector>

namespace ringfence {

/// What a check looks at: all handlers of the run and the project's
/// registrations.
struct CheckInput {
  const std::vector<JudgedHandler> &Handlers;
  /// Every file of the run that was read (handlers, registrations, reports).
  const std::vector<const File *> &Files;
  /// Files that define notification service extensions.
  std::vector<const File *> Services;
  FunctionSource &Functions;
  const Catalogue &Apis;
  ProjectSettings Settings = {};
  /// Whether the files at two paths may be parts of one app: a tree may hold
  /// several. Null where nothing is known of apps: all is one.
  llvm::function_ref<bool(llvm::StringRef, llvm::StringRef)> MayShareAnApp =
      nullptr;
};

/// One check, as a row of a table.
struct Check {
  const char *Id; ///< "ringfence-late-report"
  Severity S;
  const char *Says; ///< one line for `ringfence checks`
  const char *Fix;  ///< id of its fix, or "" for advice
  const char *Step; ///< steps that the fix serves, "" for advice
  void (*Run)(const CheckInput &, std::vector<Finding> &);
};

/// All checks in INTERFACE's order, which is the order of precedence: where
/// several speak of the same exit, the first wins.
llvm::ArrayRef<Check> allChecks();

/// Runs the checks whose id passes \p Enabled and merges what speaks of the
/// same exit: one defect, one error.
std::vector<Finding>
runChecks(const CheckInput &In,
          llvm::function_ref<bool(llvm::StringRef)> Enabled);

} // namespace ringfence

#endif
