//===-- Services.cpp - notification services of the project ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/Services.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

std::vector<std::string> ringfence::servicesOf(const ProposeInput &In,
                                               const JudgedHandler &JH) {
  std::vector<std::string> Paths;
  for (const std::string &Path :
       In.Project.filesWith("UNNotificationServiceExtension")) {
    const File *F = In.Project.file(Path);
    if (!F)
      continue;
    for (const Type &T : F->Types)
      if (T.K == Type::Kind::Implementation ||
          llvm::is_contained(T.Supertypes, "UNNotificationServiceExtension"))
        if (!StringRef(Path).ends_with(".h") &&
            !llvm::is_contained(Paths, Path))
          Paths.push_back(Path);
    // An Objective-C class names its superclass in a header.
    if (StringRef(Path).ends_with(".h")) {
      std::string Other = StringRef(Path).drop_back(2).str() + ".m";
      if (In.Project.read(Other) && !llvm::is_contained(Paths, Other))
        Paths.push_back(Other);
    }
  }
  std::vector<std::string> Plists = In.Project.infoPlists();
  llvm::erase_if(Paths, [&](const std::string &Path) {
    return !xcode::belongsTogether(Plists, In.Project.targets(),
                                   JH.In->Source->path(), Path);
  });
  return Paths;
}

bool ringfence::serviceNames(const ProposeInput &In,
                             const std::vector<std::string> &Services,
                             StringRef Filler) {
  return llvm::any_of(Services, [&](const std::string &Path) {
    const File *F = In.Project.file(Path);
    return F &&
           mentions(*F,
                    {0, static_cast<std::uint32_t>(F->Source->bytes().size())},
                    Filler);
  });
}
