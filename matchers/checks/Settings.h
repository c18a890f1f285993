//===-- Settings.h - what the project's property lists say -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_CHECKS_SETTINGS_H
#define RINGFENCE_MATCHERS_CHECKS_SETTINGS_H

#include <string>
#include <vector>

namespace ringfence {

/// An app's Info.plist, as far as checks ask.
struct InfoPlist {
  std::string Path;
  std::vector<std::string> BackgroundModes; ///< UIBackgroundModes
  /// BGTaskSchedulerPermittedIdentifiers
  std::vector<std::string> TaskIdentifiers;
};

/// An entitlements file, as far as checks ask.
struct Entitlements {
  std::string Path;
  std::vector<std::string> Granted; ///< keys whose value is true
};

/// The property lists of the project that could be read.
struct ProjectSettings {
  std::vector<InfoPlist> InfoPlists; ///< of apps, extensions' left out
  std::vector<Entitlements> AllEntitlements;
  /// Some could not be read: what is missing may stand there.
  bool Incomplete = false;
};

} // namespace ringfence

#endif
