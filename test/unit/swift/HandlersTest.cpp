//===-- HandlersTest.cpp - PushKit's delegate methods and registrations -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reading.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::swift;

/// "signature: registry payload type metadata completion" of each handler.
static std::vector<std::string> handlersIn(llvm::StringRef Text) {
  std::vector<std::string> Result;
  for (const Handler &H : readText(Text).Handlers) {
    std::string S = nameOf(H.S).str() + (H.IsAsync ? " async:" : ":");
    for (const std::string &Name :
         {H.Registry, H.Payload, H.PushType, H.Metadata, H.Completion})
      S += " " + (Name.empty() ? "-" : Name);
    Result.push_back(S);
  }
  return Result;
}

using Strings = std::vector<std::string>;

static std::string inDelegate(llvm::StringRef Member) {
  return "class D: NSObject, PKPushRegistryDelegate {\n" + Member.str() +
         "\n}\n";
}

TEST(SwiftHandlers, EverySignature) {
  EXPECT_EQ(handlersIn(inDelegate(
                "func pushRegistry(_ registry: PKPushRegistry, "
                "didReceiveIncomingPushWith payload: PKPushPayload, for type: "
                "PKPushType, completion: @escaping () -> Void) { }")),
            Strings{"completion: registry payload type - completion"});
  EXPECT_EQ(handlersIn(inDelegate(
                "func pushRegistry(_ r: PKPushRegistry, "
                "didReceiveIncomingPushWith p: PKPushPayload, for t: "
                "PKPushType) { }")),
            Strings{"no-completion: r p t - -"});
  EXPECT_EQ(handlersIn(inDelegate(
                "func pushRegistry(_ r: PKPushRegistry, "
                "didReceiveIncomingPushWith p: PKPushPayload, for t: "
                "PKPushType) async { }")),
            Strings{"async async: r p t - -"});
  EXPECT_EQ(handlersIn(inDelegate(
                "func pushRegistry(_ r: PKPushRegistry, "
                "didReceiveIncomingVoIPPushWith p: PKPushPayload, metadata: "
                "PKVoIPPushMetadata, withCompletionHandler done: @escaping "
                "() -> Void) { }")),
            Strings{"metadata: r p - metadata done"});
  EXPECT_EQ(handlersIn(inDelegate(
                "func pushRegistry(_ r: PKPushRegistry, "
                "didReceiveIncomingVoIPPushWith p: PKPushPayload, metadata m: "
                "PKVoIPPushMetadata) async { }")),
            Strings{"metadata async: r p - m -"});
}

TEST(SwiftHandlers, SpellingsOfSwift2And3) {
  EXPECT_EQ(handlersIn(inDelegate(
                "func pushRegistry(registry: PKPushRegistry!, "
                "didReceiveIncomingPushWithPayload payload: PKPushPayload!, "
                "forType type: String!) { }")),
            Strings{"no-completion: registry payload type - -"});
  EXPECT_EQ(handlersIn(inDelegate(
                "func pushRegistry(_ registry: PKPushRegistry, "
                "didReceiveIncomingPushWith payload: PKPushPayload, forType "
                "type: PKPushType) { }")),
            Strings{"no-completion: registry payload type - -"});
}

TEST(SwiftHandlers, InExtensionsActorsAndWithAttributes) {
  EXPECT_EQ(
      handlersIn("extension D: PKPushRegistryDelegate {\n"
                 "  @objc(pushy) @MainActor\n"
                 "  nonisolated public func pushRegistry(\n"
                 "    _ registry: PKPushRegistry,\n"
                 "    didReceiveIncomingPushWith payload: PKPushPayload,\n"
                 "    for type: PKPushType,\n"
                 "    completion: @escaping () -> Void\n"
                 "  ) {\n  }\n}\n"),
      Strings{"completion: registry payload type - completion"});
}

TEST(SwiftHandlers, BothBranchesOfAnIf) {
  EXPECT_EQ(
      handlersIn(
          inDelegate("#if OLD\n"
                     "func pushRegistry(_ r: PKPushRegistry, "
                     "didReceiveIncomingPushWith p: PKPushPayload, for t: "
                     "PKPushType) { a() }\n"
                     "#else\n"
                     "func pushRegistry(_ r: PKPushRegistry, "
                     "didReceiveIncomingPushWith p: PKPushPayload, for t: "
                     "PKPushType, completion c: @escaping () -> Void) { b() }\n"
                     "#endif\n"))
          .size(),
      2u);
}

