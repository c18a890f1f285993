//===-- ProgressBar.cpp - how far a long run has come -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/ProgressBar.h"
#include <algorithm>

using namespace ringfence;

void ProgressBar::show(const Progress &P) {
  if (Clock::now() < ShownFrom)
    return;
  IsShown = true;
  // Back to the line's begin, and the rest of it cleared.
  OS << "\r\033[K";
  if (P.Total) {
    constexpr std::size_t Width = 24;
    std::size_t Full = std::min(P.Done, P.Total) * Width / P.Total;
    OS << '[' << std::string(Full, '=') << std::string(Width - Full, ' ')
       << "] ";
  }
  OS << P.Stage;
  if (P.Total)
    OS << ' ' << std::min(P.Done + 1, P.Total) << " of " << P.Total;
  else
    OS << " …";
  OS.flush();
}

void ProgressBar::clear() {
  if (!IsShown)
    return;
  OS << "\r\033[K";
  OS.flush();
  IsShown = false;
}
