// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UserNotifications: what is shown, and the extension that sees pushed ones first.

import Dispatch
import Foundation

public struct UNNotificationSoundName: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

open class UNNotificationSound: NSObject {
    let name: String
    open class var `default`: UNNotificationSound { UNNotificationSound(named: .init("default")) }
    public init(named name: UNNotificationSoundName) { self.name = name.rawValue }
}

struct ContentValues {
    var badge: NSNumber?
    var body = ""
    var categoryIdentifier = ""
    var sound: UNNotificationSound?
    var subtitle = ""
    var threadIdentifier = ""
    var title = ""
    var userInfo: [AnyHashable: Any] = [:]
}

open class UNNotificationContent: NSObject {
    var values = ContentValues()
    public override init() {}
    open var badge: NSNumber? { values.badge }
    open var body: String { values.body }
    open var categoryIdentifier: String { values.categoryIdentifier }
    open var sound: UNNotificationSound? { values.sound }
    open var subtitle: String { values.subtitle }
    open var threadIdentifier: String { values.threadIdentifier }
    open var title: String { values.title }
    open var userInfo: [AnyHashable: Any] { values.userInfo }
    open override func mutableCopy() -> Any {
        let copy = UNMutableNotificationContent()
        copy.values = values
        return copy
    }
    open override func copy() -> Any {
        let copy = UNNotificationContent()
        copy.values = values
        return copy
    }

    var isEmpty: Bool { title.isEmpty && subtitle.isEmpty && body.isEmpty && sound == nil && badge == nil }
    var fields: [String: Any] {
        ["title": title, "subtitle": subtitle, "body": body, "sound": sound?.name ?? "",
         "badge": badge?.intValue ?? -1, "thread": threadIdentifier, "category": categoryIdentifier]
    }
}

open class UNMutableNotificationContent: UNNotificationContent {
    open override var badge: NSNumber? {
        get { values.badge }
        set { values.badge = newValue }
    }
    open override var body: String {
        get { values.body }
        set { values.body = newValue }
    }
    open override var categoryIdentifier: String {
        get { values.categoryIdentifier }
        set { values.categoryIdentifier = newValue }
    }
    open override var sound: UNNotificationSound? {
        get { values.sound }
        set { values.sound = newValue }
    }
    open override var subtitle: String {
        get { values.subtitle }
        set { values.subtitle = newValue }
    }
    open override var threadIdentifier: String {
        get { values.threadIdentifier }
        set { values.threadIdentifier = newValue }
    }
    open override var title: String {
        get { values.title }
        set { values.title = newValue }
    }
    open override var userInfo: [AnyHashable: Any] {
        get { values.userInfo }
        set { values.userInfo = newValue }
    }
}

open class UNNotificationTrigger: NSObject {}

open class UNTimeIntervalNotificationTrigger: UNNotificationTrigger {
    public init(timeInterval: TimeInterval, repeats: Bool) {}
}

open class UNNotificationRequest: NSObject {
    public let identifier: String
    public let content: UNNotificationContent
    public let trigger: UNNotificationTrigger?
    public init(identifier: String, content: UNNotificationContent, trigger: UNNotificationTrigger?) {
        self.identifier = identifier
        self.content = content
        self.trigger = trigger
    }
}

public struct UNAuthorizationOptions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let badge = UNAuthorizationOptions(rawValue: 1)
    public static let sound = UNAuthorizationOptions(rawValue: 2)
    public static let alert = UNAuthorizationOptions(rawValue: 4)
}

open class UNUserNotificationCenter: NSObject {
    nonisolated(unsafe) private static let one = UNUserNotificationCenter()
    private var isAuthorized = false
    open class func current() -> UNUserNotificationCenter { one }

    open func add(_ request: UNNotificationRequest,
                  withCompletionHandler completionHandler: (@Sendable ((any Error)?) -> Void)? = nil) {
        System.shared.locked {
            // An extension runs only where the person allows alerts.
            if isAuthorized || System.shared.script.isExtension {
                // The system takes what the content is at this moment.
                System.shared.say("shown", request.content.fields.merging(["id": request.identifier]) { $1 })
            } else {
                System.shared.complain("a notification is posted without permission")
            }
        }
        System.shared.call(on: PrivateQueue.notifications) { completionHandler?(nil) }
    }