TEST(SwiftHandlers, SinchHandsPushesOn) {
  EXPECT_EQ(handlersIn(inDelegate(
                "func managedPush(_ push: SINManagedPush, "
                "didReceiveIncomingPushWithPayload info: [AnyHashable: Any], "
                "forType type: String) { }")),
            Strings{"no-completion: push info type - -"});
}

TEST(SwiftHandlers, WhatLooksLikeOneIsNone) {
  for (llvm::StringRef Other :
       {// Another delegate method.
        "func pushRegistry(_ r: PKPushRegistry, didUpdate c: "
        "PKPushCredentials, for t: PKPushType) { }",
        // A call, not a definition.
        "func f() { d.pushRegistry(r, didReceiveIncomingPushWith: p, for: "
        "t) { } }",
        // Comments.
        "/* func pushRegistry(_ r: PKPushRegistry, "
        "didReceiveIncomingPushWith p: PKPushPayload, for t: PKPushType) { "
        "} */",
        // Labels of its own.
        "func pushRegistry(_ r: PKPushRegistry, didReceiveIncomingPushWith "
        "p: PKPushPayload, for t: PKPushType, with e: Engine) { }",
        "func didReceiveIncomingPush(with p: PKPushPayload, for t: "
        "PKPushType, completion: () -> Void) { }",
        "static func pushRegistry(_ r: PKPushRegistry, "
        "didReceiveIncomingPushWith p: PKPushPayload, for t: PKPushType) { "
        "}",
        // A forwarding call with a trailing closure.
        "func g() { pushRegistry(r, didReceiveIncomingPushWith: p, for: t, "
        "completion: { }) }"})
    EXPECT_EQ(handlersIn(inDelegate(Other)), Strings{}) << Other.str();
  EXPECT_EQ(handlersIn("protocol P {\nfunc pushRegistry(_ r: PKPushRegistry, "
                       "didReceiveIncomingPushWith p: PKPushPayload, for t: "
                       "PKPushType)\n}\n"),
            Strings{});
  EXPECT_EQ(handlersIn("let s = \"func pushRegistry(_ r: PKPushRegistry, "
                       "didReceiveIncomingPushWith p: PKPushPayload, for t: "
                       "PKPushType) { }\"\n"),
            Strings{});
}

static std::string registrationsIn(llvm::StringRef Text) {
  std::string S;
  for (const Registration &R : readText(Text).Registrations)
    S += R.Owner + "|" + R.Function + "|" + R.Queue + "|" + R.Delegate +
         (R.SetsTypes ? "|types" : "") + (R.HasVoIP ? "|voip" : "") + "\n";
  return S;
}

TEST(SwiftRegistrations, MadeInAFunction) {
  EXPECT_EQ(registrationsIn(
                inDelegate("func set() {\n"
                           "  let registry = PKPushRegistry(queue: .main)\n"
                           "  registry.delegate = self\n"
                           "  registry.desiredPushTypes = [.voIP]\n}")),
            "D|D.set()|.main|self|types|voip\n");
}

TEST(SwiftRegistrations, MadeByAnInitialiserAndSetLater) {
  EXPECT_EQ(registrationsIn(inDelegate(
                "let registry = PKPushRegistry(queue: nil)\n"
                "func set() {\n"
                "  registry.delegate = self\n"
                "  registry.desiredPushTypes = Set([PKPushType.voIP])\n}")),
            "D||nil|\nD|D.set()|nil|self|types|voip\n");
}

TEST(SwiftRegistrations, OtherTypesAndTakingBack) {
  EXPECT_EQ(registrationsIn(
                inDelegate("func off() { registry.desiredPushTypes = [] }\n"
                           "func files() {\n"
                           "  let r = PKPushRegistry.init(queue: q)\n"
                           "  r.desiredPushTypes = [.fileProvider]\n}")),
            "D|D.files()|q||types\nD|D.off()|||types\n");
}

TEST(SwiftRegistrations, InALazyProperty) {
  EXPECT_EQ(
      registrationsIn(inDelegate("lazy var registry: PKPushRegistry = {\n"
                                 "  let r = PKPushRegistry(queue: .main)\n"
                                 "  r.delegate = self\n"
                                 "  r.desiredPushTypes = [.voIP]\n"
                                 "  return r\n}()")),
      "D|D.registry|.main|self|types|voip\n");
}
