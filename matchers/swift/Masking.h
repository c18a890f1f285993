//===-- Masking.h - what the grammar does not know, hidden from it -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Some valid Swift is beyond the grammar. Where a parse has errors, such
/// constructs are overwritten by text of the same length that means the same
/// to the reader, and the file is parsed again: offsets stay true, and the
/// model takes its text from the file, never from the mask.
///
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_MASKING_H
#define RINGFENCE_MATCHERS_SWIFT_MASKING_H

#include "matchers/swift/Outline.h"
#include <cstdint>
#include <string>
#include <vector>

namespace ringfence::swift {

struct Masked {
  std::string Bytes;
  /// Where an "await" was hidden: the calls behind it, up to the brace that
  /// follows, are awaited.
  std::vector<std::uint32_t> HiddenAwaits;
};

/// \p Code and \p O are those of \p Bytes.
Masked mask(llvm::StringRef Bytes, llvm::StringRef Code, const Outline &O);

} // namespace ringfence::swift

#endif
