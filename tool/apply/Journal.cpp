//===-- Journal.cpp - what a run changed -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/apply/Journal.h"
#include "tool/apply/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace ringfence;
using llvm::StringRef;
namespace json = llvm::json;

static llvm::Error broken(StringRef Path, const llvm::Twine &Why) {
  return llvm::createStringError(std::errc::invalid_argument, "%s: %s",
                                 Path.str().c_str(), Why.str().c_str());
}

static llvm::Error writeWhole(const std::string &Path, StringRef Bytes) {
  auto New = Replacement::prepare(Path, Bytes);
  if (!New)
    return New.takeError();
  return New->commit();
}

Journal::Journal(std::string TheRoot)
    : Root(std::move(TheRoot)), Folder(Root + "/.ringfence") {}

Journal::~Journal() {
  if (Lock >= 0)
    ::close(Lock);
}

llvm::Error Journal::open() {
  if (llvm::Error E = checkInside(Root, ".ringfence"))
    return E;
  if (::mkdir(Folder.c_str(), 0777) != 0 && errno != EEXIST)
    return broken(Folder, std::strerror(errno));
  if (!llvm::sys::fs::exists(Folder + "/.gitignore"))
    if (llvm::Error E = writeWhole(Folder + "/.gitignore", "*\n"))
      return E;
  Lock = ::open((Folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (Lock < 0)
    return broken(Folder, std::strerror(errno));
  if (::flock(Lock, LOCK_EX | LOCK_NB) != 0)
    return broken(Folder, errno == EWOULDBLOCK ? "another run is writing"
                                               : std::strerror(errno));
  removeTemporaries(Folder);
  return llvm::Error::success();
}

std::string Journal::folderOf(unsigned Number) const {
  return Folder + "/run-" + std::to_string(Number);
}

/// The numbers of the run folders, the highest first.
static std::vector<unsigned> numbers(const std::string &Folder) {
  std::vector<unsigned> Numbers;
  std::error_code EC;
  for (llvm::sys::fs::directory_iterator It(Folder, EC), End; !EC && It != End;
       It.increment(EC)) {
    StringRef Name = llvm::sys::path::filename(It->path());
    unsigned Number = 0;
    if (Name.consume_front("run-") && !Name.getAsInteger(10, Number))
      Numbers.push_back(Number);
  }
  llvm::sort(Numbers, std::greater<>());
  return Numbers;
}

llvm::Expected<unsigned> Journal::nextNumber() {
  std::vector<unsigned> Used = numbers(Folder);
  unsigned Number = Used.empty() ? 1 : Used.front() + 1;
  if (::mkdir(folderOf(Number).c_str(), 0777) != 0)
    return broken(folderOf(Number), std::strerror(errno));
  return Number;
}

llvm::Error Journal::keep(unsigned Number, std::size_t Index, StringRef Bytes) {
  return writeWhole(folderOf(Number) + "/" + std::to_string(Index), Bytes);
}

llvm::Expected<std::string> Journal::kept(unsigned Number, std::size_t Index) {
  std::string Path = folderOf(Number) + "/" + std::to_string(Index);
  auto Bytes = readAll(Path);
  if (!Bytes)
    return Bytes.takeError();
  if (!*Bytes)
    return broken(Path, "is missing from the journal");
  return std::move(**Bytes);
}

llvm::Error Journal::write(const JournalRun &Run) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  json::OStream J(OS, 1);
  // Paths are bytes and need not be UTF-8: hexadecimal keeps every one.
  J.object([&] {
    J.attribute("version", 1);
    J.attribute("time", Run.Time);
    J.attribute("title", json::fixUTF8(Run.Title));
    J.attribute("complete", Run.Complete);
    J.attributeArray("files", [&] {
      for (const JournalEntry &E : Run.Entries)
        J.object([&] {
          J.attribute("path", llvm::toHex(E.Path));
          J.attribute("name", json::fixUTF8(E.Path));
          J.attribute("new", E.IsNew);
          J.attribute("before", E.BeforeHash);
          J.attribute("after", E.AfterHash);
        });
    });
    J.attributeArray("folders", [&] {
      for (const std::string &F : Run.MadeFolders)
        J.value(llvm::toHex(F));
    });
  });
  J.flush();
  OS << '\n';
  std::string Path = folderOf(Run.Number) + "/run.json";
  if (llvm::Error E = writeWhole(Path, Text))
    return E;
  syncFolder(folderOf(Run.Number));
  syncFolder(Folder);
  return llvm::Error::success();
}

/// Reads the description at \p Path.
static llvm::Expected<JournalRun> readRun(const std::string &Path,
                                          unsigned Number) {
  auto Text = readAll(Path);
  if (!Text)
    return Text.takeError();
  auto Parsed = json::parse(Text->value_or(""));
  if (!Parsed)
    return broken(Path, llvm::toString(Parsed.takeError()));
  const json::Object *O = Parsed->getAsObject();
  JournalRun Run;
  Run.Number = Number;
  if (!O || O->getInteger("version") != 1)
    return broken(Path, "written by another version of ringfence");
  Run.Time = O->getString("time").value_or("").str();
  Run.Title = O->getString("title").value_or("").str();
  Run.Complete = O->getBoolean("complete").value_or(false);
  auto Decoded = [](std::optional<StringRef> Hex) {
    std::string Bytes;
    if (!Hex || !llvm::tryGetFromHex(*Hex, Bytes))
      Bytes.clear();
    return Bytes;
  };
  if (const json::Array *Files = O->getArray("files"))
    for (const json::Value &V : *Files)
      if (const json::Object *F = V.getAsObject())
        Run.Entries.push_back({Decoded(F->getString("path")),
                               F->getBoolean("new").value_or(false),
                               F->getString("before").value_or("").str(),
                               F->getString("after").value_or("").str()});
  if (const json::Array *Folders = O->getArray("folders"))
    for (const json::Value &V : *Folders)
      Run.MadeFolders.push_back(Decoded(V.getAsString()));
  return Run;
}

llvm::Expected<std::vector<JournalRun>> Journal::runs() {
  std::vector<JournalRun> Runs;
  for (unsigned Number : numbers(Folder)) {
    std::string Path = folderOf(Number) + "/run.json";
    if (!llvm::sys::fs::exists(Path)) {
      remove(Number);
      continue;
    }
    auto Run = readRun(Path, Number);
    if (!Run)
      return Run.takeError();
    Runs.push_back(std::move(*Run));
  }
  return Runs;
}

void Journal::remove(unsigned Number) {
  // The description goes first: a half-removed run is no run.
  ::unlink((folderOf(Number) + "/run.json").c_str());
  llvm::sys::fs::remove_directories(folderOf(Number));
}