    open func requestAuthorization(options: UNAuthorizationOptions = [],
                                   completionHandler: @escaping @Sendable (Bool, (any Error)?) -> Void) {
        System.shared.locked { isAuthorized = true }
        System.shared.call(on: PrivateQueue.notifications) { completionHandler(true, nil) }
    }

    open func removeDeliveredNotifications(withIdentifiers identifiers: [String]) {
        System.shared.say("removed", ["ids": identifiers])
    }
    open func removePendingNotificationRequests(withIdentifiers identifiers: [String]) {}
    open func setBadgeCount(_ newBadgeCount: Int,
                            withCompletionHandler completionHandler: (@Sendable ((any Error)?) -> Void)? = nil) {
        System.shared.say("badge", ["count": newBadgeCount])
        System.shared.call(on: PrivateQueue.notifications) { completionHandler?(nil) }
    }
}

open class UNNotificationServiceExtension: NSObject {
    public override init() {}
    open func didReceive(_ request: UNNotificationRequest,
                         withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void) {}
    open func serviceExtensionTimeWillExpire() {}
}

/// An alert push on its way through the extension.
private final class AlertDelivery: @unchecked Sendable {
    var handed: UNNotificationContent?
    var calls = 0
}

extension System {
    /// What the system shows of an alert push by itself.
    private func pushedContent(_ payload: [AnyHashable: Any]) -> UNNotificationContent {
        let content = UNMutableNotificationContent()
        content.userInfo = payload
        let aps = payload["aps"] as? [String: Any] ?? [:]
        if let alert = aps["alert"] as? [String: Any] {
            content.title = alert["title"] as? String ?? ""
            content.subtitle = alert["subtitle"] as? String ?? ""
            content.body = alert["body"] as? String ?? ""
        }
        content.badge = (aps["badge"] as? Int).map { NSNumber(value: $0) }
        if let name = aps["sound"] as? String { content.sound = UNNotificationSound(named: .init(name)) }
        content.threadIdentifier = aps["thread-id"] as? String ?? ""
        content.categoryIdentifier = aps["category"] as? String ?? ""
        return content.copy() as! UNNotificationContent
    }

    /// Lets the extension see alert pushes, which are under way together, and
    /// shows them. Where it hands nothing back in time it is told that time
    /// runs out, on another thread; then the push is shown as it came.
    func deliverAlerts(_ payload: [AnyHashable: Any], copies: Int, to service: UNNotificationServiceExtension) {
        let aps = payload["aps"] as? [String: Any] ?? [:]
        let original = pushedContent(payload)
        guard aps["alert"] != nil, aps["mutable-content"] as? Int == 1 else {
            for _ in 0..<copies where aps["alert"] != nil { say("shown", original.fields) }
            return
        }
        let deliveries = (0..<copies).map { _ in AlertDelivery() }
        for (index, delivery) in deliveries.enumerated() {
            let request = UNNotificationRequest(identifier: "push-\(index)", content: original, trigger: nil)
            call(on: PrivateQueue.service) {
                service.didReceive(request) { content in
                    self.locked {
                        delivery.calls += 1
                        delivery.handed = delivery.handed ?? content.copy() as? UNNotificationContent
                        if delivery.calls > 1 { self.complain("contentHandler is called more than once") }
                    }
                }
            }
        }
        let isHandled = { deliveries.allSatisfy { $0.handed != nil } }
        if !settle(limit: System.second, until: isHandled) {
            say("expired")
            call(on: PrivateQueue.expiry) { service.serviceExtensionTimeWillExpire() }
            if !settle(limit: System.second, until: isHandled) { complain("contentHandler is never called") }
        }
        for delivery in deliveries {
            guard let handed = delivery.handed, handed.isEmpty else {
                say("shown", (delivery.handed ?? original).fields)
                continue
            }
            // Empty content hides the alert, by an entitlement.
            if !script.mayFilter { say("shown", original.fields) }
        }
    }
}
