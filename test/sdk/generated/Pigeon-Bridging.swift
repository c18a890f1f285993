// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What Pigeon's Swift part sees through its bridging header: swiftc on Linux
// reads no Objective-C headers.

import Foundation

class PNMessageCipher: NSObject {
    func openBody(_ body: String?) -> String? { nil }
}
