//===-- PlanSvg.cpp - paths as a picture -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Html.h"
#include "tool/output/PlanHtml.h"
#include <algorithm>

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

// Pixels. A character of the page's 13 px monospace type is under 8 wide.
static constexpr unsigned RowHeight = 26, Indent = 24, Left = 70, Char = 8;

static unsigned xOf(unsigned Depth) { return Left + Depth * Indent; }
static unsigned yOf(std::size_t Row) {
  return static_cast<unsigned>(Row) * RowHeight + RowHeight / 2;
}

/// Characters of UTF-8 \p Text.
static std::size_t length(StringRef Text) {
  return static_cast<std::size_t>(std::count_if(
      Text.begin(), Text.end(), [](char C) { return (C & 0xC0) != 0x80; }));
}

/// The line from a row's parent down to it.
static void printLine(raw_ostream &OS, llvm::ArrayRef<PathRow> Rows,
                      std::size_t I) {
  std::size_t Parent = I;
  while (Parent-- != 0)
    if (Rows[Parent].Depth < Rows[I].Depth)
      break;
  if (Parent >= I) // there is none
    return;
  OS << "<path class=\"line\" d=\"M" << xOf(Rows[Parent].Depth) << ' '
     << yOf(Parent) << " V" << yOf(I) << " H" << xOf(Rows[I].Depth) << "\"/>";
}

static void printDot(raw_ostream &OS, PathRow::Kind K, unsigned X, unsigned Y) {
  switch (K) {
  case PathRow::Kind::Branch:
    OS << "<path class=\"dot\" d=\"M" << X << ' ' << Y - 7 << " l7 7 l-7 7 l-7 "
       << "-7 z\"/>";
    return;
  case PathRow::Kind::Unreported:
    OS << "<path class=\"dot\" d=\"M" << X - 6 << ' ' << Y - 6
       << " l12 12 m0 -12 l-12 12\"/>";
    return;
  case PathRow::Kind::Arm:
  case PathRow::Kind::Helper:
    OS << "<rect class=\"dot\" x=\"" << X - 4 << "\" y=\"" << Y - 4
       << "\" width=\"8\" height=\"8\"/>";
    return;
  default:
    OS << "<circle class=\"dot\" cx=\"" << X << "\" cy=\"" << Y << "\" r=\""
       << (K == PathRow::Kind::Work ? 3 : 6) << "\"/>";
  }
}

void ringfence::printPathSvg(raw_ostream &OS, llvm::ArrayRef<PathRow> Rows,
                             StringRef Label) {
  std::size_t Width = 0;
  for (const PathRow &R : Rows)
    Width = std::max(Width, xOf(R.Depth) + 16 + length(R.Text) * Char);
  std::size_t Height = Rows.size() * RowHeight;
  OS << "<svg role=\"img\" aria-label=\"" << htmlText(Label) << "\" width=\""
     << Width << "\" height=\"" << Height << "\" viewBox=\"0 0 " << Width << ' '
     << Height << "\">\n";
  for (std::size_t I = 0; I != Rows.size(); ++I)
    printLine(OS, Rows, I);
  OS << '\n';
  for (std::size_t I = 0; I != Rows.size(); ++I) {
    const PathRow &R = Rows[I];
    OS << "<g class=\"" << nameOf(R.K) << "\">";
    if (R.Line)
      OS << "<text class=\"number\" x=\"" << Left - 24 << "\" y=\""
         << yOf(I) + 4 << "\">" << R.Line << "</text>";
    printDot(OS, R.K, xOf(R.Depth), yOf(I));
    OS << "<text x=\"" << xOf(R.Depth) + 14 << "\" y=\"" << yOf(I) + 4 << "\">"
       << htmlText(R.Text) << "</text></g>\n";
  }
  OS << "</svg>\n";
}
