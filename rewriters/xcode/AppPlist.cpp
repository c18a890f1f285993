//===-- AppPlist.cpp - what an app's Info.plist permits -------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/AppPlist.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using namespace ringfence::xcode;
using llvm::StringRef;

std::vector<std::string>
ringfence::xcode::plistsToEdit(std::vector<std::string> InfoPlists,
                               const TargetList &Targets, StringRef Path) {
  std::vector<std::string> Mine =
      infoPlistsFor(std::move(InfoPlists), Targets, Path);
  if (Mine.size() > 1 && Targets.appsOf(Path).empty())
    Mine.resize(1);
  return Mine;
}

void ringfence::xcode::addToPlists(FixSet &Set,
                                   const std::vector<std::string> &Plists,
                                   ReadBytes Read,
                                   llvm::ArrayRef<ArrayAddition> Values,
                                   const std::string &Missing) {
  bool AnyRead = false;
  for (const std::string &Path : Plists) {
    std::optional<std::string> Bytes = Read(Path);
    if (!Bytes)
      continue;
    AnyRead = true;
    llvm::Expected<PropertyList> P = PropertyList::read(Path, *Bytes);
    llvm::Expected<std::vector<Edit>> Added =
        P ? P->add(Values) : llvm::Expected<std::vector<Edit>>(P.takeError());
    if (!Added) {
      Set.LeftToDo.push_back(
          Missing + " by hand: " + llvm::toString(Added.takeError()) + ".");
      continue;
    }
    if (Added->empty())
      continue;
    Set.Files[Path] = contentHash(*Bytes);
    llvm::append_range(Set.Edits, *Added);
  }
  if (!AnyRead)
    Set.LeftToDo.push_back(Missing + " in the target's Info.plist values.");
}

bool ringfence::xcode::removeFromPlists(FixSet &Set,
                                        const std::vector<std::string> &Plists,
                                        ReadBytes Read, StringRef Key,
                                        StringRef Value) {
  bool AnyRead = false;
  for (const std::string &Path : Plists) {
    std::optional<std::string> Bytes = Read(Path);
    if (!Bytes)
      continue;
    llvm::Expected<PropertyList> P = PropertyList::read(Path, *Bytes);
    if (!P) {
      llvm::consumeError(P.takeError()); // the caller says what is left
      continue;
    }
    AnyRead = true;
    std::vector<Edit> Gone = P->remove(Key, Value);
    if (Gone.empty())
      continue;
    Set.Files[Path] = contentHash(*Bytes);
    llvm::append_range(Set.Edits, Gone);
  }
  return AnyRead;
}
