//===-- ProjectFolder.cpp - the project that a file belongs to -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/discover/ProjectFolder.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace ringfence;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static bool hasProjectFile(StringRef Folder) {
  for (StringRef Name : {".ringfence.yaml", "Package.swift", "Podfile"})
    if (fs::exists(Folder + "/" + Name))
      return true;
  std::error_code EC;
  for (fs::directory_iterator It(Folder, EC), End; !EC && It != End;
       It.increment(EC)) {
    StringRef Ending = path::extension(It->path());
    if (Ending == ".xcodeproj" || Ending == ".xcworkspace")
      return true;
  }
  return false;
}

std::string ringfence::projectFolder(StringRef Folder) {
  llvm::SmallString<128> Home;
  bool HasHome = path::home_directory(Home);
  std::string Nearest;
  for (; Folder.size() > 1 && !(HasHome && Folder == Home);
       Folder = path::parent_path(Folder)) {
    if (fs::exists(Folder + "/.git"))
      return Folder.str();
    if (Nearest.empty() && hasProjectFile(Folder))
      Nearest = Folder.str();
  }
  return Nearest;
}
