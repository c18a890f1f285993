//===-- Apply.cpp - writes all or nothing, and takes it back -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/apply/Apply.h"
#include "rewriters/edit/FixSet.h"
#include "tool/apply/Files.h"
#include "tool/apply/Journal.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <set>
#include <unistd.h>

using namespace ringfence;
using llvm::StringRef;
namespace path = llvm::sys::path;

static llvm::Error refused(StringRef Path, const char *Why) {
  return llvm::createStringError(std::errc::operation_not_permitted, "%s: %s",
                                 Path.str().c_str(), Why);
}

/// Puts back what \p Run changed. Files that still hold their old bytes are
/// left alone; with \p Check set, others than the run's own are refused before
/// anything is written.
static llvm::Error takeBack(StringRef Root, Journal &J, const JournalRun &Run) {
  std::vector<std::size_t> ToRestore, ToRemove;
  for (std::size_t I = 0; I != Run.Entries.size(); ++I) {
    const JournalEntry &E = Run.Entries[I];
    if (llvm::Error Err = checkInside(Root, E.Path))
      return Err;
    auto Now = readAll((Root + "/" + E.Path).str());
    if (!Now)
      return Now.takeError();
    if (E.IsNew && !*Now)
      continue;
    std::string Hash = *Now ? contentHash(**Now) : "";
    if (!E.IsNew && Hash == E.BeforeHash)
      continue;
    if (Hash != E.AfterHash)
      return refused(E.Path, "has changed since the run; nothing was undone");
    (E.IsNew ? ToRemove : ToRestore).push_back(I);
  }
  std::vector<Replacement> Ready;
  for (std::size_t I : ToRestore) {
    auto Bytes = J.kept(Run.Number, I);
    if (!Bytes)
      return Bytes.takeError();
    if (contentHash(*Bytes) != Run.Entries[I].BeforeHash)
      return refused(Run.Entries[I].Path, "is damaged in the journal");
    auto R =
        Replacement::prepare((Root + "/" + Run.Entries[I].Path).str(), *Bytes);
    if (!R)
      return R.takeError();
    Ready.push_back(std::move(*R));
  }
  for (Replacement &R : Ready)
    if (llvm::Error E = R.commit())
      return E;
  for (std::size_t I : ToRemove)
    ::unlink((Root + "/" + Run.Entries[I].Path).str().c_str());
  for (auto It = Run.MadeFolders.rbegin(); It != Run.MadeFolders.rend(); ++It)
    ::rmdir((Root + "/" + *It).str().c_str()); // stays if it is not empty
  return llvm::Error::success();
}

/// Fails unless every file is as \p Changes say it was.
static llvm::Error
checkUnchanged(StringRef Root,
               const std::map<std::string, FileWrite> &Changes) {
  for (const auto &[Path, Change] : Changes) {
    if (llvm::Error E = checkInside(Root, Path))
      return E;
    auto Now = readAll((Root + "/" + Path).str());
    if (!Now)
      return Now.takeError();
    if (!Change.Before && *Now)
      return refused(Path, "exists already");
    if (Change.Before && *Now != Change.Before)
      return refused(Path, "has changed since it was read");
  }
  return llvm::Error::success();
}

/// Keeps the old bytes and describes the run before anything is touched.
static llvm::Expected<JournalRun>
begin(StringRef Root, Journal &J,
      const std::map<std::string, FileWrite> &Changes) {
  auto Last = J.last();
  if (!Last)
    return Last.takeError();
  if (*Last && !(*Last)->Complete)
    return refused(".ringfence", "the last run was interrupted; take it back "
                                 "with \"ringfence undo\" first");
  auto Number = J.nextNumber();
  if (!Number)
    return Number.takeError();
  JournalRun Run;
  Run.Number = *Number;
  std::set<std::string> Folders;
  for (const auto &[Path, Change] : Changes) {
    if (Change.Before)
      if (llvm::Error E =
              J.keep(Run.Number, Run.Entries.size(), *Change.Before))
        return std::move(E);
    Run.Entries.push_back({Path, !Change.Before,
                           Change.Before ? contentHash(*Change.Before) : "",
                           contentHash(Change.After)});
    for (StringRef Dir = path::parent_path(Path);
         !Dir.empty() && !llvm::sys::fs::exists(Root + "/" + Dir);
         Dir = path::parent_path(Dir))
      Folders.insert(Dir.str());
  }
  Run.MadeFolders.assign(Folders.begin(), Folders.end());
  if (llvm::Error E = J.write(Run))
    return std::move(E);
  return Run;
}

static llvm::Error writeAll(StringRef Root,
                            const std::map<std::string, FileWrite> &Changes) {
  std::vector<Replacement> Ready;
  std::set<std::string> Folders;
  for (const auto &[Path, Change] : Changes) {
    std::string Full = (Root + "/" + Path).str();
    auto Made = makeParents(Full);
    if (!Made)
      return Made.takeError();
    auto R = Replacement::prepare(Full, Change.After);
    if (!R)
      return R.takeError();
    Ready.push_back(std::move(*R));
    Folders.insert(path::parent_path(Full).str());
  }
  for (Replacement &R : Ready)
    if (llvm::Error E = R.commit())
      return E;
  for (const std::string &F : Folders)
    syncFolder(F);
  return llvm::Error::success();
}

llvm::Error
ringfence::applyChanges(StringRef Root,
                        const std::map<std::string, FileWrite> &Changes) {
  if (Changes.empty())
    return llvm::Error::success();
  if (llvm::Error E = checkUnchanged(Root, Changes))
    return E;
  Journal J(Root.str());
  if (llvm::Error E = J.open())
    return E;
  auto Run = begin(Root, J, Changes);
  if (!Run)
    return Run.takeError();
  if (llvm::Error E = writeAll(Root, Changes)) {
    if (llvm::Error Back = takeBack(Root, J, *Run))
      return llvm::joinErrors(std::move(E), std::move(Back));
    J.remove(Run->Number);
    return E;
  }
  Run->Complete = true;
  return J.write(*Run);
}

llvm::Expected<std::vector<std::string>>
ringfence::undoLastRun(StringRef Root) {
  Journal J(Root.str());
  if (llvm::Error E = J.open())
    return std::move(E);
  auto Run = J.last();
  if (!Run)
    return Run.takeError();
  if (!*Run)
    return refused(".ringfence", "there is no run to undo");
  if (llvm::Error E = takeBack(Root, J, **Run))
    return std::move(E);
  J.remove((*Run)->Number);
  std::vector<std::string> Paths;
  for (const JournalEntry &E : (*Run)->Entries)
    Paths.push_back(E.Path);
  return Paths;
}

std::optional<std::string> ringfence::findJournal(StringRef Folder) {
  llvm::SmallString<256> At;
  if (llvm::sys::fs::real_path(Folder, At))
    return std::nullopt;
  for (StringRef Dir = At; !Dir.empty(); Dir = path::parent_path(Dir)) {
    llvm::SmallString<256> Path(Dir);
    path::append(Path, ".ringfence");
    if (llvm::sys::fs::is_directory(Path))
      return Dir.str();
  }
  return std::nullopt;
}
