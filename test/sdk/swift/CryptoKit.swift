// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of CryptoKit.

import Foundation

public struct SymmetricKey: Sendable {
    public init(data: Data) {}
}

public enum AES {
    public enum GCM {
        public struct SealedBox {
            public init(combined: Data) throws {}
        }
        public static func open(_ sealedBox: SealedBox, using key: SymmetricKey) throws -> Data { Data() }
    }
}
