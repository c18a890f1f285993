// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// BackgroundTasks: registered during launch, once; completed once.

import Dispatch
import Foundation

open class BGTaskRequest: NSObject {
    public let identifier: String
    open var earliestBeginDate: Date?
    fileprivate init(_ identifier: String) { self.identifier = identifier }
}

open class BGAppRefreshTaskRequest: BGTaskRequest {
    public init(identifier: String) { super.init(identifier) }
}

open class BGProcessingTaskRequest: BGTaskRequest {
    open var requiresNetworkConnectivity = false
    open var requiresExternalPower = false
    public init(identifier: String) { super.init(identifier) }
}

open class BGTask: NSObject {
    public let identifier: String
    open var expirationHandler: (() -> Void)?
    fileprivate var completions = 0
    fileprivate init(_ identifier: String) { self.identifier = identifier }

    open func setTaskCompleted(success: Bool) {
        let system = System.shared!
        system.locked {
            completions += 1
            if completions > 1 { system.complain("a background task is completed more than once") }
            // The system suspends the app here.
            if system.requestsUnderWay > 0 && success {
                system.complain("a background task is completed while its work goes on")
            }
            system.say("task completed", ["identifier": identifier, "success": success])
        }
    }
}

open class BGAppRefreshTask: BGTask {}
open class BGProcessingTask: BGTask {}

/// Codes of BGTaskSchedulerErrorDomain.
struct TaskError: Error {
    let code: Int
    static let unavailable = TaskError(code: 1)
    static let notPermitted = TaskError(code: 3)
}

open class BGTaskScheduler: NSObject {
    nonisolated(unsafe) private static let one = BGTaskScheduler()
    fileprivate var handlers: [String: (DispatchQueue, (BGTask) -> Void)] = [:]
    fileprivate lazy var pending = System.shared.script.pendingTasks

    open class var shared: BGTaskScheduler {
        if System.shared.script.system < 13 { System.shared.end("there is no BGTaskScheduler below iOS 13") }
        return one
    }

    @discardableResult
    open func register(forTaskWithIdentifier identifier: String, using queue: DispatchQueue?,
                       launchHandler: @escaping (BGTask) -> Void) -> Bool {
        let system = System.shared!
        if system.script.isExtension { system.end("an extension registers a background task") }
        return system.locked {
            if !system.isLaunching { system.end("a background task is registered after launch") }
            if handlers[identifier] != nil { system.end("a background task is registered twice") }
            guard system.script.permittedTasks.contains(identifier) else {
                system.complain("Info.plist does not permit the background task '\(identifier)'")
                return false
            }
            handlers[identifier] = (queue ?? PrivateQueue.tasks, launchHandler)
            return true
        }
    }

    open func submit(_ taskRequest: BGTaskRequest) throws {
        let system = System.shared!
        let mode = taskRequest is BGProcessingTaskRequest ? "processing" : "fetch"
        // It may block; the newer form forbids it there.
        if Thread.isMainThread { system.complain("a background task is submitted on the main thread") }
        try system.locked {
            guard !system.script.isExtension else { throw TaskError.unavailable }
            guard system.script.permittedTasks.contains(taskRequest.identifier),
                  system.script.backgroundModes.contains(mode) else {
                system.complain("Info.plist does not permit the background task '\(taskRequest.identifier)'")
                throw TaskError.notPermitted
            }
            // A pending request of the same identifier is replaced.
            if !pending.contains(taskRequest.identifier) { pending.append(taskRequest.identifier) }
            system.say("submitted", ["identifier": taskRequest.identifier])
        }
    }

    open func cancel(taskRequestWithIdentifier identifier: String) {
        System.shared.locked { pending.removeAll { $0 == identifier } }
    }
    open func cancelAllTaskRequests() {
        System.shared.locked { pending.removeAll() }
    }
}

extension System {
    /// Every identifier that Info.plist lists needs a handler once launch is
    /// over.
    func checkRegistrations() {
        guard script.system >= 13, !script.isExtension else { return }
        for identifier in script.permittedTasks where BGTaskScheduler.shared.handlers[identifier] == nil {
            complain("nothing is registered for the background task '\(identifier)'")
        }
    }

    /// Runs a task for each pending request; where `expires` is set, the system
    /// takes its time back before the work has ended.
    func runBackgroundTasks(expires: Bool) {
        guard script.system >= 13 else { return }
        let scheduler = BGTaskScheduler.shared
        for identifier in locked({ scheduler.pending }) {
            guard let (queue, launch) = locked({ scheduler.handlers[identifier] }) else {
                end("no handler is registered for the background task '\(identifier)'")
            }
            locked { scheduler.pending.removeAll { $0 == identifier } }
            say("task", ["identifier": identifier])
            let task = BGAppRefreshTask(identifier)
            let launched = DispatchSemaphore(value: 0)
            queue.async {
                launch(task)
                launched.signal()
            }
            launched.wait()
            if expires {
                guard let handler = task.expirationHandler else {
                    complain("a background task has no expiration handler")
                    continue
                }
                say("expired")
                call(on: PrivateQueue.expiry) { handler() }
            }
            if !settle(limit: 2 * System.second, until: { task.completions > 0 }) {
                complain("a background task is never completed")
            }
        }
    }
}
