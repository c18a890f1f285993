// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UIKit: the application object, its delegate, and views that show nothing.

import Dispatch
import Foundation

open class UIResponder: NSObject {
    public override init() {}
}

public struct UIBackgroundTaskIdentifier: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let invalid = UIBackgroundTaskIdentifier(rawValue: 0)
}

public enum UIBackgroundFetchResult: UInt { case newData, noData, failed }

open class UIApplication: UIResponder {
    public enum State: Int { case active, inactive, background }
    public struct LaunchOptionsKey: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }
    nonisolated(unsafe) fileprivate static let one = UIApplication()
    open class var shared: UIApplication {
        if System.shared.script.isExtension { System.shared.end("an extension uses UIApplication.shared") }
        System.shared.mustBeMain("UIApplication.shared")
        return one
    }
    open weak var delegate: (any UIApplicationDelegate)?
    open var applicationState: State { .background }
    open var applicationIconBadgeNumber = 0 {
        didSet { System.shared.say("badge", ["count": applicationIconBadgeNumber]) }
    }
    open func registerForRemoteNotifications() {}
    open func beginBackgroundTask(withName taskName: String? = nil,
                                  expirationHandler handler: (@MainActor @Sendable () -> Void)? = nil)
        -> UIBackgroundTaskIdentifier { UIBackgroundTaskIdentifier(rawValue: 1) }
    open func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
}

@MainActor
public protocol UIApplicationDelegate: NSObjectProtocol {
    init()
    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool
    func application(_ application: UIApplication, didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                     fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void)
}

/// What is said for a method that the delegate lacks.
private let nobodyTakesSilentPushes = "no method of the app takes silent pushes"

extension UIApplicationDelegate {
    public func application(_ application: UIApplication,
                            didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?)
        -> Bool { true }
    public func application(_ application: UIApplication, didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                            fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void) {
        System.shared.complain(nobodyTakesSilentPushes)
        completionHandler(.noData)
    }
}

extension System {
    @MainActor
    func launch(_ delegate: any UIApplicationDelegate) {
        UIApplication.one.delegate = delegate
        _ = delegate.application(UIApplication.one, didFinishLaunchingWithOptions: nil)
        locked { isLaunching = false }
        checkRegistrations()
    }

    /// Wakes the app for a push with content-available and nothing else.
    func deliverSilent(_ payload: [AnyHashable: Any]) {
        guard script.backgroundModes.contains("remote-notification") else {
            return complain("Info.plist lacks the mode for silent pushes")
        }
        nonisolated(unsafe) var calls = 0
        call(on: .main) {
            MainActor.assumeIsolated {
                UIApplication.one.delegate?.application(
                    UIApplication.one, didReceiveRemoteNotification: payload,
                    fetchCompletionHandler: { _ in
                        self.locked {
                            calls += 1
                            if calls > 1 { self.complain("fetchCompletionHandler is called more than once") }
                            if self.requestsUnderWay > 0 {
                                self.complain("a silent push is completed while its work goes on")
                            }
                        }
                    })
            }
        }
        if !settle(limit: 2 * System.second, until: { calls > 0 }) {
            complain("fetchCompletionHandler is never called")
        }
    }
}
