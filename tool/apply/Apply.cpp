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
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <ctime>
#include <set>
#include <unistd.h>

using namespace ringfence;
using llvm::StringRef;
namespace path = llvm::sys::path;

static llvm::Error refused(StringRef Path, const llvm::Twine &Why) {
  return llvm::createStringError(std::errc::operation_not_permitted, "%s: %s",
                                 Path.str().c_str(), Why.str().c_str());
}

/// Why \p Path cannot be restored.
static llvm::Error changedSince(StringRef Path,
                                llvm::ArrayRef<JournalRun> Later) {
  for (const JournalRun &R : Later)
    for (const JournalEntry &E : R.Entries)
      if (E.Path == Path)
        return refused(Path, "was changed by run " + llvm::Twine(R.Number) +
                                 " since; take that back first. Nothing was "
                                 "undone");
  return refused(Path, "has changed since the run; nothing was undone");
}

/// Puts back what \p Run changed. Files that hold their old bytes already are
/// left alone; other bytes than the run's own are refused before anything is
/// written, and the run among \p Later that wrote them is named.
static llvm::Error takeBack(StringRef Root, Journal &J, const JournalRun &Run,
                            llvm::ArrayRef<JournalRun> Later = {}) {
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
      return changedSince(E.Path, Later);
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
  for (std::size_t I : ToRemove) {
    std::string Path = (Root + "/" + Run.Entries[I].Path).str();
    if (::unlink(Path.c_str()) != 0)
      return refused(Run.Entries[I].Path, std::strerror(errno));
  }
  std::set<std::string> Folders;
  for (const JournalEntry &E : Run.Entries)
    Folders.insert(path::parent_path((Root + "/" + E.Path).str()).str());
  for (const std::string &F : Folders) {
    removeTemporaries(F);
    syncFolder(F);
  }
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

/// "2026-11-24T13:00:00Z"
static std::string timeNow() {
  std::time_t Now = std::time(nullptr);
  std::tm UTC{};
  char Text[sizeof "2026-11-24T13:00:00Z"] = "";
  if (::gmtime_r(&Now, &UTC))
    std::strftime(Text, sizeof Text, "%Y-%m-%dT%H:%M:%SZ", &UTC);
  return Text;
}

/// Keeps the old bytes and describes the run before anything is touched.
static llvm::Expected<JournalRun>
begin(StringRef Root, Journal &J,
      const std::map<std::string, FileWrite> &Changes, StringRef Title) {
  auto Runs = J.runs();
  if (!Runs)
    return Runs.takeError();
  if (!Runs->empty() && !Runs->front().Complete)
    return refused(".ringfence", "the last run was interrupted; take it back "
                                 "with \"ringfence undo\" first");
  auto Number = J.nextNumber();
  if (!Number)
    return Number.takeError();
  JournalRun Run;
  Run.Number = *Number;
  Run.Time = timeNow();
  Run.Title = Title.str();
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

/// Runs older than the last 20 can no longer be taken back.
static constexpr std::size_t KeptRuns = 20;

static void forgetOldRuns(Journal &J) {
  auto Runs = J.runs();
  if (!Runs) {
    // The changes are in place; the next run tries again.
    llvm::consumeError(Runs.takeError());
    return;
  }
  for (std::size_t I = KeptRuns; I < Runs->size(); ++I)
    J.remove((*Runs)[I].Number);
}

llvm::Error
ringfence::applyChanges(StringRef Root,
                        const std::map<std::string, FileWrite> &Changes,
                        const ApplyOptions &Options) {
  if (Changes.empty())
    return llvm::Error::success();
  if (llvm::Error E = checkUnchanged(Root, Changes))
    return E;
  Journal J(Root.str());
  if (llvm::Error E = J.open())
    return E;
  auto Run = begin(Root, J, Changes, Options.Title);
  if (!Run)
    return Run.takeError();
  llvm::Error Failed = writeAll(Root, Changes);
  if (!Failed && Options.Verify)
    Failed = Options.Verify();
  if (!Failed) {
    Run->Complete = true;
    Failed = J.write(*Run);
  }
  if (Failed) {
    if (llvm::Error Back = takeBack(Root, J, *Run))
      return llvm::joinErrors(std::move(Failed), std::move(Back));
    J.remove(Run->Number);
    return Failed;
  }
  forgetOldRuns(J);
  return llvm::Error::success();
}

static AppliedRun described(const JournalRun &Run) {
  AppliedRun R{Run.Number, Run.Time, Run.Title, Run.Complete, {}};
  for (const JournalEntry &E : Run.Entries)
    R.Paths.push_back(E.Path);
  return R;
}

llvm::Expected<std::vector<AppliedRun>> ringfence::appliedRuns(StringRef Root) {
  Journal J(Root.str());
  if (llvm::Error E = J.open())
    return std::move(E);
  auto Runs = J.runs();
  if (!Runs)
    return Runs.takeError();
  std::vector<AppliedRun> Result;
  for (const JournalRun &R : *Runs)
    Result.push_back(described(R));
  return Result;
}

llvm::Expected<AppliedRun> ringfence::undoRun(StringRef Root,
                                              std::optional<unsigned> Number) {
  Journal J(Root.str());
  if (llvm::Error E = J.open())
    return std::move(E);
  auto Runs = J.runs();
  if (!Runs)
    return Runs.takeError();
  if (Runs->empty())
    return refused(".ringfence", "there is no run to undo");
  auto It = Runs->begin();
  if (Number) {
    It = llvm::find_if(
        *Runs, [&](const JournalRun &R) { return R.Number == *Number; });
    if (It == Runs->end())
      return refused(".ringfence",
                     "there is no run " + llvm::Twine(*Number) +
                         "; \"ringfence undo --list\" names those there are");
    if (It != Runs->begin() && !Runs->front().Complete)
      return refused(".ringfence", "run " + llvm::Twine(Runs->front().Number) +
                                       " was interrupted; take it back first");
  }
  if (llvm::Error E =
          takeBack(Root, J, *It,
                   llvm::ArrayRef(*Runs).take_front(
                       static_cast<std::size_t>(It - Runs->begin()))))
    return std::move(E);
  J.remove(It->Number);
  return described(*It);
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
