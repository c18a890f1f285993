//===-- ProjectFacts.h - what the project's files say -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PLAN_PROJECTFACTS_H
#define RINGFENCE_TOOL_PLAN_PROJECTFACTS_H

#include "matchers/checks/Finding.h"
#include "tool/pipeline/Project.h"
#include <string>
#include <vector>

namespace ringfence {

/// What property lists and sources say about the app of one handler.
struct ProjectFacts {
  std::string AppTarget;     ///< as its folder says it
  std::string ServiceTarget; ///< the extension's name, there or to be made
  std::string ServiceFolder; ///< where ringfence makes it
  std::string InfoPlist;     ///< the app's, "" if none was found
  std::vector<std::string> Services;  ///< files of an extension already there
  std::vector<std::string> AppGroups; ///< of the entitlements found
  std::vector<std::string> KeychainGroups;  ///< of the entitlements found
  std::vector<std::string> Entitlements;    ///< paths
  std::vector<std::string> BackgroundModes; ///< of the app's Info.plist
  bool AsksForRemoteToken = false;          ///< registerForRemoteNotifications
  bool AsksForAuthorization = false;        ///< requestAuthorization
  bool HandlesSilentPush = false;           ///< didReceiveRemoteNotification
  bool HasFiltering = false;                ///< the filtering entitlement
  std::vector<std::string> Manifests; ///< of tools that generate the project
};

/// Reads them. \p AppGroup is the configured one, "" for none.
ProjectFacts projectFacts(Project &P, const JudgedHandler &H,
                          llvm::StringRef AppGroup);

} // namespace ringfence

#endif
