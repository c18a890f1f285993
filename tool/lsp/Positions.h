//===-- Positions.h - byte offsets as editors count them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_POSITIONS_H
#define RINGFENCE_TOOL_LSP_POSITIONS_H

#include "matchers/model/SourceFile.h"
#include "mlir/Tools/lsp-server-support/Protocol.h"

namespace ringfence::lsp {

using mlir::lsp::Position;

/// What a position's character counts (the protocol's PositionEncodingKind).
enum class Encoding { UTF8, UTF16 };
llvm::StringRef nameOf(Encoding E);

/// Converts between byte offsets and positions in one text.
class Positions {
public:
  /// \p OnDisk: the bytes are a file's and not an editor's, which shows no
  /// byte order mark.
  Positions(const SourceFile &Source, Encoding E, bool OnDisk = false)
      : Source(Source), E(E), OnDisk(OnDisk) {}

  /// Offsets past the end become the end.
  Position at(std::uint32_t Offset) const;
  mlir::lsp::Range of(Range R) const { return {at(R.Begin), at(R.End)}; }
  /// A character past its line's end means the end of the line; a line past
  /// the last one the end of the text.
  std::uint32_t offset(Position P) const;

private:
  std::uint32_t markLength() const;

  const SourceFile &Source;
  Encoding E;
  bool OnDisk;
};

} // namespace ringfence::lsp

#endif
