//===-- ServerPushes.cpp - the pushes that the server is to send -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/plan/TeamWork.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace ringfence;
using llvm::StringRef;
namespace json = llvm::json;

// Headers, sizes and payloads: Apple, "Sending notification requests to APNs",
// "Generating a remote notification", "Pushing background updates to your App"
// (developer.apple.com/documentation/usernotifications) and "Responding to VoIP
// Notifications from PushKit" (…/documentation/pushkit).

/// Puts \p Value under the path \p Path ("a.b"); what is there already stays.
static void put(json::Object &O, StringRef Path, json::Value Value) {
  auto [Head, Rest] = Path.split('.');
  if (Rest.empty()) {
    O.try_emplace(Head.str(), std::move(Value));
    return;
  }
  json::Value &Inner = O.try_emplace(Head.str(), json::Object()).first->second;
  if (Inner.kind() != json::Value::Object)
    Inner = json::Object();
  put(*Inner.getAsObject(), Rest, std::move(Value));
}

/// Adds the keys that handlers read for \p D; those of Apple's own dictionary
/// only if \p WithAps.
static void putKeys(json::Object &O, const MigrationPlan &Plan, Destination D,
                    bool WithAps) {
  for (const HandlerPlan &H : Plan.Handlers) {
    auto Keys = H.Keys.find(D);
    if (Keys == H.Keys.end())
      continue;
    for (const PayloadKey &K : Keys->second) {
      bool IsAps = K.Path == "aps" || StringRef(K.Path).starts_with("aps.");
      if (IsAps && !WithAps)
        continue;
      StringRef Literal = K.Value;
      Literal.consume_front("\"");
      Literal.consume_back("\"");
      std::string Text = Literal.empty() ? "…" : Literal.str();
      put(O, json::isUTF8(K.Path) ? K.Path : json::fixUTF8(K.Path),
          json::isUTF8(Text) ? Text : json::fixUTF8(Text));
    }
  }
}

static std::string text(json::Object O) {
  return llvm::formatv("{0:2}", json::Value(std::move(O))).str();
}

static PushKind callPush(const MigrationPlan &Plan) {
  PushKind K;
  K.Name = "A new call";
  K.Token = "PushKit";
  K.Headers = {{"apns-push-type", "voip"},
               {"apns-topic", "<bundle id>.voip"},
               {"apns-priority", "10"},
               {"apns-expiration", "0, or a few seconds from now"}};
  json::Object O;
  putKeys(O, Plan, Destination::Report, /*WithAps=*/true);
  K.Payload = text(std::move(O));
  K.MostBytes = 5120;
  K.Notes = {
      "For new calls only. An update or the end of a call goes over the "
      "connection that the call has, not into another VoIP push.",
      "Send all that the report needs: the call's UUID, the caller's name and "
      "handle, whether there is video. The handler then has to look nothing "
      "up before it reports."};
  return K;
}

static PushKind messagePush(const MigrationPlan &Plan, const PlanNeeds &Needs) {
  PushKind K;
  K.Name = "A message";
  K.Token = "APNs";
  K.Headers = {{"apns-push-type", "alert"},
               {"apns-topic", "<bundle id>"},
               {"apns-priority", "10, or 5 if it can wait"},
               {"apns-expiration", "as long as it is worth showing"}};
  if (Needs.CollapseId)
    K.Headers.emplace_back("apns-collapse-id",
                           "the identifier that the local notification had");
  json::Object O;
  O["aps"] =
      json::Object{{"alert", json::Object{{"title", "New message"},
                                          {"body", "Open the app to read it"}}},
                   {"mutable-content", 1}};
  putKeys(O, Plan, Destination::NotificationService, /*WithAps=*/false);
  K.Payload = text(std::move(O));
  K.Notes = {"Without 'alert' or 'mutable-content' the extension does not run.",
             "The text in 'alert' is what shows if the extension runs out of "
             "time or memory: let it be true for every message, and give "
             "nothing away."};
  return K;
}

/// Where only decrypting tells the two apart.
static PushKind encryptedPush(const MigrationPlan &Plan,
                              const PlanNeeds &Needs) {
  PushKind K = messagePush(Plan, Needs);
  K.Name = "A call or a message, which the server cannot tell apart";
  for (auto &[Header, Value] : K.Headers) {
    if (Header == "apns-priority")
      Value = "10";
    if (Header == "apns-expiration")
      Value = "a few seconds from now, if it may be a call";
  }
  json::Object O =
      std::move(*llvm::cantFail(json::parse(K.Payload)).getAsObject());
  putKeys(O, Plan, Destination::Report, /*WithAps=*/false);
  K.Payload = text(std::move(O));
  K.Notes.push_back(
      "No VoIP push is sent, except to iOS before 14.5: the extension "
      "decrypts, "
      "and hands a call to the app by CXProvider."
      "reportNewIncomingVoIPPushPayload, which takes the entitlement "
      "com.apple.developer.usernotifications.filtering.");
  return K;
}

static PushKind silentPush(const MigrationPlan &Plan, const PlanNeeds &Needs) {
  PushKind K;
  K.Name = Needs.AllSilent ? "What VoIP pushes brought"
           : Needs.Silent  ? "Something to do without showing it"
                           : "Something new to fetch (where a background task "
                             "comes too late)";
  K.Token = "APNs";
  K.Headers = {{"apns-push-type", "background"},
               {"apns-topic", "<bundle id>"},
               {"apns-priority", "5"},
               {"apns-expiration", "as long as it is of use"}};
  json::Object O;
  O["aps"] = json::Object{{"content-available", 1}};
  putKeys(O, Plan, Destination::BackgroundPush, /*WithAps=*/false);
  if (Needs.Tasks)
    putKeys(O, Plan, Destination::BackgroundTask, /*WithAps=*/false);
  if (Needs.AllSilent)
    for (const HandlerPlan &H : Plan.Handlers)
      for (const auto &[D, Keys] : H.Keys)
        putKeys(O, Plan, D, /*WithAps=*/false);
  K.Payload = text(std::move(O));
  K.Notes = {
      "No 'alert', 'badge' or 'sound' beside 'content-available'.",
      "Delivery is not promised: Apple advises two or three an hour at most, "
      "holds one per app, and delivers none after the user has swiped the app "
      "away. What must not be lost is fetched again at launch."};
  return K;
}

std::vector<PushKind> ringfence::pushKinds(const MigrationPlan &Plan,
                                           const PlanNeeds &Needs) {
  std::vector<PushKind> Kinds;
  if (Needs.HandsOver)
    Kinds.push_back(encryptedPush(Plan, Needs));
  else if (Needs.Calls)
    Kinds.push_back(callPush(Plan));
  if (Needs.Messages && !Needs.HandsOver)
    Kinds.push_back(messagePush(Plan, Needs));
  if (Needs.Silent || Needs.Tasks)
    Kinds.push_back(silentPush(Plan, Needs));
  return Kinds;
}
