//===-- Fingerprint.cpp - findings keep their names -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Fingerprint.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/SHA256.h"

using namespace ringfence;

std::vector<std::string> ringfence::fingerprints(const Analysis &A) {
  llvm::StringMap<unsigned> Seen;
  std::vector<std::string> Result;
  for (const Finding &F : A.Findings) {
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
    Add(std::to_string(Seen[Key]++));
    llvm::SHA256 Hash;
    Hash.update(Key);
    Result.push_back(
        llvm::toHex(Hash.final(), /*LowerCase=*/true).substr(0, 16));
  }
  return Result;
}
