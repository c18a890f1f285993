//===-- Logging.cpp - how a type logs --------------------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/Logging.h"
#include "matchers/model/EachStep.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

std::string ringfence::howItLogs(const ProposeInput &In, const File &F,
                                 StringRef Owner) {
  bool IsSwift = F.Source->language() == Language::Swift;
  std::string Found;
  for (const Function &Fn : F.Functions) {
    if (!Found.empty() || Fn.Owner != Owner)
      continue;
    for (const Step &S : Fn.Steps)
      forEachCall(S, [&](const Call &C) {
        const Api *A = In.Apis.find(C, F.Source->language());
        if (!Found.empty() || !A || A->E != Effect::Log)
          return;
        StringRef Member = C.Receiver;
        Member.consume_front("self.");
        if (C.Receiver.empty() &&
            (C.Name == "print" || C.Name == "NSLog" || C.Name == "DDLogError"))
          Found = C.Name;
        else if (IsSwift && !Member.empty() && !C.OnType &&
                 !Member.contains('.') && llvm::isLower(Member.front()) &&
                 (C.Name == "error" || C.Name == "info" || C.Name == "debug" ||
                  C.Name == "warning"))
          Found = Member.str() + ".error";
      });
  }
  if (!IsSwift && Found == "print")
    return "NSLog";
  return Found.empty() ? "NSLog" : Found;
}
