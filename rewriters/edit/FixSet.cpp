//===-- FixSet.cpp - edits that belong together --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/FixSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SHA256.h"

using namespace ringfence;

llvm::StringRef ringfence::nameOf(MigrationStep S) {
  switch (S) {
  case MigrationStep::Report:
    return "report";
  case MigrationStep::Tokens:
    return "tokens";
  case MigrationStep::Extension:
    return "extension";
  case MigrationStep::Move:
    return "move";
  case MigrationStep::CleanUp:
    return "clean-up";
  }
  return "";
}

std::optional<MigrationStep> ringfence::stepNamed(llvm::StringRef Name) {
  return llvm::StringSwitch<std::optional<MigrationStep>>(Name)
      .Case("report", MigrationStep::Report)
      .Case("tokens", MigrationStep::Tokens)
      .Case("extension", MigrationStep::Extension)
      .Case("move", MigrationStep::Move)
      .Case("clean-up", MigrationStep::CleanUp)
      .Default(std::nullopt);
}

llvm::StringRef ringfence::nameOf(Applicability A) {
  switch (A) {
  case Applicability::Safe:
    return "safe";
  case Applicability::Review:
    return "review";
  case Applicability::Placeholders:
    return "placeholders";
  }
  return "";
}

std::string ringfence::contentHash(llvm::StringRef Bytes) {
  llvm::SHA256 Hash;
  Hash.update(Bytes);
  return llvm::toHex(Hash.final(), /*LowerCase=*/true);
}

std::string ringfence::stableId(const FixSet &S, llvm::StringRef Symbol) {
  llvm::SHA256 Hash;
  // The separator keeps ("ab", "c") and ("a", "bc") apart.
  auto Add = [&](llvm::StringRef Part) {
    Hash.update(Part);
    Hash.update(llvm::StringRef("\0", 1));
  };
  Add(S.Fix);
  Add(nameOf(S.Step));
  Add(Symbol);
  for (const Edit &E : S.Edits) {
    Add(E.File);
    Add(E.Text);
  }
  for (const NewFile &N : S.NewFiles) {
    Add(N.Path);
    Add(N.Text);
  }
  std::string Digest = llvm::toHex(Hash.final(), /*LowerCase=*/true);
  return S.Fix + "-" + Digest.substr(0, 12);
}
