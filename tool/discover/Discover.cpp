//===-- Discover.cpp - the files of a run -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/Discover.h"
#include "tool/discover/IgnoreRules.h"
#include "tool/discover/ReadFile.h"
#include "tool/discover/ScanQueue.h"
#include "tool/discover/Walk.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>

using namespace ringfence;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// A path that was asked for, relative to the root ("" is the root itself).
struct Asked {
  std::string Path;
  bool IsFolder = true;

  bool holds(llvm::StringRef File) const {
    if (!IsFolder)
      return File == Path;
    return Path.empty() ||
           (File.starts_with(Path) && File.substr(Path.size())[0] == '/');
  }
};

llvm::Error noSuchPath(llvm::StringRef Path, std::error_code EC) {
  return llvm::createStringError(EC, "%s: %s", Path.str().c_str(),
                                 EC.message().c_str());
}

llvm::Expected<Asked> resolve(llvm::StringRef Root, llvm::StringRef Path) {
  llvm::SmallString<256> Full(Path);
  if (!path::is_absolute(Full)) {
    Full = Root;
    path::append(Full, Path);
  }
  llvm::SmallString<256> Real, RealRoot;
  if (std::error_code EC = fs::real_path(Full, Real))
    return noSuchPath(Path, EC);
  if (std::error_code EC = fs::real_path(Root, RealRoot))
    return noSuchPath(Root, EC);
  fs::file_status Status;
  if (std::error_code EC = fs::status(Real, Status))
    return noSuchPath(Path, EC);
  llvm::StringRef Relative = Real;
  if (!Relative.consume_front(RealRoot) ||
      !(Relative.empty() || Relative.starts_with("/") || RealRoot == "/"))
    return noSuchPath(Path, std::make_error_code(std::errc::invalid_argument));
  return Asked{Relative.ltrim('/').str(), fs::is_directory(Status)};
}

/// Where helpers are looked up for \p A: the work tree that holds it, as far as
/// it lies below the root; without one, the folder itself, and for a single
/// file the root.
std::string surroundings(llvm::StringRef Root, const Asked &A) {
  llvm::SmallString<256> Git;
  for (llvm::StringRef At = A.Path;; At = path::parent_path(At)) {
    Git = Root;
    path::append(Git, At, ".git");
    if (fs::exists(Git))
      return At.str();
    if (At.empty())
      return A.IsFolder ? A.Path : "";
  }
}

/// Whether git may know of rules for \p Root besides those in the tree.
bool liesInWorkTree(llvm::StringRef Root) {
  llvm::SmallString<256> At;
  if (fs::real_path(Root, At))
    return false;
  for (llvm::StringRef Dir = At; !Dir.empty(); Dir = path::parent_path(Dir)) {
    llvm::SmallString<256> Git(Dir);
    path::append(Git, ".git");
    if (fs::exists(Git))
      return true;
  }
  return false;
}

/// Folders of \p All that lie in no other of them.
std::vector<std::string> outermost(std::vector<std::string> All) {
  std::sort(All.begin(), All.end());
  std::vector<std::string> Result;
  for (const std::string &F : All)
    if (llvm::none_of(Result, [&](const std::string &Outer) {
          return Outer.empty() || F == Outer ||
                 llvm::StringRef(F).starts_with(Outer + "/");
        }))
      Result.push_back(F);
  return Result;
}

/// \p Link, a path below \p Root, is a link to something that does not lie
/// there: what does is read at its own place.
bool leadsOut(llvm::StringRef Root, llvm::StringRef Link) {
  llvm::SmallString<256> Path(Root), RealRoot, Target;
  path::append(Path, Link);
  if (fs::real_path(Root, RealRoot) || fs::real_path(Path, Target))
    return false;
  llvm::StringRef Inside = Target;
  return !Inside.consume_front(RealRoot) ||
         !(Inside.empty() || Inside.starts_with("/") ||
           RealRoot.ends_with("/"));
}

/// Answers whether a file is ignored, asking the rules once per folder.
class IgnoredFiles {
public:
  /// \p HasRules: false if the tree has none, and nobody need be asked.
  IgnoredFiles(IgnoreRules &Rules, bool HasRules)
      : Rules(Rules), HasRules(HasRules) {}

  bool folder(llvm::StringRef Path) {
    if (Path.empty() || !HasRules)
      return false;
    auto [It, New] = Folders.try_emplace(Path, false);
    if (New) {
      bool Ignored =
          folder(path::parent_path(Path)) || Rules.ignores((Path + "/").str());
      Folders[Path] = Ignored; // It may be stale: folder() inserts
      return Ignored;
    }
    return It->second;
  }
  bool file(llvm::StringRef Path) {
    return HasRules && (folder(path::parent_path(Path)) || Rules.ignores(Path));
  }

private:
  IgnoreRules &Rules;
  bool HasRules;
  llvm::StringMap<bool> Folders;
};

} // namespace

