//===-- Positions.cpp - byte offsets as editors count them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Positions.h"
#include <algorithm>

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;

StringRef ringfence::lsp::nameOf(Encoding E) {
  return E == Encoding::UTF8 ? "utf-8" : "utf-16";
}

/// UTF-16 code units that the character beginning with byte \p C takes; 0 for
/// bytes that continue one.
static int units(char C) {
  auto Byte = static_cast<unsigned char>(C);
  if ((Byte & 0xC0) == 0x80)
    return 0;
  return Byte >= 0xF0 ? 2 : 1;
}

std::uint32_t Positions::markLength() const {
  return OnDisk && Source.bytes().starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

Position Positions::at(std::uint32_t Offset) const {
  Offset = std::min<std::uint32_t>(
      Offset, static_cast<std::uint32_t>(Source.bytes().size()));
  unsigned Line = Source.line(Offset);
  std::uint32_t Begin = Source.lineBegin(Line);
  if (Line == 1)
    Begin = std::min(Offset, Begin + markLength());
  StringRef Before = Source.text({Begin, Offset});
  int Character = 0;
  if (E == Encoding::UTF8)
    Character = static_cast<int>(Before.size());
  else
    for (char C : Before)
      Character += units(C);
  return {static_cast<int>(Line) - 1, Character};
}

std::uint32_t Positions::offset(Position P) const {
  if (P.line < 0)
    return 0;
  auto Line = static_cast<unsigned>(P.line) + 1;
  if (Line > Source.lineCount())
    return static_cast<std::uint32_t>(Source.bytes().size());
  StringRef Text = Source.lineText(Line);
  std::uint32_t Begin = Source.lineBegin(Line);
  if (Line == 1) {
    Begin += markLength();
    Text = Text.drop_front(markLength());
  }
  auto Wanted = static_cast<std::size_t>(std::max(P.character, 0));
  if (E == Encoding::UTF8)
    return Begin + static_cast<std::uint32_t>(std::min(Wanted, Text.size()));
  std::size_t Seen = 0, At = 0;
  while (At != Text.size() && Seen < Wanted) {
    Seen += static_cast<std::size_t>(units(Text[At++]));
    while (At != Text.size() && units(Text[At]) == 0)
      ++At;
  }
  return Begin + static_cast<std::uint32_t>(At);
}
