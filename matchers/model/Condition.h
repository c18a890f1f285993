//===-- Condition.h - what a branch asks -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_CONDITION_H
#define RINGFENCE_MATCHERS_MODEL_CONDITION_H

#include "matchers/model/Range.h"
#include <string>
#include <vector>

namespace ringfence {

/// What has to hold for an arm to be taken: a tree of questions, each put so
/// that the model knows what *true* means.
struct Condition {
  enum class Kind {
    And,
    Or,
    Not,
    PushType,   ///< the push is of type Name: "voIP", "fileProvider", …
    OSVersion,  ///< the system is at least Major.Minor (of iOS)
    MustReport, ///< PKVoIPPushMetadata.mustReport is true
    AppState,   ///< the app is in state Name: "active", "background", …
    Flag,       ///< the boolean variable or property Name is true
    NonNil,     ///< Name (or the expression Text) is not nil
    Equal,      ///< subject Name equals Text's other side: switch cases, ==
    Constant,   ///< Name is "true" or "false"
    Other,
  };
  Kind K = Kind::Other;
  std::string Text; ///< as written
  Range Where;
  std::string Name;
  int Major = 0;
  int Minor = 0;
  std::vector<Condition> Operands; ///< of And, Or (2 or more) and Not (1)
};

} // namespace ringfence

#endif
