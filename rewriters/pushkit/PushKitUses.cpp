//===-- PushKitUses.cpp - what else names PushKit -------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Words.h"
#include "rewriters/pushkit/Removal.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// Whether \p Text names something of PushKit.
static bool isOfPushKit(StringRef Text) {
  return Text.starts_with("PKPush") || Text == "PKVoIPPushMetadata";
}

/// What is left of the file names nothing of PushKit.
void Removal::checkMentions(const File &F) {
  const SourceFile &S = *F.Source;
  for (const Word &W :
       words(S.bytes(), {0, static_cast<std::uint32_t>(S.bytes().size())},
             S.language())) {
    if (!isOfPushKit(W.Text) || cuts(F).has(W.Where.Begin) ||
        llvm::any_of(Words[&F], [&](Range R) { return R.contains(W.Where); }))
      continue;
    StringRef Line = S.lineText(S.line(W.Where.Begin)).trim();
    if (Line.starts_with("@class ") || Line.starts_with("@protocol "))
      continue;
    block("'" + W.Text.str() + "' is used in " + at(F, W.Where.Begin) +
          " for something else than receiving pushes");
  }
}

/// No other code names the registries.
void Removal::checkMembers() {
  for (const std::string &Name : Registries)
    for (const std::string &Path : In.Project.filesWith(Name)) {
      const File *F = In.Project.file(Path);
      if (!F ||
          !xcode::belongsTogether(In.Project.infoPlists(), In.Project.targets(),
                                  J.In->Source->path(), Path))
        continue;
      const SourceFile &S = *F->Source;
      auto InDelegateMethod = [&](Range R) {
        return llvm::any_of(F->Functions, [&](const Function &Fn) {
          return llvm::any_of(
                     Fn.Parameters,
                     [&](const Parameter &P) { return P.Name == Name; }) &&
                 Fn.Where.contains(R);
        });
      };
      bool IsOurs = llvm::is_contained(Files, F);
      bool HasItsOwn = llvm::any_of(F->Types, [&](const Type &T) {
        return llvm::any_of(T.Properties, [&](const Property &P) {
          return StringRef(P.Name).ltrim('_') == Name;
        });
      });
      for (const Word &W :
           words(S.bytes(), {0, static_cast<std::uint32_t>(S.bytes().size())},
                 S.language())) {
        if (W.Text.ltrim('_') != Name || W.IsLabel || InDelegateMethod(W.Where))
          continue;
        if (!IsOurs && (!W.IsMember || HasItsOwn))
          continue; // a name of its own
        if (!cuts(*F).has(W.Where.Begin))
          block("'" + Name + "' is used in " + at(*F, W.Where.Begin));
      }
    }
}
