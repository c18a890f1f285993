//===-- ProjectFacts.cpp - what the project's files say -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/plan/ProjectFacts.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "rewriters/xcode/PropertyList.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

static std::optional<xcode::PropertyList>
propertyList(Project &P, const std::string &Path) {
  std::optional<std::string> Bytes = P.read(Path);
  if (!Bytes)
    return std::nullopt;
  auto List = xcode::PropertyList::read(Path, *Bytes);
  if (!List) {
    // A binary or broken list says nothing; that is project-settings' matter.
    llvm::consumeError(List.takeError());
    return std::nullopt;
  }
  return std::move(*List);
}

static void addNew(std::vector<std::string> &To,
                   const std::optional<std::vector<std::string>> &More) {
  if (More)
    for (const std::string &S : *More)
      if (!llvm::is_contained(To, S))
        To.push_back(S);
}

static std::vector<std::string>
servicesOf(Project &P, const std::vector<std::string> &Plists,
           StringRef HandlerPath) {
  std::vector<std::string> Found;
  for (const std::string &Path :
       P.filesWith("UNNotificationServiceExtension")) {
    const File *F = P.file(Path);
    if (F && xcode::belongsTogether(Plists, P.targets(), HandlerPath, Path) &&
        llvm::any_of(F->Types, [](const Type &T) {
          return llvm::is_contained(T.Supertypes,
                                    "UNNotificationServiceExtension");
        })) {
      // Objective-C names the superclass in a header.
      std::string Source = Path;
      if (StringRef(Path).ends_with(".h"))
        Source = Path.substr(0, Path.size() - 2) + ".m";
      Found.push_back(P.read(Source) ? Source : Path);
    }
  }
  return Found;
}

ProjectFacts ringfence::projectFacts(Project &P, const JudgedHandler &H,
                                     StringRef AppGroup) {
  ProjectFacts F;
  StringRef Path = H.In->Source->path();
  std::vector<std::string> Plists = P.infoPlists();
  xcode::AppLayout App =
      xcode::appLayout(xcode::infoPlistsFor(Plists, P.targets(), Path), Path);
  F.AppTarget = App.Target;
  F.InfoPlist = App.InfoPlist;
  F.ServiceFolder = App.serviceFolder();
  F.ServiceTarget =
      StringRef(F.ServiceFolder).substr(F.ServiceFolder.rfind('/') + 1).str();
  F.Services = servicesOf(P, Plists, Path);
  if (!F.InfoPlist.empty())
    if (auto List = propertyList(P, F.InfoPlist))
      addNew(F.BackgroundModes, List->strings("UIBackgroundModes"));
  if (!AppGroup.empty())
    F.AppGroups.push_back(AppGroup.str());
  for (const std::string &E : P.entitlements()) {
    auto List = propertyList(P, E);
    if (!List)
      continue;
    F.Entitlements.push_back(E);
    addNew(F.AppGroups, List->strings("com.apple.security.application-groups"));
    addNew(F.KeychainGroups, List->strings("keychain-access-groups"));
    if (std::optional<std::string> Bytes = P.read(E))
      F.HasFiltering |= StringRef(*Bytes).contains(
          "com.apple.developer.usernotifications.filtering");
  }
  F.AsksForRemoteToken = !P.filesWith("registerForRemoteNotifications").empty();
  F.AsksForAuthorization = !P.filesWith("requestAuthorization").empty();
  F.HandlesSilentPush = !P.filesWith("didReceiveRemoteNotification").empty();
  for (const char *Manifest :
       {"project.yml", "Project.swift", "Package.swift", "app.json"})
    if (P.read(Manifest))
      F.Manifests.push_back(Manifest);
  return F;
}
