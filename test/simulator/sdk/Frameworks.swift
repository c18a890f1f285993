// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps use of other frameworks and no rule is about.

import Foundation

public struct Logger: Sendable {
    public init(subsystem: String, category: String) {}
    public func debug(_ message: String) {}
    public func info(_ message: String) {}
    public func notice(_ message: String) {}
    public func warning(_ message: String) {}
    // What goes wrong is shown beside a test that fails.
    public func error(_ message: String) { print("error: \(message)") }
    public func fault(_ message: String) { print("error: \(message)") }
}

public struct SymmetricKey: Sendable {
    let bytes: Data
    public init(data: Data) { bytes = data }
}

/// No secret: each byte is combined with the key's.
public enum AES {
    public enum GCM {
        struct Failure: Error {}
        public struct SealedBox {
            let combined: Data
            public init(combined: Data) throws {
                if combined.isEmpty { throw Failure() }
                self.combined = combined
            }
        }
        public static func open(_ sealedBox: SealedBox, using key: SymmetricKey) throws -> Data {
            guard !key.bytes.isEmpty else { throw Failure() }
            return Data(sealedBox.combined.enumerated().map { $1 ^ key.bytes[$0 % key.bytes.count] })
        }
    }
}
