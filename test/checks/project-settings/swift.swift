// An Info.plist without the modes and identifiers that the code needs:
// RUN: rm -rf "%t" && mkdir -p "%t/App" && cd "%t" && cp "%s" App/Pushes.swift
// RUN: cp "%S/Inputs/Bare.plist" App/Info.plist && cp "%S/Inputs/PushToTalk.entitlements" App/App.entitlements
// RUN: %not %ringfence check --checks='-*,ringfence-project-settings' | %FileCheck App/Pushes.swift --implicit-check-not='[ringfence-'

// With them, there is nothing to say:
// RUN: cp "%S/Inputs/Complete.plist" App/Info.plist && rm App/App.entitlements
// RUN: %ringfence check --checks='-*,ringfence-project-settings' | %FileCheck App/Pushes.swift --check-prefix=SILENT --allow-empty
// An extension's Info.plist is not the app's:
// RUN: sed 's|<dict>|<dict><key>NSExtension</key><dict/>|' "%S/Inputs/Complete.plist" > App/Service-Info.plist
// RUN: cp "%S/Inputs/Bare.plist" App/Info.plist
// RUN: %not %ringfence check --checks='-*,ringfence-project-settings' > out.txt
// RUN: %FileCheck App/Pushes.swift --check-prefix=APP --input-file out.txt
// Nor is there anything to say where there is none: Xcode may make it.
// RUN: rm App/Info.plist App/Service-Info.plist
// RUN: %ringfence check --checks='-*,ringfence-project-settings' | %FileCheck App/Pushes.swift --check-prefix=SILENT --allow-empty
// One that cannot be read is named, and nothing is missed that may be in it:
// RUN: printf 'bplist00' > App/Info.plist
// RUN: %ringfence check --verbose --checks='-*,ringfence-project-settings' 2> err.txt | %FileCheck App/Pushes.swift --check-prefix=SILENT --allow-empty
// RUN: %FileCheck App/Pushes.swift --check-prefix=UNREAD --input-file err.txt
// SILENT-NOT: ringfence-project-settings
// APP: 'voip' is not among the UIBackgroundModes of 'App/Info.plist'
// UNREAD: App/Info.plist{{.*}}a binary property list

import BackgroundTasks
import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    static let tidyUp = "com.example.tidy-up"
    let provider = CXProvider(configuration: CXProviderConfiguration())
    var registry: PKPushRegistry?

    func start() {
        // CHECK: :[[@LINE+3]]:{{[0-9]+}}: warning: 'voip' is not among the UIBackgroundModes of 'App/Info.plist'; CallKit refuses to report calls [ringfence-project-settings]
        // CHECK: :[[@LINE+2]]:{{[0-9]+}}: warning: 'App/App.entitlements' claims 'com.apple.developer.pushkit.unrestricted-voip.ptt', which has no effect {{.*}}iOS 26 SDK{{.*}}[ringfence-project-settings]
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: note: 'App/App.entitlements' claims 'com.apple.developer.pushkit.unrestricted-voip', which Apple grants{{.*}}[ringfence-project-settings]
        let registry = PKPushRegistry(queue: .main)
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
        self.registry = registry
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'com.example.tidy-up' is not among the BGTaskSchedulerPermittedIdentifiers of 'App/Info.plist'; the task is not permitted{{.*}}[ringfence-project-settings]
        BGTaskScheduler.shared.register(forTaskWithIdentifier: Pushes.tidyUp, using: nil) { task in
            task.setTaskCompleted(success: true)
        }
    }

    func schedule() throws {
        // CHECK: :[[@LINE+2]]:{{[0-9]+}}: warning: 'fetch' is not among the UIBackgroundModes{{.*}}[ringfence-project-settings]
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'com.example.refresh' is not among the BGTaskSchedulerPermittedIdentifiers{{.*}}[ringfence-project-settings]
        try BGTaskScheduler.shared.submit(BGAppRefreshTaskRequest(identifier: "com.example.refresh"))
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'processing' is not among the UIBackgroundModes{{.*}}[ringfence-project-settings]
        try BGTaskScheduler.shared.submit(BGProcessingTaskRequest(identifier: Pushes.tidyUp))
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    }
}
