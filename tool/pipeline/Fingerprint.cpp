//===-- Fingerprint.cpp - findings keep their names -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Fingerprint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/SHA256.h"
#include <numeric>

using namespace ringfence;

/// What makes \p F itself, in whatever line it stands.
static std::string keyOf(const Analysis &A, const Finding &F) {
  // NUL cannot occur in any of the parts that would make two keys equal.
  std::string Key = F.Check;
  auto Add = [&](llvm::StringRef Part) { Key += '\0' + Part.str(); };
  if (F.At) {
    const SourceFile &Source = *F.At.In->Source;
    Add(Source.path());
    Add(Source.lineText(F.At.line()).trim());
  }
  if (F.HandlerIndex >= 0)
    Add(A.Handlers[static_cast<unsigned>(F.HandlerIndex)].function().Symbol);
  return Key;
}

std::vector<std::string> ringfence::fingerprints(const Analysis &A) {
  std::vector<const Finding *> All;
  for (const Finding &F : A.Findings)
    All.push_back(&F);
  for (const Suppressed &H : A.Hidden)
    All.push_back(&H.F);
  std::vector<std::size_t> Order(All.size());
  std::iota(Order.begin(), Order.end(), 0);
  // Equal keys lie in one file; its places decide.
  llvm::stable_sort(Order, [&](std::size_t I, std::size_t J) {
    return All[I]->At.Where.Begin < All[J]->At.Where.Begin;
  });
  llvm::StringMap<unsigned> Seen;
  std::vector<std::string> Result(All.size());
  for (std::size_t I : Order) {
    std::string Key = keyOf(A, *All[I]);
    unsigned Number = Seen[Key]++;
    Key += '\0' + std::to_string(Number);
    llvm::SHA256 Hash;
    Hash.update(Key);
    Result[I] = llvm::toHex(Hash.final(), /*LowerCase=*/true).substr(0, 16);
  }
  return Result;
}
