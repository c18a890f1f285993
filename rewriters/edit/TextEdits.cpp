//===-- TextEdits.cpp - applies edits to bytes --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/TextEdits.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cstdint>

using namespace ringfence;

/// End of the replaced range; offsets near the limit of 32 bits may not wrap.
static std::uint64_t endOf(const Edit &E) {
  return static_cast<std::uint64_t>(E.Offset) + E.Length;
}

std::string ringfence::describe(const Edit &E) {
  return E.File + ":" + std::to_string(E.Offset) + "+" +
         std::to_string(E.Length);
}

bool ringfence::conflict(const Edit &A, const Edit &B) {
  if (A.File != B.File || A == B)
    return false;
  if (A.Length == 0 || B.Length == 0) {
    if (A.Length == B.Length)
      return false;
    const Edit &Insertion = A.Length == 0 ? A : B;
    const Edit &Other = A.Length == 0 ? B : A;
    return Other.Offset < Insertion.Offset && Insertion.Offset < endOf(Other);
  }
  return A.Offset < endOf(B) && B.Offset < endOf(A);
}

llvm::Expected<std::vector<Edit>>
ringfence::sortedEdits(std::vector<Edit> Edits) {
  std::stable_sort(Edits.begin(), Edits.end(),
                   [](const Edit &A, const Edit &B) {
                     if (A.File != B.File)
                       return A.File < B.File;
                     if (A.Offset != B.Offset)
                       return A.Offset < B.Offset;
                     return A.Length == 0 && B.Length != 0;
                   });
  std::vector<Edit> Out;
  Out.reserve(Edits.size());
  const Edit *LastReplacement = nullptr;
  for (Edit &E : Edits) {
    // Equal edits have equal offsets, so only the tail can hold one.
    bool Seen = false;
    for (const Edit &Earlier : llvm::reverse(Out)) {
      if (Earlier.File != E.File || Earlier.Offset != E.Offset)
        break;
      Seen |= Earlier == E;
    }
    if (Seen)
      continue;
    if (LastReplacement && conflict(*LastReplacement, E))
      return llvm::createStringError(
          std::errc::invalid_argument, "edits overlap: %s and %s",
          describe(*LastReplacement).c_str(), describe(E).c_str());
    Out.push_back(std::move(E));
    if (Out.back().Length != 0)
      LastReplacement = &Out.back();
  }
  return Out;
}

llvm::Expected<std::string> ringfence::applyEdits(llvm::StringRef Path,
                                                  llvm::StringRef Bytes,
                                                  llvm::ArrayRef<Edit> Edits) {
  std::vector<Edit> Own;
  for (const Edit &E : Edits)
    if (E.File == Path)
      Own.push_back(E);
  llvm::Expected<std::vector<Edit>> Sorted = sortedEdits(std::move(Own));
  if (!Sorted)
    return Sorted.takeError();

  std::string Out;
  std::size_t Next = 0;
  for (const Edit &E : *Sorted) {
    if (endOf(E) > Bytes.size())
      return llvm::createStringError(
          std::errc::invalid_argument,
          "edit %s reaches behind the end of the file (%zu bytes)",
          describe(E).c_str(), Bytes.size());
    Out += Bytes.slice(Next, E.Offset);
    Out += E.Text;
    Next = endOf(E);
  }
  Out += Bytes.substr(Next);
  return Out;
}
