//===-- Walk.cpp - folders in, names of sources out -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/Walk.h"
#include "tool/discover/IgnoreRules.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace ringfence;

// No project nests deeper; what does is a loop made by mounts.
static constexpr unsigned MaxDepth = 128;

FileKind ringfence::kindOf(llvm::StringRef Name) {
  if (Name.ends_with_insensitive(".swift") ||
      Name.ends_with_insensitive(".m") || Name.ends_with_insensitive(".mm") ||
      Name.ends_with_insensitive(".h"))
    return FileKind::Source;
  // "Info.plist", "App-Info.plist", "Info-Debug.plist".
  if (Name.ends_with(".plist") && Name.contains("Info"))
    return FileKind::InfoPlist;
  if (Name.ends_with(".entitlements"))
    return FileKind::Entitlements;
  // Xcode's, and XcodeGen's.
  if (Name == "project.pbxproj" || Name == "project.yml" ||
      Name == "project.yaml")
    return FileKind::Manifest;
  if (Name == ".gitignore")
    return FileKind::IgnoreRules;
  return FileKind::None;
}

namespace {

struct Pending {
  std::string Path; ///< "" or "a/b/"
  unsigned Depth;
  bool Vendored;
};

enum class EntryType { Folder, File, Link, Other };

EntryType typeOf(const dirent &E, int Dir) {
  switch (E.d_type) {
  case DT_DIR:
    return EntryType::Folder;
  case DT_REG:
    return EntryType::File;
  case DT_LNK:
    return EntryType::Link;
  case DT_UNKNOWN: { // some file systems do not say
    struct stat S;
    if (::fstatat(Dir, E.d_name, &S, AT_SYMLINK_NOFOLLOW) != 0)
      return EntryType::Other;
    return S_ISDIR(S.st_mode)   ? EntryType::Folder
           : S_ISREG(S.st_mode) ? EntryType::File
           : S_ISLNK(S.st_mode) ? EntryType::Link
                                : EntryType::Other;
  }
  default:
    return EntryType::Other;
  }
}

/// Link \p Name in folder \p Dir stands for code: a source other than a header,
/// or a folder that is not hidden.
bool leadsToCode(llvm::StringRef Name, int Dir) {
  struct stat S;
  if (Name.starts_with(".") || ::fstatat(Dir, Name.data(), &S, 0) != 0)
    return false;
  return S_ISDIR(S.st_mode) || (kindOf(Name) == FileKind::Source &&
                                !Name.ends_with_insensitive(".h"));
}

bool isSkipped(llvm::StringRef Name) {
  return Name == "." || Name == ".." || Name == ".git" || Name == ".hg" ||
         Name == ".svn" || Name == ".ringfence";
}

} // namespace

void ringfence::walk(const Folder &Root, llvm::StringRef From,
                     llvm::function_ref<void(WalkedFile &&)> Found,
                     std::vector<Problem> &Problems) {
  std::vector<Pending> Folders;
  std::string Start = From.empty() ? "" : From.str() + "/";
  Folders.push_back({Start, 0, isVendored(Start + "x")});
  while (!Folders.empty()) {
    Pending Here = std::move(Folders.back());
    Folders.pop_back();
    auto Say = [&](const std::string &Message) {
      Problems.push_back({Here.Path, 0, Message});
    };
    if (Here.Depth > MaxDepth) {
      Say("folders nest deeper than 128 levels; not entered");
      continue;
    }
    int Fd =
        ::openat(Root.descriptor(), Here.Path.empty() ? "." : Here.Path.c_str(),
                 O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *Dir = Fd < 0 ? nullptr : ::fdopendir(Fd);
    if (!Dir) {
      Say(std::string("cannot open folder: ") + std::strerror(errno));
      if (Fd >= 0)
        ::close(Fd);
      continue;
    }
    while (dirent *E = ::readdir(Dir)) {
      llvm::StringRef Name = E->d_name;
      if (isSkipped(Name))
        continue;
      EntryType T = typeOf(*E, Fd);
      if (T == EntryType::Folder) {
        std::string Path = Here.Path + E->d_name + "/";
        bool Vendored = Here.Vendored || isVendoredFolder(Name);
        Folders.push_back({std::move(Path), Here.Depth + 1, Vendored});
      } else if (T == EntryType::File) {
        FileKind K = kindOf(Name);
        if (K != FileKind::None)
          Found({Here.Path + E->d_name, K, Here.Vendored});
      } else if (T == EntryType::Link && !Here.Vendored &&
                 !isVendoredFolder(Name) && leadsToCode(Name, Fd)) {
        Found({Here.Path + E->d_name, FileKind::Link, false});
      }
    }
    ::closedir(Dir);
  }
}
