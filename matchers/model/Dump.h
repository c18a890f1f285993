//===-- Dump.h - the model as text, for tests and debugging -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_DUMP_H
#define RINGFENCE_MATCHERS_MODEL_DUMP_H

#include "matchers/model/File.h"
#include <string>

namespace ringfence {

struct DumpOptions {
  bool Ranges = false; ///< byte offsets behind each step and arm
  bool Types = true;   ///< types, imports and globals of a file
};

/// \p F as indented text: a line for each type, function, step, arm and
/// closure, in source order. The form is stable, so tests compare it whole.
std::string dump(const File &F, DumpOptions Options = {});

/// One function with its steps.
std::string dump(const Function &Fn, DumpOptions Options = {});

/// "self.provider reportNewIncomingCallWithUUID:update:completion:(…)", on one
/// line: receiver, name, arguments, and the flags that are set.
std::string dump(const Call &C);

/// A condition in prefix form: "and(push-type voIP, not(flag busy))".
std::string dump(const Condition &C);

std::string dump(const Value &V);

} // namespace ringfence

#endif
