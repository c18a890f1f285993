// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs one process of the device: `PROGRAM SCRIPT`, a file of JSON.

import Dispatch
import Foundation

typealias Apps = [String: @MainActor () -> any UIApplicationDelegate]
typealias Services = [String: () -> UNNotificationServiceExtension]

func runProcess(apps: Apps, services: Services) -> Never {
    let script = try! JSONDecoder().decode(Script.self, from: Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1])))
    setvbuf(stdout, nil, _IOLBF, 0)
    let system = System(script: script)
    System.shared = system
    system.fillDefaults()
    if script.isExtension {
        let service = services[script.unit]!()
        Thread.detachNewThread { system.play(service: service) }
        runMain()
    }
    let delegate = MainActor.assumeIsolated {
        let delegate = apps[script.unit]!()
        system.launch(delegate)
        return delegate
    }
    Thread.detachNewThread {
        system.settle(limit: System.second)
        system.play(service: nil)
    }
    withExtendedLifetime(delegate) { runMain() }
}

/// Unlike dispatchMain(), this leaves the main queue on the main thread.
private func runMain() -> Never {
    let forever = Timer(timeInterval: .greatestFiniteMagnitude, repeats: true) { _ in }
    RunLoop.main.add(forever, forMode: .default)
    while true { RunLoop.main.run() }
}

extension System {
    fileprivate func fillDefaults() {
        for (suite, values) in script.defaults {
            let defaults = suite.isEmpty ? UserDefaults.standard : UserDefaults(suiteName: suite)!
            for (key, value) in values.mapValues(\.value) {
                if let text = value as? String, text.hasPrefix("base64:") {
                    defaults.set(Data(base64Encoded: String(text.dropFirst(7)))!, forKey: key)
                } else {
                    defaults.set(value, forKey: key)
                }
            }
        }
    }

    /// Carries the script's steps out, one after the other.
    fileprivate func play(service: UNNotificationServiceExtension?) {
        for step in script.steps {
            say("step", ["kind": step.kind.rawValue, "name": step.name])
            switch step.kind {
            case .voip: deliverVoIP(step.payload.dictionary)
            case .alert: deliverAlerts(step.payload.dictionary, copies: step.copies, to: service!)
            case .silent: deliverSilent(step.payload.dictionary)
            case .background: runBackgroundTasks(expires: step.expires)
            }
        }
        say("end")
        exit(0)
    }
}
