//===-- Builders.h - the builders of a set's files -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_BUILDERS_H
#define RINGFENCE_REWRITERS_EDIT_BUILDERS_H

#include "rewriters/edit/Builder.h"
#include <map>
#include <memory>
#include <string>

namespace ringfence {

/// One builder for each file that a fix set touches.
class Builders {
public:
  Builder &of(const File &In) {
    std::unique_ptr<Builder> &B = ByPath[In.Source->path().str()];
    if (!B)
      B = std::make_unique<Builder>(In);
    return *B;
  }

  /// Writes all edits and content hashes into \p Set, by path.
  void addTo(FixSet &Set) {
    for (auto &[Path, B] : ByPath)
      if (!B->empty())
        B->addTo(Set);
  }

private:
  std::map<std::string, std::unique_ptr<Builder>> ByPath;
};

} // namespace ringfence

#endif
