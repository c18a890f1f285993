#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Breaks each rule of the simulated device on purpose: it has to notice.

  misuse.py --swiftc PROGRAM --runner PROGRAM --work FOLDER

Prints a line for each rule and exits with 0 if every breach was noticed, and the
program that breaks none was not complained of.
"""

import argparse
import pathlib
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from device import Device, Failure, Unit

APP = """\
import BackgroundTasks
import CallKit
import Foundation
import PushKit
import UIKit
import UserNotifications

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    let registry = PKPushRegistry(queue: .main)
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        LAUNCH
        return true
    }
    func listen() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }
    func report(_ id: UUID = UUID()) {
        provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in }
    }
    func register(_ handler: @escaping (BGTask) -> Void) {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: "tidy", using: nil, launchHandler: handler)
    }
    func submit() {
        DispatchQueue.global().async { try? BGTaskScheduler.shared.submit(BGAppRefreshTaskRequest(identifier: "tidy")) }
    }
    SILENT
}

extension AppDelegate: PKPushRegistryDelegate {
    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        PUSH
    }
}
"""

SERVICE = """\
import BackgroundTasks
import CallKit
import Foundation
import UIKit
import UserNotifications

final class NotificationService: UNNotificationServiceExtension {
    override func didReceive(_ request: UNNotificationRequest,
                             withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void) {
        PUSH
    }
}
"""

SILENT = """\
func application(_ application: UIApplication, didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                 fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void) {
    %s
}
"""


@dataclass
class Misuse:
    """A program and what has to be said of it."""
    name: str
    says: str  # part of the reason for which it is ended or of the rule; "" for nothing
    push: str = "report()\ncompletion()"
    launch: str = "listen()"
    silent: str = ""
    kinds: tuple = ("voip",)
    service: str = ""  # instead of an app
    permitted: tuple = ()
    modes: tuple = ("voip", "fetch")
    system: int = 17


GET = 'URLSession.shared.dataTask(with: URL(string: "https://example.net/")!) { _, _, _ in %s }.resume()\n'
ALERT = {"aps": {"alert": {"title": "Pushed"}, "mutable-content": 1}}
TASK = {"kinds": ("voip", "background"), "permitted": ("tidy",), "push": "report()\nsubmit()\ncompletion()"}


def task(name, says, handler):
    """A background task whose launch handler is `handler`."""
    return Misuse(name, says, launch="register { task in\n" + handler + "\n}\nlisten()", **TASK)


MISUSES = [
    Misuse("keeps_every_rule", "", launch="register { task in\ntask.expirationHandler = {}\n"
           + "task.setTaskCompleted(success: true)\n}\nlisten()", **TASK),
    Misuse("reports_nothing", "never posted an incoming call", "completion()"),
    Misuse("reports_later", "never posted an incoming call", "DispatchQueue.main.async { self.report() }\ncompletion()"),
    Misuse("reports_in_task", "never posted an incoming call", "Task { @MainActor in self.report() }\ncompletion()"),
    Misuse("reports_nothing_below_13", "", "completion()", system=12),
    Misuse("blocks", "0xbaadca11: no call was posted within seven seconds", "Thread.sleep(forTimeInterval: 3)\nreport()"),
    Misuse("does_not_listen", "0xbaadca11: no registry", launch=""),
    Misuse("completes_twice", "completion handler is called more than once", "report()\ncompletion()\ncompletion()"),
    Misuse("crashes", "crashed", 'report()\nfatalError("on purpose")'),
    Misuse("two_providers", "more than one CXProvider", launch="_ = CXProvider(configuration: .init())\nlisten()"),
    Misuse("lacks_the_mode", "printed: 3", 'provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) {'
           ' print(($0 as! CallError).code) }\ncompletion()', modes=()),
    Misuse("same_call_again", "printed: 2", 'let id = UUID()\nreport(id)\nprovider.reportNewIncomingCall(with: id,'
           ' update: CXCallUpdate()) { print(($0 as! CallError).code) }\ncompletion()'),
    Misuse("expects_main_in_calls", "printed: off main", 'provider.reportNewIncomingCall(with: UUID(), update:'
           ' CXCallUpdate()) { _ in print(Thread.isMainThread ? "on main" : "off main") }\ncompletion()'),
    Misuse("expects_main_in_notifications", "printed: off main", "report()\ncompletion()\n"
           'UNUserNotificationCenter.current().requestAuthorization { _, _ in\n'
           'print(Thread.isMainThread ? "on main" : "off main")\n}'),
    Misuse("uses_application_off_main", "off the main thread",
           "report()\nDispatchQueue.global().async { _ = UIApplication.shared }\ncompletion()"),
    Misuse("posts_without_permission", "without permission", "report()\nUNUserNotificationCenter.current().add("
           'UNNotificationRequest(identifier: "", content: UNNotificationContent(), trigger: nil))\ncompletion()'),

    Misuse("registers_late", "registered after launch", "report()\nregister { _ in }\ncompletion()", permitted=("tidy",)),
    Misuse("registers_twice", "registered twice", launch="register { _ in }\nregister { _ in }", permitted=("tidy",)),
    Misuse("registers_what_is_not_permitted", "does not permit", launch="register { _ in }\nlisten()"),
    Misuse("submits_what_is_not_permitted", "does not permit", "report()\nsubmit()\ncompletion()"),
    Misuse("submits_without_mode", "does not permit", launch="register { _ in }\nlisten()", **{**TASK, "modes": ("voip",)}),
    Misuse("submits_on_main", "submitted on the main thread",
           "report()\ntry? BGTaskScheduler.shared.submit(BGAppRefreshTaskRequest(identifier: \"tidy\"))\ncompletion()"),
    Misuse("registers_nothing", "nothing is registered", permitted=("tidy",)),
    Misuse("schedules_below_13", "no BGTaskScheduler below", launch="register { _ in }", permitted=("tidy",), system=12),
    task("never_completes", "never completed", ""),
    task("completes_task_twice", "completed more than once",
         "task.setTaskCompleted(success: true)\ntask.setTaskCompleted(success: true)"),
    task("completes_task_early", "completed while its work goes on",
         GET % "" + "task.setTaskCompleted(success: true)"),
    Misuse("ignores_expiry", "no expiration handler", launch="register { _ in }\nlisten()",
           **{**TASK, "kinds": ("voip", "expiry")}),

    Misuse("takes_no_silent_push", "no method of the app takes", kinds=("silent",), modes=("remote-notification",)),
    Misuse("lacks_the_silent_mode", "lacks the mode for silent", silent="completionHandler(.newData)", kinds=("silent",)),
    Misuse("never_ends_silent_push", "fetchCompletionHandler is never", silent="", kinds=("silent",),
           launch="listen()", modes=("remote-notification",)),
    Misuse("ends_silent_push_twice", "fetchCompletionHandler is called more than once", kinds=("silent",),
           silent="completionHandler(.newData)\ncompletionHandler(.newData)", modes=("remote-notification",)),
    Misuse("ends_silent_push_early", "silent push is completed while its work", kinds=("silent",),
           silent=GET % "" + "completionHandler(.newData)", modes=("remote-notification",)),

    Misuse("service_keeps_every_rule", "", service="contentHandler(request.content)"),
    Misuse("hands_content_back_twice", "contentHandler is called more than once",
           service="contentHandler(request.content)\ncontentHandler(request.content)"),
    Misuse("never_hands_content_back", "contentHandler is never called", service="print(request.identifier)"),
    Misuse("service_uses_application", "extension uses UIApplication.shared", service="_ = UIApplication.shared"),
    Misuse("service_registers", "extension registers", service="BGTaskScheduler.shared.register("
           'forTaskWithIdentifier: "tidy", using: nil) { _ in }'),
    Misuse("service_reports", "extension reports a call", service="CXProvider(configuration: .init())"
           ".reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }"),
]


def unit(m):
    if m.service:
        return Unit(m.name, [("NotificationService.swift", SERVICE.replace("PUSH", m.service))], is_extension=True)
    silent = SILENT % m.silent if m.silent or m.name == "never_ends_silent_push" else ""
    text = APP.replace("LAUNCH", m.launch).replace("PUSH", m.push).replace("SILENT", silent)
    return Unit(m.name, [("AppDelegate.swift", text)])


def said(device, m):
    """All that was noticed about the program."""
    kinds = ("alert",) if m.service else m.kinds
    steps = [{"kind": "background" if k == "expiry" else k, "name": k, "expires": k == "expiry",
              "payload": ALERT if k == "alert" else {}} for k in kinds]
    came = device.run(m.name, steps, system=m.system,
                      info={"isExtension": bool(m.service), "modes": m.modes, "permitted": m.permitted})
    return [text for o in came
            for text in [*o.violations, *filter(None, [o.killed]), *("printed: " + p for p in o.printed)]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("swiftc", "runner", "work"):
        parser.add_argument("--" + name, required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    args = parser.parse_args()
    shutil.rmtree(args.work, ignore_errors=True)
    device = Device(args.work, args.swiftc, args.runner)
    for m in MISUSES:
        device.install(unit(m))
    device.build()
    with ThreadPoolExecutor(4) as pool:
        all_said = list(pool.map(lambda m: said(device, m), MISUSES))
    missed = 0
    for m, texts in zip(MISUSES, all_said):
        is_noticed = any(m.says in t for t in texts) if m.says else not texts
        missed += not is_noticed
        print(f"{m.name}: {'noticed' if is_noticed and m.says else 'kept' if is_noticed else f'MISSED: {texts}'}")
    print(f"{len(MISUSES)} programs, {missed} missed")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"misuse.py: {failure}")
