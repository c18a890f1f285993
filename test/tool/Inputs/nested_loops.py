#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a handler with as many loops inside each other as asked for."""

import sys

depth = int(sys.argv[1])
print("""import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {""")
print("\n".join(f"while waits{i} {{" for i in range(depth)))
print("step()")
print("}" * depth)
print("""        completion()
    }
}""")