llvm::Expected<Discovery> ringfence::discover(const DiscoverOptions &Options) {
  std::vector<Asked> Paths;
  std::vector<std::string> Around;
  for (const std::string &P : Options.Paths) {
    auto A = resolve(Options.Root, P);
    if (!A)
      return A.takeError();
    Around.push_back(surroundings(Options.Root, *A));
    Paths.push_back(std::move(*A));
  }
  Folder Root;
  if (std::error_code EC = Folder::open(Options.Root, Root))
    return noSuchPath(Options.Root, EC);

  Discovery Result;
  ScanQueue Queue(Root, Options.Threads);
  std::vector<std::string> RuleFiles, Links;
  bool HasRules = !Options.Exclude.empty() || liesInWorkTree(Options.Root);
  for (const std::string &From : outermost(std::move(Around)))
    walk(
        Root, From,
        [&](WalkedFile &&F) {
          if (F.Kind == FileKind::InfoPlist && !F.Vendored)
            Result.InfoPlists.push_back(std::move(F.Path));
          else if (F.Kind == FileKind::Entitlements && !F.Vendored)
            Result.Entitlements.push_back(std::move(F.Path));
          else if (F.Kind == FileKind::Manifest && !F.Vendored)
            Result.Manifests.push_back(std::move(F.Path));
          else if (F.Kind == FileKind::IgnoreRules)
            RuleFiles.push_back(std::move(F.Path));
          else if (F.Kind == FileKind::Link)
            Links.push_back(std::move(F.Path));
          else if (F.Kind == FileKind::Source)
            Queue.push(std::move(F));
        },
        Result.Problems);
  std::vector<ScannedFile> Scanned = Queue.finish();

  for (const Asked &A : Paths)
    if (!A.IsFolder && kindOf(A.Path) != FileKind::Source)
      return llvm::createStringError(
          std::errc::invalid_argument,
          "%s: not a Swift or Objective-C source file", A.Path.c_str());

  IgnoreRules Rules(Options.Root, Options.Exclude, RuleFiles);
  IgnoredFiles Ignored(Rules, HasRules || !RuleFiles.empty());
  auto IsUnderPaths = [&](llvm::StringRef File) {
    return llvm::any_of(Paths, [&](const Asked &A) { return A.holds(File); });
  };
  // A file that is asked for by name, or lies in a vendored or ignored folder
  // that is, is meant.
  auto IsNamed = [&](llvm::StringRef File) {
    return llvm::any_of(Paths, [&](const Asked &A) {
      if (!A.holds(File) || !A.IsFolder)
        return A.holds(File);
      return Ignored.folder(A.Path) ||
             (isVendored(A.Path + "/x") &&
              !isVendored(File.substr(A.Path.size()).ltrim('/')));
    });
  };
  for (ScannedFile &F : Scanned) {
    bool IsAsked = IsUnderPaths(F.Path);
    SourceEntry Entry{std::move(F.Path), F.Tokens, false};
    llvm::StringRef Parent = path::parent_path(Entry.Path);
    if (IsAsked) {
      ++Result.Seen;
      // Single files are asked about only where the answer matters.
      bool Skip = !IsNamed(Entry.Path) &&
                  (F.Vendored || (F.Tokens.empty() && F.Error.empty()
                                      ? Ignored.folder(Parent)
                                      : Ignored.file(Entry.Path)));
      Result.Ignored += Skip;
      Entry.InScope = !Skip;
    }
    if (path::filename(Entry.Path) == "Project.swift" && !F.Vendored)
      Result.Manifests.push_back(Entry.Path);
    if (!F.Error.empty() && Entry.InScope)
      Result.Problems.push_back({Entry.Path, 0, F.Error, F.ErrorIsFatal});
    Result.Sources.push_back(std::move(Entry));
  }
  for (std::string &Link : Links)
    if (IsUnderPaths(Link) && !Ignored.file(Link) &&
        leadsOut(Options.Root, Link))
      Result.Problems.push_back(
          {std::move(Link), 0, "a symbolic link that leads out of the folder"});
  llvm::sort(Result.Sources, [](const SourceEntry &A, const SourceEntry &B) {
    return A.Path < B.Path;
  });
  llvm::sort(Result.InfoPlists);
  llvm::sort(Result.Entitlements);
  llvm::sort(Result.Manifests);
  llvm::stable_sort(Result.Problems, [](const Problem &A, const Problem &B) {
    return A.File < B.File;
  });
  return Result;
}
