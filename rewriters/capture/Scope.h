//===-- Scope.h - where a statement stands and what it sees -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_SCOPE_H
#define RINGFENCE_REWRITERS_CAPTURE_SCOPE_H

#include "matchers/model/EachStep.h"
#include "matchers/model/File.h"
#include <vector>

namespace ringfence {

/// One list of statements on the way from a function's body to a statement in
/// it.
struct Level {
  const std::vector<Step> *List = nullptr;
  unsigned Index = 0; ///< the statement of the list that leads on
  /// What the list belongs to; all null for the function's own body.
  const Step *Owner = nullptr;
  const Arm *InArm = nullptr;
  const Closure *InClosure = nullptr;

  const Step &step() const { return (*List)[Index]; }
};

/// The lists around the byte \p Offset of \p F, outermost first; the last one
/// holds the innermost statement there. Empty if no statement is there.
std::vector<Level> levelsAt(const Function &F, std::uint32_t Offset);

/// A name that statements may use.
struct Local {
  enum class Kind {
    Parameter,        ///< of the function
    ClosureParameter, ///< known only once the closure runs
    Plain,            ///< let, var, C declaration
    Unwrapped,        ///< if let: there only inside
    Guarded,          ///< guard let: there from then on
    Bound,            ///< by a pattern, a loop or a catch clause
  };
  std::string Name;
  Kind K = Kind::Plain;
  const Declaration *D = nullptr; ///< null for parameters
  const Step *DeclaredBy = nullptr;
  /// Of Plain: the one statement of the same list that gives it its value, as
  /// in "NSString *text; text = …;". Nothing reads it in between.
  const Step *SetBy = nullptr;

  /// Not for parameters.
  const Value &value() const {
    return SetBy ? SetBy->Assigns.front().V : D->Init;
  }
};

/// The names visible at the innermost statement of \p Levels that come from
/// outside of it: the innermost ones last.
std::vector<Local> localsAt(const Function &F,
                            const std::vector<Level> &Levels);

/// The names that \p S brings into being, in its arms and closures too.
std::vector<std::string> declaredIn(const Step &S);

/// Whether \p S assigns to the variable or member \p Name, or into it.
bool writes(const Step &S, llvm::StringRef Name);

} // namespace ringfence

#endif
