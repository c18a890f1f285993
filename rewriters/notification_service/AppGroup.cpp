//===-- AppGroup.cpp - where app and extension share files ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/AppGroup.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "rewriters/xcode/PropertyList.h"

using namespace ringfence;
using llvm::StringRef;

ProposeInput ringfence::withAppGroup(const ProposeInput &In, StringRef Of) {
  ProposeInput Out = In;
  if (!Out.Options.AppGroup.empty())
    return Out;
  for (const std::string &Path : xcode::entitlementsFor(
           In.Project.entitlements(), In.Project.targets(), Of)) {
    std::optional<std::string> Bytes = In.Project.read(Path);
    if (!Bytes)
      continue;
    llvm::Expected<xcode::PropertyList> P =
        xcode::PropertyList::read(Path, *Bytes);
    if (!P) {
      llvm::consumeError(P.takeError()); // it is not ours to report
      continue;
    }
    std::optional<std::vector<std::string>> Groups =
        P->strings("com.apple.security.application-groups");
    if (Groups && !Groups->empty()) {
      Out.Options.AppGroup = Groups->front();
      break;
    }
  }
  return Out;
}
