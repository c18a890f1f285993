//===-- NameIndex.cpp - which file declares what -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/NameIndex.h"
#include "tool/discover/ScanQueue.h"
#include "tool/pipeline/NameScan.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <atomic>
#include <thread>

using namespace ringfence;
using llvm::StringRef;

NameIndex::NameIndex(std::string TheRoot, std::vector<std::string> ThePaths,
                     unsigned TheThreads)
    : Root(std::move(TheRoot)), Paths(std::move(ThePaths)),
      Threads(threadCount(TheThreads)) {}

NameIndex::NameIndex(NameIndex &TheBase, const Overlay &Changed)
    : Base(&TheBase), Built(true) {
  for (const auto &[Path, Bytes] : Changed) {
    T.add(static_cast<std::uint32_t>(Paths.size()), Path, Bytes);
    Paths.push_back(Path);
  }
  T.finish();
}

void NameIndex::Tables::add(std::uint32_t Id, StringRef Path, StringRef Bytes) {
  auto Note = [&](FileList &L) {
    if (L.empty() || L.back() != Id)
      L.push_back(Id);
  };
  auto Found = [&](const ScannedName &N) {
    switch (N.K) {
    case ScannedName::Kind::Function:
    case ScannedName::Kind::ObjCName:
      Note(Functions[N.Name]);
      break;
    case ScannedName::Kind::Type:
    case ScannedName::Kind::Extension:
      Note(Types[N.Name]);
      for (StringRef Super : N.Supertypes) {
        Supertypes[N.Name].push_back(Super.str());
        Subtypes[Super].push_back(N.Name.str());
      }
      break;
    }
  };
  if (languageOf(Path) == Language::Swift)
    scanSwiftNames(Bytes, Found);
  else
    scanObjCNames(Bytes, Found);
}

void NameIndex::Tables::merge(Tables &&Other) {
  auto Lists = [](auto &Into, auto &From) {
    for (auto &Entry : From)
      llvm::append_range(Into[Entry.first()], Entry.second);
  };
  Lists(Functions, Other.Functions);
  Lists(Types, Other.Types);
  Lists(Supertypes, Other.Supertypes);
  Lists(Subtypes, Other.Subtypes);
}

void NameIndex::Tables::finish() {
  // Threads take files in any order; the answers must not show it.
  auto SortAll = [](auto &Map) {
    for (auto &Entry : Map) {
      llvm::sort(Entry.second);
      Entry.second.erase(llvm::unique(Entry.second), Entry.second.end());
    }
  };
  SortAll(Functions);
  SortAll(Types);
  SortAll(Supertypes);
  SortAll(Subtypes);
  for (const auto &Entry : Functions)
    Pieces.push_back(Entry.first());
  llvm::sort(Pieces);
}

void NameIndex::build() {
  if (Built)
    return;
  Built = true;
  Folder Dir;
  if (Folder::open(Root, Dir))
    return;
  std::atomic<std::size_t> Next{0};
  auto Work = [&](Tables &Into) {
    FileBuffer Buffer;
    for (std::size_t I; (I = Next++) < Paths.size();)
      // What cannot be read was said when the tree was scanned.
      if (!Buffer.read(Dir, Paths[I].c_str()) && !Buffer.truncated())
        Into.add(static_cast<std::uint32_t>(I), Paths[I], Buffer.bytes());
  };
  std::vector<Tables> Parts(Threads);
  std::vector<std::thread> Others;
  for (unsigned I = 1; I < Threads; ++I)
    Others.emplace_back([&, I] { Work(Parts[I]); });
  Work(Parts[0]);
  for (std::thread &Other : Others)
    Other.join();
  T = std::move(Parts[0]);
  for (unsigned I = 1; I < Threads; ++I)
    T.merge(std::move(Parts[I]));
  T.finish();
}

/// The union of what an index and its base say, without repetition.
static std::vector<std::string> united(std::vector<std::string> A,
                                       std::vector<std::string> B) {
  for (std::string &S : B)
    if (!llvm::is_contained(A, S))
      A.push_back(std::move(S));
  return A;
}

std::vector<std::string> NameIndex::filesDefining(StringRef Name) {
  build();
  std::vector<std::string> Result;
  if (auto It = T.Functions.find(Name); It != T.Functions.end())
    for (std::uint32_t Id : It->second)
      Result.push_back(Paths[Id]);
  return Base ? united(std::move(Result), Base->filesDefining(Name)) : Result;
}

std::vector<std::string> NameIndex::filesOfType(StringRef Type) {
  build();
  std::vector<std::string> Result;
  if (auto It = T.Types.find(Type); It != T.Types.end())
    for (std::uint32_t Id : It->second)
      Result.push_back(Paths[Id]);
  return Base ? united(std::move(Result), Base->filesOfType(Type)) : Result;
}

std::vector<std::string> NameIndex::supertypesOf(StringRef Type) {
  build();
  std::vector<std::string> Result = T.Supertypes.lookup(Type);
  return Base ? united(std::move(Result), Base->supertypesOf(Type)) : Result;
}

std::vector<std::string> NameIndex::subtypesOf(StringRef Type) {
  build();
  std::vector<std::string> Result = T.Subtypes.lookup(Type);
  return Base ? united(std::move(Result), Base->subtypesOf(Type)) : Result;
}

bool NameIndex::knowsType(StringRef Type) {
  build();
  return T.Types.count(Type) || (Base && Base->knowsType(Type));
}

std::vector<std::string> NameIndex::selectorPieces(StringRef Prefix) {
  build();
  std::vector<std::string> Result;
  for (auto It = std::lower_bound(T.Pieces.begin(), T.Pieces.end(), Prefix);
       It != T.Pieces.end() && It->starts_with(Prefix); ++It)
    Result.push_back(It->str());
  return Base ? united(std::move(Result), Base->selectorPieces(Prefix))
              : Result;
}
