//===-- CompletionCall.cpp - calls of the push's completion handler --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/CompletionCall.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

bool ringfence::isPlainClosure(const Parameter &P) {
  std::string Type = P.Type;
  llvm::erase_if(Type, llvm::isSpace);
  return P.IsClosure && (llvm::StringRef(Type).contains("()->Void") ||
                         llvm::StringRef(Type).contains("()->()") ||
                         llvm::StringRef(Type).contains("void(^)(void)") ||
                         llvm::StringRef(Type).contains("dispatch_block_t"));
}

std::string ringfence::completionIn(const Function &Fn,
                                    const JudgedHandler &H) {
  if (&Fn == &H.function())
    return H.H->Completion;
  const Parameter *Only = nullptr;
  for (const Parameter &P : Fn.Parameters)
    if (P.IsClosure) {
      if (Only || !isPlainClosure(P))
        return "";
      Only = &P;
    }
  return Only ? Only->Name : "";
}

static bool isCall(const Call &C, llvm::StringRef Completion) {
  return C.Name == Completion && C.Receiver.empty() && C.Arguments.empty() &&
         !C.Conditional;
}

bool ringfence::isCompletionCall(const Step &S, llvm::StringRef Completion) {
  if (Completion.empty() || S.InMacro || !S.Closures.empty())
    return false;
  if (S.K == Step::Kind::Do ||
      (S.K == Step::Kind::Exit && S.Exit == Step::ExitKind::Return))
    return S.Calls.size() == 1 && isCall(S.Calls.front(), Completion) &&
           S.Assigns.empty();
  // "if (completion) completion();"
  return S.K == Step::Kind::Branch && S.Branch == Step::BranchKind::If &&
         S.Arms.size() == 1 && S.Arms.front().Steps.size() == 1 &&
         S.Arms.front().When.K == Condition::Kind::NonNil &&
         (S.Arms.front().When.Name == Completion ||
          S.Arms.front().When.Text == Completion) &&
         isCompletionCall(S.Arms.front().Steps.front(), Completion);
}

CompletionCall ringfence::ownCompletionCall(const Block &B, unsigned From,
                                            llvm::StringRef Completion) {
  CompletionCall Out;
  if (Completion.empty())
    return Out;
  const std::vector<Step> &Steps = B.steps();
  for (unsigned I = From; I < Steps.size(); ++I) {
    const Step &S = Steps[I];
    if (!Out.S && isCompletionCall(S, Completion)) {
      Out = {&S, I, S.K == Step::Kind::Exit};
      continue;
    }
    // Any other use: another call, or handing it on.
    bool Used = false;
    forEachStep(S, [&](const Step &Inner) {
      auto InCalls = [&](const std::vector<Call> &Calls) {
        for (const Call &C : Calls) {
          Used |= C.Name == Completion && C.Receiver.empty();
          for (const Argument &A : C.Arguments)
            Used |= A.V.Name == Completion || A.V.Text == Completion;
        }
      };
      InCalls(Inner.Calls);
      for (const Arm &A : Inner.Arms)
        InCalls(A.Calls);
      for (const Assignment &A : Inner.Assigns)
        Used |= A.V.Name == Completion;
      Used |= llvm::is_contained(Inner.Reads, Completion);
    });
    if (Used)
      return {};
  }
  return Out;
}
