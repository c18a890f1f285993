#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The generated handlers. `moves` says what `fix --step move` takes out of each: what
is left in place has to work there all the same."""

from generate import CALL, Arm, Case

POST = """\
UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil))
"""
MESSAGE = """\
let content = UNMutableNotificationContent()
content.title = info["sender"] as? String ?? "New message"
content.body = info["text"] as? String ?? ""
""" + POST + "completion()\n"
SENT = {"sender": "Ann", "text": "See you at eight"}


def message(code=MESSAGE, **payload):
    return Arm("message", "message", code, {**SENT, **payload})


def content(*settings, before="", after=""):
    """The arm of a message that sets more of its content."""
    return before + MESSAGE.replace(POST, "".join(s + "\n" for s in settings) + POST + after)


def work(code, **payload):
    return Arm("work", "sync", code, payload)


REFRESH = "Store.shared.refresh {\n    Store.shared.prune()\n}\ncompletion()\n"
PRUNE = "Store.shared.prune()\ncompletion()\n"
NOTE = "let item = info[\"item\"] as? String ?? \"\"\nStore.shared.note(item) {}\ncompletion()\n"
BOTH, NONE = {"message", "work"}, set()

CASES = [
    # How the kinds are told apart.
    Case("plain_switch", "switch", [message(), work(PRUNE)], BOTH),
    Case("plain_chain", "chain", [message(), work(PRUNE)], BOTH),
    Case("plain_early", "early", [message(), work(PRUNE)], BOTH),
    Case("plain_number", "number", [message()], {"message"}),

    # What a message shows.
    Case("badge", "switch", [message(content(
        'content.badge = (info["unread"] as? Int).map { NSNumber(value: $0) }'), unread=7)], {"message"}),
    Case("sound", "chain", [message(content("content.sound = .default"))], {"message"}),
    Case("named_sound", "early", [message(content(
        "if info[\"urgent\"] as? Bool == true {",
        "    content.sound = UNNotificationSound(named: UNNotificationSoundName(\"alarm.caf\"))",
        "} else {",
        "    content.sound = .default",
        "}"), urgent=True)], {"message"}),
    Case("threads", "switch", [message(content(
        'content.subtitle = info["group"] as? String ?? ""',
        'content.threadIdentifier = info["conversation"] as? String ?? ""',
        'content.categoryIdentifier = "MESSAGE"'), group="Rowing", conversation="c7")], {"message"}),
    Case("user_info", "number", [message(content("content.userInfo = info"))], {"message"}),
    Case("collaborator", "switch", [message(content('content.body = formatter.text(info["text"] as? String)'))],
         {"message"}, members="private let formatter = Formatter()\n"),
    Case("own_method", "chain", [message(content('content.body = shortened(info["text"] as? String ?? "")'))],
         {"message"},
         methods="private func shortened(_ text: String) -> String {\n    String(text.prefix(7))\n}\n"),
    Case("local_before", "switch", [message(content(
        "content.body = parts.joined(separator: \": \")",
        before='let parts = [info["sender"] as? String ?? "", info["text"] as? String ?? ""]\n'))], {"message"}),
    Case("posting_method", "early", [message('show(info)\ncompletion()\n')], {"message"},
         methods="private func show(_ info: [AnyHashable: Any]) {\n"
                 + "".join(f"    {line}\n" for line in MESSAGE.splitlines()[:-1]) + "}\n"),
    Case("texts_for_a_method", "chain", [
        message('let sender = info["sender"] as? String ?? "New message"\n'
                'show(title: sender, text: info["text"] as? String)\ncompletion()\n')], {"message"},
         methods="private func show(title: String, text: String?) {\n"
                 "    let content = UNMutableNotificationContent()\n"
                 "    content.title = title\n"
                 "    content.body = text ?? \"\"\n"
                 f"    {POST}}}\n"),
    Case("mentioned", "switch", [message(content(after=
        "if let mention = info[\"mention\"] as? String {\n"
        "    let other = UNMutableNotificationContent()\n"
        "    other.title = \"Mentioned\"\n"
        "    other.body = mention\n"
        f"    {POST.replace('content: content', 'content: other')}"
        "}\n"), mention="Rowing")], {"message"}),
    Case("guard_inside", "switch", [
        message('guard let sender = info["sender"] as? String else {\n    completion()\n    return\n}\n'
                + MESSAGE.replace('info["sender"] as? String ?? "New message"', "sender"))], {"message"}),
    Case("loop", "chain", [message(content(
        "for line in info[\"lines\"] as? [String] ?? [] where !line.isEmpty {",
        "    content.body += \"\\n\" + line",
        "}"), lines=["one", "", "two"])], {"message"}),
    Case("posted_in_closure", "chain", [message("DispatchQueue.main.async {\n"
         + "".join("    " + l + "\n" for l in MESSAGE.splitlines()) + "}\n")], {"message"}),
    Case("posted_in_task", "switch", [message("Task {\n"
         + "".join("    " + l + "\n" for l in MESSAGE.splitlines()) + "}\n")], {"message"}),
    Case("posted_with_end", "early", [message(MESSAGE.replace("trigger: nil))\ncompletion()", "trigger: nil)) { _ in\n    completion()\n}"))], {"message"}),
    Case("switch_inside", "switch", [message(content(
        'switch info["media"] as? String {',
        'case "image":',
        '    content.body = "Sent a picture"',
        'case let other?:',
        '    content.body = "Sent " + other',
        'default:',
        '    break',
        '}'), media="image")], {"message"}),
    Case("if_let_inside", "chain", [message(content(
        'if let count = info["unread"] as? Int, count > 1 {',
        '    content.badge = NSNumber(value: count)',
        '    content.subtitle = "\\(count) unread"',
        '}'), unread=3)], {"message"}),
    Case("two_kinds", "switch", [
        message(),
        Arm("message", "missed", MESSAGE.replace("New message", "Missed call").replace('info["text"] as? String ?? ""',
                                                                                      '"Call back?"'),
            {"sender": "Bob"})], {"message"}),
    Case("two_kinds_early", "early", [
        message(content("content.sound = .default")),
        Arm("message", "invitation", MESSAGE.replace('info["text"] as? String ?? ""', '"Invites you"'), {"sender": "Bob"}),
        Arm("message", "reminder", MESSAGE.replace('info["sender"] as? String ?? "New message"', '"Reminder"'),
            {"text": "Call home"})], {"message"}),

    # Work that can wait.
    Case("work_with_end", "switch", [work(REFRESH)], {"work"}),
    Case("work_on_queue", "chain", [work(REFRESH)], {"work"}, queue=".main"),
    Case("work_completes", "early", [work("Store.shared.refresh {\n    completion()\n}\n")], {"work"}),
    Case("work_hands_completion_on", "chain", [work("Store.shared.refresh(completion: completion)\n")], {"work"}),
    Case("work_method", "switch", [work("synchronise()\ncompletion()\n")], {"work"},
         methods="private func synchronise() {\n    Store.shared.refresh {\n        Store.shared.prune()\n    }\n}\n"),
    Case("work_uses_members", "switch", [work("store.refresh { [weak self] in\n    self?.log(\"refreshed\")\n}\ncompletion()\n")], {"work"},
         members="private let store = Store.shared\n",
         methods="private func log(_ text: String) {\n    print(\"work: \" + text)\n}\n"),
    Case("work_if_flag", "switch", [work(
        "if UserDefaults.standard.bool(forKey: \"syncs\") {\n    Store.shared.prune()\n}\ncompletion()\n")],
         {"work"}, defaults={"": {"syncs": True}}),
    Case("work_in_task", "chain", [work("Task {\n    Store.shared.prune()\n    completion()\n}\n")], {"work"}),
    Case("work_in_closure", "switch", [work(
        "DispatchQueue.global().async {\n    Store.shared.prune()\n    completion()\n}\n")], {"work"}),
    Case("work_held_weakly", "early", [work(
        "DispatchQueue.global().async { [weak self] in\n    self?.tidy()\n    completion()\n}\n")], {"work"},
         methods="private func tidy() {\n    Store.shared.prune()\n}\n"),
    Case("work_held_surely", "chain", [work(
        "DispatchQueue.main.async { [weak self] in\n    guard let self = self else { return }\n    self.tidy()\n"
        "    completion()\n}\n")], {"work"},
         methods="private func tidy() {\n    Store.shared.prune()\n}\n"),
    Case("work_behind_guard", "chain", [work(
        "guard UserDefaults.standard.bool(forKey: \"syncs\") else {\n    completion()\n    return\n}\n" + PRUNE)],
         {"work"}, defaults={"": {"syncs": True}}),
    Case("work_twice", "early", [work("Store.shared.prune()\nStore.shared.refresh {}\ncompletion()\n")], {"work"}),
    Case("work_and_message", "switch", [message("Store.shared.prune()\n" + MESSAGE)], {"message"}),
    Case("work_with_values", "switch", [work(NOTE, item="i7")], {"work"}),
    Case("work_with_guarded_value", "switch", [work(
        "guard let item = info[\"item\"] as? String else {\n    completion()\n    return\n}\n"
        "Store.shared.note(item) {}\ncompletion()\n", item="i7")], {"work"}, queue=".main"),
    Case("work_before_13", "switch", [message(), work(PRUNE)], BOTH, deployment_target="12.0",
         systems=(17, 12), works_at_once=("move, iOS 12",), keeps=frozenset({"work"})),
    Case("work_if_available", "early", [work(
        "if #available(iOS 15, *) {\n    Store.shared.prune()\n} else {\n    print(\"work: nothing\")\n}\ncompletion()\n")],
         {"work"}, systems=(17, 14), works_at_once=("move, iOS 14",), keeps=frozenset({"work"})),

    # Other pushes.
    Case("cancel", "switch", [Arm(
        "other", "cancel",
        'if let text = info["call"] as? String, let id = UUID(uuidString: text) {\n    calls.end(id)\n}\ncompletion()\n',
        {"call": CALL})], NONE),
    Case("muted", "chain", [message(content("content.sound = isMuted ? nil : .default",
                                            before='let isMuted = UserDefaults.standard.bool(forKey: "muted")\n'))],
         NONE, defaults={"": {"muted": True}}),
]
