//===-- SyncingApps.h - apps whose handlers do upkeep -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_BACKGROUND_TASK_SYNCINGAPPS_H
#define RINGFENCE_TEST_UNIT_BACKGROUND_TASK_SYNCINGAPPS_H

#include "test/unit/capture/WrittenProject.h"

namespace ringfence::test {

inline const char *Plist = R"(<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>UIBackgroundModes</key>
	<array>
		<string>voip</string>
	</array>
</dict>
</plist>
)";

/// An app delegate that is its own handler; its sync arm holds \p Arm.
inline std::string delegate(std::string Arm) {
  return R"(import CallKit
import PushKit
import UIKit

class AppDelegate: UIResponder, UIApplicationDelegate, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        return true
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "sync" {
)" + Arm +
         R"(            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    }
}
)";
}

inline const char *FetchArm = R"(            // Catch up with the other devices.
            let request = URLRequest(url: URL(string: "https://example.org/events")!)
            URLSession.shared.dataTask(with: request) { data, _, _ in
                EventStore.shared.merge(data)
                completion()
            }.resume()
)";

/// An app delegate whose launch method keeps the handler's object as \p Kept
/// and starts it as \p Start says; the registry's queue is \p Queue.
inline std::map<std::string, std::string>
keeperOf(std::string Kept, std::string Start, std::string Queue) {
  return {{"App/AppDelegate.swift", R"(import UIKit

class AppDelegate: UIResponder, UIApplicationDelegate {
)" + Kept + R"(
    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
)" + Start + R"(        return true
    }
}
)"},
          {"App/Pushes.swift", R"(import CallKit
import PushKit

class Pushes: NSObject, PKPushRegistryDelegate {
    let registry = PKPushRegistry(queue: )" +
                                   Queue + R"()
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "sync" {
)" + std::string(FetchArm) + R"(            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    }
}
)"},
          {"App/Info.plist", Plist}};
}

} // namespace ringfence::test

#endif
