//===-- SettingChanges.cpp - settings, and files to be told of -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Conversation.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

void Conversation::configure(const Json &Given) {
  auto New = withSettings(Defaults, Given);
  if (!New)
    return say(1, llvm::toString(New.takeError()));
  Config = std::move(*New);
  for (auto &W : Workspaces)
    if (auto Fault = W->configure(Config))
      say(1, *Fault);
}

void Conversation::didChangeConfiguration(const Params &P) {
  const Json *Given = P.object().get("settings");
  if (TheClient.ConfigurationRequests &&
      (!Given || Given->kind() != Json::Object))
    return askForConfiguration();
  if (Given)
    configure(*Given);
}

void Conversation::askForConfiguration() {
  ask("workspace/configuration",
      Object{{"items", Array{Object{{"section", "ringfence"}}}}},
      [this](const Json &Answer) {
        const Array *Items = Answer.getAsArray();
        if (Items && !Items->empty() && Items->front().getAsObject())
          configure(Items->front());
      });
}

void Conversation::watchFiles() {
  Array Watchers;
  for (StringRef Glob : {"**/*.{swift,m,mm,h}", "**/.ringfence.yaml",
                         "**/*.{plist,entitlements}"})
    Watchers.push_back(Object{{"globPattern", Glob}});
  ask("client/registerCapability",
      Object{{"registrations",
              Array{Object{{"id", "files"},
                           {"method", "workspace/didChangeWatchedFiles"},
                           {"registerOptions",
                            Object{{"watchers", std::move(Watchers)}}}}}}});
}
