//===-- AppPlist.h - what an app's Info.plist permits -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_XCODE_APPPLIST_H
#define RINGFENCE_REWRITERS_XCODE_APPPLIST_H

#include "rewriters/edit/FixSet.h"
#include "rewriters/xcode/PropertyList.h"
#include "rewriters/xcode/Targets.h"
#include <string>
#include <vector>

namespace ringfence::xcode {

/// Of the Info.plist files \p InfoPlists, those that a change of the app around
/// the source at \p Path has to be made in: one for each app target, or build
/// configuration, that compiles it. Where no target tells, the nearest alone;
/// none if several are equally near.
std::vector<std::string> plistsToEdit(std::vector<std::string> InfoPlists,
                                      const TargetList &Targets,
                                      llvm::StringRef Path);

/// Lets every one of \p Plists hold \p Values. What cannot be written, and all
/// of it where there is no such file (a target may keep its values in its build
/// settings), is left to the team in the words of \p Missing: "Add fetch to
/// UIBackgroundModes".
void addToPlists(FixSet &Set, const std::vector<std::string> &Plists,
                 ReadBytes Read, llvm::ArrayRef<ArrayAddition> Values,
                 const std::string &Missing);

/// Takes \p Value out of the array \p Key of each of \p Plists. Returns false
/// if there is none that can be read.
bool removeFromPlists(FixSet &Set, const std::vector<std::string> &Plists,
                      ReadBytes Read, llvm::StringRef Key,
                      llvm::StringRef Value);

} // namespace ringfence::xcode

#endif
