//===-- CompletionCall.h - calls of the push's completion handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_COMPLETIONCALL_H
#define RINGFENCE_REWRITERS_CALLKIT_COMPLETIONCALL_H

#include "rewriters/callkit/Blocks.h"
#include <string>

namespace ringfence {

/// The name under which \p Fn knows the push's completion handler: the
/// handler's parameter, or in a helper its only parameter that is a closure
/// without arguments. "" if it has none.
std::string completionIn(const Function &Fn, const JudgedHandler &H);

/// True for a closure that takes and returns nothing, as the push's completion
/// handler does; one that may be nil, too.
bool isPlainClosure(const Parameter &P);

/// A statement that does nothing but call the completion handler.
struct CompletionCall {
  const Step *S = nullptr;
  unsigned Index = 0;   ///< in the block's statements
  bool Returns = false; ///< Swift: "return completion()"
};

/// True if \p S calls \p Completion and does nothing else.
bool isCompletionCall(const Step &S, llvm::StringRef Completion);

/// The call of \p Completion that stands among the statements of \p B from
/// \p From on, if it is a statement of its own and the only use of the handler
/// there: "completion()", "completion?()", "if (completion) completion();".
/// Its S is null otherwise.
CompletionCall ownCompletionCall(const Block &B, unsigned From,
                                 llvm::StringRef Completion);

} // namespace ringfence

#endif
