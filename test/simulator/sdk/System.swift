// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the device knows of the one process that runs here, an app or an
// extension, and what it does to it.

import Dispatch
import Foundation

/// What a process is started with: written by device.py.
struct Script: Decodable {
    struct Step: Decodable {
        enum Kind: String, Decodable { case voip, alert, silent, background }
        let kind: Kind
        let name: String
        var payload = JSON.object([:])
        /// Of background: the system takes the time back before the work ends.
        var expires = false
        /// Of alert: every push of the step is on its way at the same time.
        var copies = 1

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Keys.self)
            kind = try values.decode(Kind.self, forKey: .kind)
            name = try values.decode(String.self, forKey: .name)
            payload = try values.decodeIfPresent(JSON.self, forKey: .payload) ?? payload
            expires = try values.decodeIfPresent(Bool.self, forKey: .expires) ?? expires
            copies = try values.decodeIfPresent(Int.self, forKey: .copies) ?? copies
        }
        enum Keys: CodingKey { case kind, name, payload, expires, copies }
    }
    /// The key of the app or the extension in main.swift.
    let unit: String
    let isExtension: Bool
    /// The major version of iOS.
    let system: Int
    /// Off, the device only notes what it would end the app for: that shows
    /// what a handler was meant to do.
    let enforces: Bool
    let backgroundModes: [String]
    let permittedTasks: [String]
    /// Of an extension: it has the entitlement to have an alert not shown.
    let mayFilter: Bool
    /// Off, CallKit says nothing of a call that an extension hands over.
    let callsAnswer: Bool
    /// Requests of an earlier process that no task has run for.
    let pendingTasks: [String]
    /// What the server answers, by the path asked for.
    let replies: [String: String]
    /// What is kept in UserDefaults, by suite ("" for the standard ones) and
    /// key; text that begins with "base64:" is data.
    let defaults: [String: [String: JSON]]
    let steps: [Step]
}

/// A value of a push.
enum JSON: Decodable {
    case object([String: JSON]), array([JSON]), string(String), integer(Int), number(Double), truth(Bool), null

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let it = try? value.decode(Bool.self) {
            self = .truth(it)
        } else if let it = try? value.decode(Int.self) {
            self = .integer(it)
        } else if let it = try? value.decode(Double.self) {
            self = .number(it)
        } else if let it = try? value.decode(String.self) {
            self = .string(it)
        } else if let it = try? value.decode([JSON].self) {
            self = .array(it)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    var value: Any {
        switch self {
        case .object(let it): return it.mapValues(\.value)
        case .array(let it): return it.map(\.value)
        case .string(let it): return it
        case .integer(let it): return it
        case .number(let it): return it
        case .truth(let it): return it
        case .null: return NSNull()
        }
    }

    var dictionary: [AnyHashable: Any] {
        guard case .object(let fields) = self else { return [:] }
        return Dictionary(uniqueKeysWithValues: fields.map { (AnyHashable($0), $1.value) })
    }
}

final class System: @unchecked Sendable {
    nonisolated(unsafe) static var shared: System!

    /// The device's clock runs faster than ours.
    static let second = 0.3

    let script: Script
    /// Guards everything below, and the order of what is said.
    let lock = NSRecursiveLock()
    var isLaunching = true
    /// Callbacks that the system still owes the process.
    private var owed = 0
    /// Requests of URLSession that are not answered yet.
    var requestsUnderWay = 0
    private var said = 0

    init(script: Script) {
        self.script = script
    }

    func locked<T>(_ body: () throws -> T) rethrows -> T {
        lock.lock()
        defer { lock.unlock() }
        return try body()
    }

    // MARK: What device.py reads

    func say(_ event: String, _ fields: [String: Any] = [:]) {
        var line = fields
        line["event"] = event
        locked {
            said += 1
            let data = try! JSONSerialization.data(withJSONObject: line, options: .sortedKeys)
            print("@ " + String(decoding: data, as: UTF8.self))
            fflush(stdout)
        }
    }

    /// A rule is broken for which the system ends the process.
    func end(_ reason: String) -> Never {
        lock.lock()
        say("killed", ["reason": reason])
        _exit(9)
    }

    /// A rule is broken that shows in no crash.
    func complain(_ rule: String) {
        say("violation", ["rule": rule])
    }

    func mustBeMain(_ what: String) {
        if !Thread.isMainThread { complain(what + " is used off the main thread") }
    }

    // MARK: Waiting until nothing goes on

    /// Runs `callback` on `queue`; until it has returned the process is busy.
    func call(on queue: DispatchQueue, after seconds: Double = 0, _ callback: @escaping () -> Void) {
        locked { owed += 1 }
        queue.asyncAfter(deadline: .now() + seconds) {
            callback()
            self.locked { self.owed -= 1 }
        }
    }

    /// Waits until `condition` holds and nothing more is said or owed, at most
    /// for `limit` seconds of ours. Whether the condition came to hold.
    @discardableResult
    func settle(limit: Double, until condition: () -> Bool = { true }) -> Bool {
        let end = Date().addingTimeInterval(limit)
        var quiet = 0, last = -1
        repeat {
            let now = locked { said }
            quiet = now == last && locked({ owed == 0 && condition() }) ? quiet + 1 : 0
            last = now
            if quiet > 4 { return true }
            letQueuesRun()
            usleep(3000)
        } while Date() < end
        return locked(condition)
    }

    /// Returns when what the process has put into its queues has begun at least:
    /// however busy the machine is, it comes before what is put there now.
    private func letQueuesRun() {
        let begun = DispatchGroup()
        for quality in [DispatchQoS.QoSClass.userInteractive, .userInitiated, .default, .utility, .background] {
            DispatchQueue.global(qos: quality).async(group: begun) {}
        }
        begun.wait()
        DispatchQueue.main.sync {}
    }
}

/// `#available(iOS major.minor, *)` on this device.
func systemHas(_ major: Int, _ minor: Int = 0) -> Bool {
    System.shared.script.system > major || (System.shared.script.system == major && minor == 0)
}

/// Where the system calls back when nobody has named a queue.
enum PrivateQueue {
    static let calls = DispatchQueue(label: "system.calls")
    static let notifications = DispatchQueue(label: "system.notifications")
    static let tasks = DispatchQueue(label: "system.tasks")
    static let network = DispatchQueue(label: "system.network")
    static let service = DispatchQueue(label: "system.service", attributes: .concurrent)
    static let expiry = DispatchQueue(label: "system.expiry")
}
