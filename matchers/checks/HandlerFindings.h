//===-- HandlerFindings.h - findings about handlers -*- C++ -* -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_CHECKS_HANDLERFINDINGS_H
#define RINGFENCE_MATCHERS_CHECKS_HANDLERFINDINGS_H

#include "matchers/checks/Check.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ringfence::checks {

/// The project registers for VoIP pushes on iOS 13 or later, as far as can be
/// seen: some registry asks for them, or none says what it asks for.
bool mayReceiveVoIP(const CheckInput &In);

/// Calls \p Do for each handler that iOS calls, with its index.
void forEachLive(const CheckInput &In,
                 llvm::function_ref<void(const JudgedHandler &, int)> Do);

/// The head of the handler: where findings about the whole of it stand.
Place headOf(const JudgedHandler &J);

/// The call that reports, as the user's code spells it.
const char *reportCall(const JudgedHandler &J);

/// One finding of \p Check for each place at which some of \p Exits leave.
/// \p Message is asked for each with the exit that it is about.
void findExits(const CheckInput &In, llvm::StringRef Check, Severity S,
               llvm::function_ref<bool(const UnreportedExit &)> Wanted,
               llvm::function_ref<std::string(const JudgedHandler &,
                                              const UnreportedExit &)>
                   Message,
               std::vector<Finding> &Out);

/// One finding of \p Check for the \p Wanted works of each arm.
void findWorks(const CheckInput &In, llvm::StringRef Check,
               llvm::function_ref<bool(const Work &)> Wanted,
               llvm::function_ref<std::string(const Work &)> Message,
               llvm::StringRef Advice, std::vector<Finding> &Out);

/// What is done, in words: "shows a notification".
std::string phraseFor(const Work &W);

} // namespace ringfence::checks

#endif
