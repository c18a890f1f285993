//===-- BaselineFile.cpp - the file of accepted findings -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/BaselineFile.h"
#include "tool/pipeline/Baseline.h"
#include "tool/pipeline/Project.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileOutputBuffer.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace ringfence;
using llvm::StringRef;

llvm::Error ringfence::writeBaselineFile(const Analysis &A, StringRef Path) {
  std::string Text = printBaseline(baselineOf(A));
  // Written beside and renamed: a file cut short would accept too little.
  auto Buffer = llvm::FileOutputBuffer::create(Path, Text.size());
  if (!Buffer)
    return llvm::createStringError(std::errc::io_error, "%s: %s",
                                   Path.str().c_str(),
                                   llvm::toString(Buffer.takeError()).c_str());
  llvm::copy(Text, (*Buffer)->getBufferStart());
  return (*Buffer)->commit();
}

/// Whether a run with \p Options would find what \p E speaks of.
static bool isLookedAt(const AnalysisOptions &Options, const BaselineEntry &E) {
  if (!isEnabled(Options.Config.Checks, E.Check))
    return false;
  std::string File = Options.Root + "/" + E.File;
  return llvm::any_of(Options.Paths, [&](StringRef P) {
    return File == P || P == "/" ||
           StringRef(File).starts_with((P + "/").str());
  });
}

llvm::Error ringfence::applyBaselineFile(Analysis &A, std::vector<FixSet> &Sets,
                                         const AnalysisOptions &Options,
                                         StringRef Path,
                                         llvm::raw_ostream &Say) {
  auto Text = llvm::MemoryBuffer::getFile(Path);
  if (!Text)
    return llvm::createStringError(Text.getError(), "%s: %s",
                                   Path.str().c_str(),
                                   Text.getError().message().c_str());
  auto Known = parseBaseline((*Text)->getBuffer(), Path);
  if (!Known)
    return Known.takeError();
  for (const BaselineEntry &E : applyBaseline(A, Sets, *Known, Path))
    if (isLookedAt(Options, E)) {
      Say << Path << ": no longer found, take it out: " << E.Check << " in "
          << (E.Symbol.empty() ? E.File : E.Symbol);
      if (!E.At.empty())
        Say << ", at '" << E.At << '\'';
      if (E.Count > 1)
        Say << ", " << E.Count << " times";
      Say << '\n';
    }
  return llvm::Error::success();
}
