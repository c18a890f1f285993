//===-- HandlerTail.h - what a handler does with a push -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_HANDLERTAIL_H
#define RINGFENCE_REWRITERS_PUSHKIT_HANDLERTAIL_H

#include "rewriters/capture/Needs.h"
#include <memory>
#include <string>
#include <vector>

namespace ringfence {

/// The last statements of a handler: those that ask PushKit nothing, and may as
/// well be done for a push that came another way. What stands in front of them
/// only logs, or sorts pushes out by their type.
struct HandlerTail {
  Host H;
  const std::vector<Step> *List = nullptr;
  unsigned First = 0; ///< into List; the tail goes on to its end
  /// From the first statement's comments to the last thing in the list.
  Range Where;
  std::unique_ptr<Needs> Need;
  std::string Dictionary; ///< how the payload's dictionary is named in front
  /// Some of it does more than logging and reading.
  bool HasWork = false;
  /// Why there is no such tail, as a clause; "" if there is one.
  std::string Blocker;
};

/// Finds the tail of \p J's handler.
HandlerTail handlerTail(const ProposeInput &In, const JudgedHandler &J);

/// Whether \p S only logs, reads, or calls the push's completion handler
/// \p Completion ("" if there is none).
bool isQuiet(const Step &S, const Catalogue &Apis, Language L,
             llvm::StringRef Completion);

} // namespace ringfence

#endif
