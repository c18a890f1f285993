//===-- Reader.cpp - Swift sources become the model -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Reader.h"
#include "matchers/swift/Declarations.h"
#include "matchers/swift/Handlers.h"
#include "matchers/swift/Syntax.h"

using namespace ringfence;

struct swift::Reader::State {
  Parser P;
};

swift::Reader::Reader() : S(new State) {}
swift::Reader::~Reader() = default;

File swift::Reader::read(std::shared_ptr<const SourceFile> Source) {
  File F;
  F.Source = Source;
  Tree T = S->P.parse(Source->bytes());
  if (!T) {
    F.Problems.push_back({Source->path().str(), 0,
                          "parsing took too many steps; the file was not "
                          "analysed",
                          true});
    return F;
  }
  FileFacts Facts{*Source, {}, {}, {}, {}};
  Declarations D(F, Facts);
  D.collect(T.root());
  D.lowerBodies();
  findHandlers(T.root(), F);
  findRegistrations(T.root(), F);
  return F;
}
