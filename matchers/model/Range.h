//===-- Range.h - byte range of a file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_RANGE_H
#define RINGFENCE_MATCHERS_MODEL_RANGE_H

#include <cstdint>

namespace ringfence {

/// Half-open range [Begin, End) of byte offsets (0-based) into one file.
struct Range {
  std::uint32_t Begin = 0;
  std::uint32_t End = 0;

  bool empty() const { return Begin == End; }
  std::uint32_t size() const { return End - Begin; }
  bool contains(std::uint32_t Offset) const {
    return Begin <= Offset && Offset < End;
  }
  bool contains(const Range &R) const {
    return Begin <= R.Begin && R.End <= End;
  }
  bool overlaps(const Range &R) const { return Begin < R.End && R.Begin < End; }
  friend bool operator==(const Range &, const Range &) = default;
};

} // namespace ringfence

#endif
