//===-- SwiftDelegate.h - a small PushKit delegate in Swift -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_CALLKIT_SWIFTDELEGATE_H
#define RINGFENCE_TEST_UNIT_CALLKIT_SWIFTDELEGATE_H

#include <string>

namespace ringfence {

/// A delegate that owns its provider, with \p Body as its handler's.
inline std::string delegate(std::string Body) {
  return "import CallKit\n"
         "import PushKit\n"
         "\n"
         "final class Pushes: NSObject, PKPushRegistryDelegate {\n"
         "    private let provider: CXProvider\n"
         "\n"
         "    func pushRegistry(_ registry: PKPushRegistry, "
         "didReceiveIncomingPushWith payload: PKPushPayload, "
         "for type: PKPushType, completion: @escaping () -> Void) {\n" +
         Body +
         "    }\n"
         "}\n";
}

/// The report of such a handler.
inline const std::string Report =
    "        provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) "
    "{ _ in completion() }\n";

} // namespace ringfence

#endif
