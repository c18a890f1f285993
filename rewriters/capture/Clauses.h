//===-- Clauses.h - several reasons in one sentence -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_CLAUSES_H
#define RINGFENCE_REWRITERS_CAPTURE_CLAUSES_H

#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace ringfence {

/// "a, b and c".
inline std::string listed(llvm::ArrayRef<std::string> Items) {
  std::string S;
  for (std::size_t I = 0; I != Items.size(); ++I) {
    if (I != 0)
      S += I + 1 == Items.size() ? " and " : ", ";
    S += Items[I];
  }
  return S;
}

} // namespace ringfence

#endif
