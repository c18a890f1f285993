// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps use of UIKit's views, which show nothing here. The simulator
// compiles this file too.

import Foundation

@MainActor
open class UIView: UIResponder {
    open func addSubview(_ view: UIView) {}
}

open class UILabel: UIView {
    open var text: String?
}

@MainActor
open class UIAction {
    public init(title: String = "", handler: @escaping (UIAction) -> Void) {}
}

open class UIControl: UIView {
    public struct Event: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
        public static let valueChanged = Event(rawValue: 1 << 12)
    }
    open func addAction(_ action: UIAction, for controlEvents: Event) {}
}

open class UISwitch: UIControl {
    open var isOn = false
}

@MainActor
open class UIViewController: UIResponder {
    public init(nibName: String?, bundle: Bundle?) {}
    public override init() {}
    public required init?(coder: NSCoder) {}
    open var title: String?
    open var view: UIView! = UIView()
    open var navigationController: UINavigationController? { nil }
    open func viewDidLoad() {}
    open func present(_ viewController: UIViewController, animated: Bool, completion: (() -> Void)? = nil) {}
}

@MainActor
open class UINavigationController: UIViewController {
    public init(rootViewController: UIViewController) { super.init(nibName: nil, bundle: nil) }
    public required init?(coder: NSCoder) { nil }
    open func pushViewController(_ viewController: UIViewController, animated: Bool) {}
}

@MainActor
open class UIWindow: UIResponder {
    open var rootViewController: UIViewController?
    open func makeKeyAndVisible() {}
}
