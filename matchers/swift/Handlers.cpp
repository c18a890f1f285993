//===-- Handlers.cpp - PushKit's delegate methods in a Swift file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Handlers.h"
#include "matchers/swift/Queries.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using namespace ringfence::swift;

namespace {

enum class Role { None, Payload, VoIPPayload, Type, Metadata, Completion };

/// What a label says its argument is; Swift 2 and 3 spelled the Objective-C
/// selector out, Swift 3 and later dropped the words that the types repeat.
Role roleOf(llvm::StringRef Label) {
  return llvm::StringSwitch<Role>(Label)
      .Cases("didReceiveIncomingPushWith", "didReceiveIncomingPushWithPayload",
             Role::Payload)
      .Cases("didReceiveIncomingVoIPPushWith",
             "didReceiveIncomingVoIPPushWithPayload", Role::VoIPPayload)
      .Cases("for", "forType", Role::Type)
      .Case("metadata", Role::Metadata)
      .Cases("completion", "withCompletionHandler", Role::Completion)
      .Default(Role::None);
}

} // namespace

std::optional<Handler> swift::asHandler(const Function &Fn) {
  if (Fn.Body.empty() || Fn.IsStatic || Fn.Parameters.size() < 3 ||
      (Fn.Name != "pushRegistry" && Fn.Name != "managedPush"))
    return std::nullopt;
  Handler H;
  H.Registry = Fn.Parameters.front().Name;
  std::string *Places[] = {nullptr,     &H.Payload,  &H.Payload,
                           &H.PushType, &H.Metadata, &H.Completion};
  Role First = Role::None;
  bool HasCompletion = false;
  for (std::size_t I = 1; I != Fn.Parameters.size(); ++I) {
    const Parameter &P = Fn.Parameters[I];
    // Sinch's entry has the spelling of Swift 2 in every version.
    if (Fn.Name == "managedPush" && P.Label == "for")
      return std::nullopt;
    Role R = roleOf(P.Label);
    if (R == Role::None || !Places[static_cast<int>(R)]->empty())
      return std::nullopt;
    *Places[static_cast<int>(R)] = P.Name;
    if (I == 1)
      First = R;
    HasCompletion |= R == Role::Completion;
  }
  if (First == Role::VoIPPayload && !H.Metadata.empty()) {
    H.S = Signature::Metadata;
    H.IsAsync = Fn.IsAsync;
    return H;
  }
  if (First != Role::Payload || H.PushType.empty() || !H.Metadata.empty())
    return std::nullopt;
  H.IsAsync = Fn.IsAsync;
  H.S = HasCompletion ? Signature::Completion
        : Fn.IsAsync  ? Signature::Async
                      : Signature::NoCompletion;
  return H;
}

void swift::findHandlers(Node Root, File &F) {
  if (!F.Source->bytes().contains("didReceiveIncoming"))
    return;
  handlersQuery().forEach(
      Root, F.Source->bytes(), [&](llvm::ArrayRef<Query::Capture> Match) {
        for (const Query::Capture &C : Match) {
          if (C.Name != "function")
            continue;
          for (std::size_t I = 0; I != F.Functions.size(); ++I) {
            if (!(F.Functions[I].Where == C.N.range()))
              continue;
            if (std::optional<Handler> H = asHandler(F.Functions[I])) {
              H->FunctionIndex = static_cast<unsigned>(I);
              if (llvm::any_of(F.Handlers, [&](const Handler &Known) {
                    return Known.FunctionIndex == I;
                  }))
                break;
              F.Handlers.push_back(std::move(*H));
            }
            break;
          }
        }
      });
}
