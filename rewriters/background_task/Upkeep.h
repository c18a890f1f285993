//===-- Upkeep.h - the statements of a handler that can wait -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_UPKEEP_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_UPKEEP_H

#include "rewriters/capture/Needs.h"
#include <memory>
#include <string>
#include <vector>

namespace ringfence {

/// How the end of moved statements is known.
struct Ending {
  enum class Kind {
    Returns,   ///< they are done when the last one has returned
    Completes, ///< they call the push's completion handler when they are done
    Closure,   ///< a closure of theirs runs last
    Helper,    ///< a closure of a method of the same type runs last
    Unknown,   ///< something goes on, and nothing tells when it is done
  };
  Kind K = Kind::Returns;
  const Closure *C = nullptr;       ///< of Closure and Helper
  const Function *Helper = nullptr; ///< of Helper
  const Call *HelperCall = nullptr; ///< its call among the moved statements
  std::string Goes;                 ///< of Unknown: what goes on
};

/// Statements of one list of a handler that a background task can do later.
struct Upkeep {
  Host H;
  std::vector<Level> Levels;
  std::vector<unsigned> Moved; ///< indices into the list, in order
  std::unique_ptr<Needs> Need;
  Ending End;
  bool Suspends = false;             ///< they await something
  std::vector<std::string> Blockers; ///< as clauses; empty when it can move

  /// Under which name the moved statements read what was pushed; "" if they
  /// need nothing of it.
  std::string values() const {
    return Need->usesDictionary() ? Need->dictionaryName() : "";
  }

  const std::vector<Step> &list() const { return *Levels.back().List; }
};

/// The upkeep of \p H's handler that \p Works names, list by list. Work that
/// the handler's own text does not show is in none of them.
std::vector<Upkeep> upkeepOf(const ProposeInput &In, const JudgedHandler &H,
                             const std::vector<const Work *> &Works);

} // namespace ringfence

#endif
