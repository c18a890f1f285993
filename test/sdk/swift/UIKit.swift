// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of UIKit. With
// -D APPLICATION_EXTENSION, what an extension may not call is missing.

@_exported import Foundation

open class UIResponder: NSObject {
    public override init() {}
}

public struct UIBackgroundTaskIdentifier: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let invalid = UIBackgroundTaskIdentifier(rawValue: 0)
}

public enum UIBackgroundFetchResult: UInt { case newData, noData, failed }

#if !APPLICATION_EXTENSION
public let UILocalNotificationDefaultSoundName = "UILocalNotificationDefaultSoundName"

open class UILocalNotification: NSObject {
    public override init() {}
    open var fireDate: Date?
    open var alertBody: String?
    open var alertTitle: String?
    open var alertAction: String?
    open var soundName: String?
    open var applicationIconBadgeNumber = 0
    open var userInfo: [AnyHashable: Any]?
    open var category: String?
}
#endif

@MainActor
open class UIApplication: UIResponder {
    public enum State: Int { case active, inactive, background }
    public struct LaunchOptionsKey: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }
    #if !APPLICATION_EXTENSION
    open class var shared: UIApplication { fatalError("a declaration only") }
    #endif
    open weak var delegate: (any UIApplicationDelegate)?
    open var applicationState: State { .active }
    open var applicationIconBadgeNumber = 0
    open func registerForRemoteNotifications() {}
    #if !APPLICATION_EXTENSION
    open func presentLocalNotificationNow(_ notification: UILocalNotification) {}
    open func scheduleLocalNotification(_ notification: UILocalNotification) {}
    #endif
    open func beginBackgroundTask(withName taskName: String? = nil,
                                  expirationHandler handler: (@MainActor @Sendable () -> Void)? = nil)
        -> UIBackgroundTaskIdentifier { .invalid }
    open func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
}

@MainActor
public protocol UIApplicationDelegate: NSObjectProtocol {
    init()
    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool
    func application(_ application: UIApplication,
                     didRegisterForRemoteNotificationsWithDeviceToken deviceToken: Data)
    func application(_ application: UIApplication, didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                     fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void)
}

extension UIApplicationDelegate {
    public static func main() {}
    public func application(_ application: UIApplication,
                            didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?)
        -> Bool { true }
    public func application(_ application: UIApplication,
                            didRegisterForRemoteNotificationsWithDeviceToken deviceToken: Data) {}
    public func application(_ application: UIApplication, didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                            fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void) {}
}
