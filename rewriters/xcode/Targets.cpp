//===-- Targets.cpp - which target compiles which file --------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/Targets.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace ringfence::xcode;
using llvm::StringRef;

std::string ringfence::xcode::pathFrom(StringRef Folder, StringRef Path) {
  if (Path.starts_with("/"))
    return Path.str();
  std::vector<StringRef> Parts;
  for (StringRef Side : {Folder, Path}) {
    llvm::SmallVector<StringRef> Own;
    Side.split(Own, '/', -1, /*KeepEmpty=*/false);
    for (StringRef Part : Own) {
      if (Part == ".." && !Parts.empty() && Parts.back() != "..")
        Parts.pop_back();
      else if (Part != ".")
        Parts.push_back(Part);
    }
  }
  return llvm::join(Parts, "/");
}

/// Whether \p Path is \p Folder or lies in it.
static bool liesIn(StringRef Path, StringRef Folder) {
  return Folder.empty() || Path == Folder ||
         (Path.consume_front(Folder) && Path.starts_with("/"));
}

bool Target::compiles(StringRef Path) const {
  if (llvm::is_contained(Sources, Path))
    return true;
  auto In = [&](StringRef Folder) { return liesIn(Path, Folder); };
  return !Path.ends_with(".h") && llvm::any_of(Folders, In) &&
         llvm::none_of(Excluded, In);
}

std::vector<const Target *> TargetList::extensionsOf(StringRef Path) const {
  std::vector<const Target *> Found;
  for (const Target &T : All)
    if (T.K == Target::Kind::Extension && T.compiles(Path))
      Found.push_back(&T);
  return Found;
}

std::vector<const Target *> TargetList::appsOf(StringRef Path) const {
  std::vector<const Target *> Found;
  for (const Target &App : All) {
    if (App.K != Target::Kind::App)
      continue;
    std::set<std::string> Seen = {App.Name};
    std::vector<const Target *> Parts = {&App};
    bool Compiles = false;
    for (std::size_t I = 0; I != Parts.size() && !Compiles; ++I) {
      Compiles = Parts[I]->compiles(Path);
      for (const std::string &Name : Parts[I]->Dependencies)
        for (const Target &Other : All)
          // An app embeds its extensions; their sources are theirs.
          if (Other.Manifest == App.Manifest && Other.Name == Name &&
              Other.K == Target::Kind::Other && Seen.insert(Name).second)
            Parts.push_back(&Other);
    }
    if (Compiles)
      Found.push_back(&App);
  }
  return Found;
}

std::optional<bool> TargetList::shareAnApp(StringRef Path,
                                           StringRef Other) const {
  auto Apps = [&](StringRef P) {
    std::vector<const Target *> Found = appsOf(P);
    for (const Target *Extension : extensionsOf(P))
      for (const Target &App : All)
        if (App.K == Target::Kind::App && App.Manifest == Extension->Manifest &&
            llvm::is_contained(App.Dependencies, Extension->Name))
          Found.push_back(&App);
    return Found;
  };
  std::vector<const Target *> Mine = Apps(Path), Theirs = Apps(Other);
  if (Mine.empty() || Theirs.empty())
    return std::nullopt;
  return llvm::any_of(
      Mine, [&](const Target *T) { return llvm::is_contained(Theirs, T); });
}

std::string TargetList::whyNoExtension(StringRef Path) const {
  std::vector<std::string> Extensions;
  for (const Target &T : All)
    if (T.K == Target::Kind::Extension)
      Extensions.push_back("'" + T.Name + "'");
  std::string Why = "no extension target compiles " + Path.str();
  if (!Extensions.empty())
    Why += ": " + llvm::join(Extensions, ", ") +
           (Extensions.size() == 1 ? " does not list it" : " do not list it");
  else if (!All.empty())
    Why += ": the project has no extension target";
  else if (NotRead.empty())
    Why += ": neither an Xcode project nor a manifest of XcodeGen is in sight";
  if (!NotRead.empty())
    Why += (Extensions.empty() && All.empty() ? ": " : "; not read: ") +
           llvm::join(NotRead, "; ");
  return Why;
}

TargetList ringfence::xcode::readTargets(llvm::ArrayRef<std::string> Manifests,
                                         ReadBytes Read) {
  TargetList List;
  for (const std::string &Path : Manifests) {
    StringRef Name = StringRef(Path).substr(Path.rfind('/') + 1);
    std::optional<std::string> Bytes = Read(Path);
    if (!Bytes) {
      List.NotRead.push_back(Path + ": cannot be read");
      continue;
    }
    if (Name == "Project.swift") {
      // Any app may call a source so; Tuist's imports the manifest's module.
      if (StringRef(*Bytes).contains("import ProjectDescription"))
        List.NotRead.push_back(Path + ": the targets of Tuist are Swift code");
      continue;
    }
    bool IsXcode = Name == "project.pbxproj";
    llvm::Expected<std::vector<Target>> Targets =
        IsXcode ? xcodeTargets(Path, *Bytes, Read)
                : xcodeGenTargets(Path, *Bytes, Read);
    if (Targets)
      llvm::append_range(List.All, *Targets);
    else
      List.NotRead.push_back(llvm::toString(Targets.takeError()));
  }
  return List;
}
