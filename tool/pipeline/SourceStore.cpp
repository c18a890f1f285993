//===-- SourceStore.cpp - files and what the readers make of them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/SourceStore.h"
#include "tool/discover/ScanQueue.h"
#include <algorithm>
#include <atomic>
#include <thread>

using namespace ringfence;

File Readers::read(std::shared_ptr<const SourceFile> Source) {
  if (Source->language() == Language::Swift) {
    if (!Swift)
      Swift = std::make_unique<swift::Reader>();
    return Swift->read(std::move(Source));
  }
  if (!ObjC)
    ObjC = std::make_unique<objc::Reader>(Options);
  return ObjC->read(std::move(Source));
}

std::optional<File>
Readers::declarations(std::shared_ptr<const SourceFile> Source) {
  if (Source->language() != Language::Swift)
    return std::nullopt; // Clang reads declarations no faster than the whole
  if (!Swift)
    Swift = std::make_unique<swift::Reader>();
  return Swift->declarations(std::move(Source));
}

std::string Readers::objcDescription() const {
  return ObjC ? ObjC->description() : "";
}

SourceStore::SourceStore(std::string TheRoot, objc::ReaderOptions TheOptions,
                         unsigned TheThreads)
    : Root(std::move(TheRoot)), Options(std::move(TheOptions)),
      Threads(threadCount(TheThreads)) {
  // A root that cannot be opened was refused by discover() before.
  (void)Folder::open(Root, Dir);
}

SourceStore::SourceStore(SourceStore &TheBase, Overlay TheChanged)
    : Root(TheBase.Root), Options(TheBase.Options), Threads(TheBase.Threads),
      Base(&TheBase), Changed(std::move(TheChanged)) {
  (void)Folder::open(Root, Dir);
}

SourceStore::~SourceStore() = default;

bool SourceStore::isRead(llvm::StringRef Path) const {
  return Files.count(Path) ||
         (Base && !Changed.count(Path.str()) && Base->isRead(Path));
}

std::vector<std::unique_ptr<Readers>> &SourceStore::readers() {
  return Base ? Base->readers() : PerThread;
}

Readers &SourceStore::firstReaders() {
  auto &PerThread = readers();
  if (PerThread.empty())
    PerThread.push_back(std::make_unique<Readers>(Options));
  return *PerThread[0];
}

std::optional<std::string> SourceStore::bytes(llvm::StringRef Path) {
  if (auto It = Changed.find(Path.str()); It != Changed.end())
    return It->second;
  if (Base)
    return Base->bytes(Path);
  if (Buffer.read(Dir, Path.str().c_str()) || Buffer.truncated())
    return std::nullopt;
  return Buffer.bytes().str();
}

bool SourceStore::holds(llvm::StringRef Path, llvm::StringRef Text) {
  if (auto It = Changed.find(Path.str()); It != Changed.end())
    return llvm::StringRef(It->second).contains(Text);
  if (Base)
    return Base->holds(Path, Text);
  auto [It, IsNew] = Held[Text].try_emplace(Path, false);
  if (IsNew && !Buffer.read(Dir, Path.str().c_str()) && !Buffer.truncated())
    It->second = llvm::StringRef(Buffer.bytes()).contains(Text);
  return It->second;
}

std::shared_ptr<const SourceFile>
SourceStore::load(llvm::StringRef Path, FileBuffer &Into, Problem &P) {
  if (auto It = Changed.find(Path.str()); It != Changed.end())
    return std::make_shared<SourceFile>(Path.str(), It->second);
  if (std::error_code EC = Into.read(Dir, Path.str().c_str())) {
    P = {Path.str(), 0, "cannot read file: " + EC.message(), true};
    return nullptr;
  }
  if (Into.truncated()) {
    P = {Path.str(), 0, "larger than 16 MiB; not analysed", true};
    return nullptr;
  }
  return std::make_shared<SourceFile>(Path.str(), Into.bytes().str());
}

const File *SourceStore::file(llvm::StringRef Path) {
  auto It = Files.find(Path);
  if (It != Files.end())
    return It->second.get();
  if (Base && !Changed.count(Path.str()))
    return Base->file(Path);
  read(Path.str());
  return Files[Path].get();
}

const File *SourceStore::declarations(llvm::StringRef Path) {
  if (isRead(Path))
    return file(Path);
  if (Base && !Changed.count(Path.str()))
    return Base->declarations(Path);
  auto [It, IsNew] = Declared.try_emplace(Path);
  if (IsNew && languageOf(Path) == Language::Swift) {
    Problem P;
    if (auto Source = load(Path, Buffer, P))
      if (std::optional<File> F =
              firstReaders().declarations(std::move(Source)))
        It->second = std::make_unique<const File>(std::move(*F));
  }
  return It->second ? It->second.get() : file(Path);
}

void SourceStore::adopt(std::shared_ptr<const File> Reading) {
  std::string Path = Reading->Source->path().str();
  Files[Path] = std::move(Reading);
}

File SourceStore::readText(std::shared_ptr<const SourceFile> Text) {
  return firstReaders().read(std::move(Text));
}

void SourceStore::read(llvm::ArrayRef<std::string> Paths) {
  std::vector<std::string> Wanted, OfBase;
  for (const std::string &P : Paths) {
    if (Base && !Changed.count(P))
      OfBase.push_back(P);
    else if (!Files.count(P) && !llvm::is_contained(Wanted, P))
      Wanted.push_back(P);
  }
  if (!OfBase.empty())
    Base->read(OfBase);
  std::vector<std::shared_ptr<const File>> Results(Wanted.size());
  std::vector<Problem> Failed(Wanted.size());
  std::atomic<std::size_t> Next{0};

  auto Work = [&](Readers &R, FileBuffer &Into) {
    for (std::size_t I; (I = Next++) < Wanted.size();)
      if (auto Source = load(Wanted[I], Into, Failed[I]))
        Results[I] = std::make_shared<File>(R.read(std::move(Source)));
  };
  std::size_t N = std::min<std::size_t>(Threads, Wanted.size());
  auto &PerThread = readers();
  while (PerThread.size() < std::max<std::size_t>(N, 1))
    PerThread.push_back(std::make_unique<Readers>(Options));
  std::vector<std::thread> Others;
  for (std::size_t I = 1; I < N; ++I)
    Others.emplace_back([&, I] {
      FileBuffer Into;
      Work(*PerThread[I], Into);
    });
  Work(*PerThread[0], Buffer);
  for (std::thread &T : Others)
    T.join();

  for (std::size_t I = 0; I != Wanted.size(); ++I) {
    if (!Results[I])
      Problems.push_back(std::move(Failed[I]));
    Files[Wanted[I]] = std::move(Results[I]);
  }
}

std::vector<const File *> SourceStore::files() const {
  std::vector<const File *> Result;
  for (const auto &Entry : Files)
    if (Entry.second)
      Result.push_back(Entry.second.get());
  std::sort(Result.begin(), Result.end(), [](const File *A, const File *B) {
    return A->Source->path() < B->Source->path();
  });
  return Result;
}

std::string SourceStore::objcDescription() const {
  for (const auto &R : PerThread)
    if (std::string D = R->objcDescription(); !D.empty())
      return D;
  return Base ? Base->objcDescription() : "";
}
