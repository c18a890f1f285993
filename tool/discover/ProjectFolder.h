//===-- ProjectFolder.h - the project that a file belongs to -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_DISCOVER_PROJECTFOLDER_H
#define RINGFENCE_TOOL_DISCOVER_PROJECTFOLDER_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ringfence {

/// The project that holds \p Folder, an absolute path: the root of its git
/// work tree; without one, the nearest folder upwards that has a project file
/// of Xcode, Swift packages or CocoaPods, or a .ringfence.yaml. "" if there is
/// none. The home folder and the file system's root are none: whoever keeps
/// those in git does not mean all that is in them.
std::string projectFolder(llvm::StringRef Folder);

} // namespace ringfence

#endif
