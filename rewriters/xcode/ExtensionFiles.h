//===-- ExtensionFiles.h - project files of a new extension -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_XCODE_EXTENSIONFILES_H
#define RINGFENCE_REWRITERS_XCODE_EXTENSIONFILES_H

#include "rewriters/xcode/Targets.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ringfence::xcode {

/// \p InfoPlists, those first whose folder is nearest to the source at
/// \p Path: a tree may hold several apps.
std::vector<std::string> nearestFirst(std::vector<std::string> InfoPlists,
                                      llvm::StringRef Path);

/// False if the source at \p OtherPath, that of a notification service too, is
/// another app's than the handler's at \p HandlerPath: as \p Targets tell, and
/// as folders do where no target is known for one of them.
bool belongsTogether(const std::vector<std::string> &InfoPlists,
                     const TargetList &Targets, llvm::StringRef HandlerPath,
                     llvm::StringRef OtherPath);

/// False only where the sources at \p Path and \p Other are known to be parts
/// of different apps: as \p Targets tell, and where no target is known for one
/// of them, if each lies in the folder of another app's Info.plist.
bool mayShareAnApp(const std::vector<std::string> &InfoPlists,
                   const TargetList &Targets, llvm::StringRef Path,
                   llvm::StringRef Other);

/// Where the app's target keeps its files, as far as paths tell.
struct AppLayout {
  std::string Folder;    ///< the app's own folder, "" for the root
  std::string Target;    ///< the target's name as the folder says it
  std::string InfoPlist; ///< the app's Info.plist, "" when there is none

  /// The folder of its notification service: beside the app's own.
  std::string serviceFolder() const;
};

/// Guesses the layout from the app's Info.plist (the first of \p InfoPlists)
/// and, where that says nothing, from the handler's own path.
AppLayout appLayout(const std::vector<std::string> &InfoPlists,
                    llvm::StringRef HandlerPath);

/// Info.plist of a notification service extension whose principal class is
/// NotificationService. Values are build settings, so that the extension
/// keeps the app's version numbers.
std::string serviceInfoPlist(llvm::StringRef DisplayName, bool IsSwift);

/// Entitlements of the extension: the app group, where there is one, and with
/// \p Filters the right to have a notification not shown.
std::string serviceEntitlements(llvm::StringRef AppGroup, bool Filters = false);

/// Key of that right, which Apple grants on request (Apple's reference,
/// "com.apple.developer.usernotifications.filtering").
inline constexpr llvm::StringLiteral FilteringEntitlement =
    "com.apple.developer.usernotifications.filtering";

} // namespace ringfence::xcode

#endif
