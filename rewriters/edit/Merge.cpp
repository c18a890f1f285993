//===-- Merge.cpp - which fix sets can be applied together --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/Merge.h"
#include "rewriters/edit/TextEdits.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace ringfence;

static bool isWholeLines(const Edit &E) {
  return llvm::StringRef(E.Text).ends_with("\n");
}

/// Two insertions at one place read well in either order only if both are
/// whole lines.
static bool collide(const Edit &A, const Edit &B) {
  if (conflict(A, B))
    return true;
  bool SamePlace = A.File == B.File && A.Offset == B.Offset;
  if (!SamePlace || A == B || A.Length != 0 || B.Length != 0)
    return false;
  return !isWholeLines(A) || !isWholeLines(B);
}

/// Why \p Later cannot stand beside \p Earlier; "" if it can.
static std::string reasonAgainst(const FixSet &Earlier, const FixSet &Later) {
  for (const auto &[Path, Hash] : Later.Files) {
    auto Other = Earlier.Files.find(Path);
    if (Other != Earlier.Files.end() && Other->second != Hash)
      return "the two were computed from different contents of " + Path;
  }
  for (const Edit &L : Later.Edits)
    for (const Edit &E : Earlier.Edits)
      if (collide(E, L))
        return "both edit " + L.File + " at the same place (" + describe(E) +
               " and " + describe(L) + ")";
  for (const NewFile &L : Later.NewFiles)
    for (const NewFile &E : Earlier.NewFiles)
      if (E.Path == L.Path && E.Text != L.Text && L.InsteadOf != E.Text)
        return "both create " + L.Path + " with different text";
  return "";
}

Merged ringfence::merge(llvm::ArrayRef<FixSet> Sets) {
  Merged Out;
  for (unsigned I = 0; I < Sets.size(); ++I) {
    const FixSet &Set = Sets[I];
    // A set at odds with itself is a defect of its fix; never apply half.
    if (llvm::Expected<std::vector<Edit>> Alone = sortedEdits(Set.Edits);
        !Alone) {
      Out.LeftOut.push_back({I, I, llvm::toString(Alone.takeError())});
      continue;
    }
    std::string Why;
    unsigned Before = 0;
    for (unsigned T : Out.Taken) {
      Why = reasonAgainst(Sets[T], Set);
      Before = T;
      if (!Why.empty())
        break;
    }
    if (!Why.empty()) {
      Out.LeftOut.push_back({I, Before, std::move(Why)});
      continue;
    }
    Out.Taken.push_back(I);
    llvm::append_range(Out.Edits, Set.Edits);
    for (const NewFile &N : Set.NewFiles) {
      auto Same = llvm::find_if(
          Out.NewFiles, [&](const NewFile &M) { return M.Path == N.Path; });
      if (Same == Out.NewFiles.end())
        Out.NewFiles.push_back(N);
      else
        *Same = N; // identical, or meant to take its place
    }
  }
  // What was taken does not conflict, so sorting cannot fail.
  Out.Edits = llvm::cantFail(sortedEdits(std::move(Out.Edits)));
  llvm::sort(Out.NewFiles, [](const NewFile &A, const NewFile &B) {
    return A.Path < B.Path;
  });
  return Out;
}
