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
#include "matchers/swift/Masking.h"
#include "matchers/swift/Parsing.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

struct swift::Reader::State {
  Parser P;
};

swift::Reader::Reader() : S(new State) {}
swift::Reader::~Reader() = default;

/// Says once per function that something in it was not understood, and once
/// for everything outside of functions.
static void sayTears(const swift::ParsedFile &Parsed, File &F) {
  const SourceFile &Source = *F.Source;
  for (const Function &Fn : F.Functions)
    if (Fn.HasErrors)
      F.Problems.push_back({Source.path().str(), Source.line(Fn.Where.Begin),
                            Fn.Symbol + " holds syntax that was not understood",
                            false});
  swift::Node Tear = swift::firstTear(Parsed.Whole.root());
  if (!Tear)
    return;
  bool InFunction = llvm::any_of(F.Functions, [&](const Function &Fn) {
    return Fn.Where.contains(Tear.range());
  });
  if (!InFunction)
    F.Problems.push_back({Source.path().str(), Source.line(Tear.range().Begin),
                          "syntax that was not understood; declarations near "
                          "it may be missing",
                          false});
}

File swift::Reader::read(std::shared_ptr<const SourceFile> Source) {
  File F;
  F.Source = Source;
  ParsedFile Parsed = parseFile(S->P, *Source);
  F.Problems = Parsed.Problems;
  FileFacts Facts{*Source, {}, {}, {}, std::move(Parsed.HiddenAwaits)};

  // Islands first: what the whole shows of the same functions is worse.
  Declarations D(F, Facts, Parsed.Shape);
  for (const Island &I : Parsed.Islands)
    D.collect(I.T.root());
  D.collect(Parsed.Whole.root());
  D.finish(Declarations::Bodies::Lowered);

  findHandlers(Parsed.Whole.root(), F);
  findRegistrations(Parsed.Whole.root(), F);
  for (const Island &I : Parsed.Islands) {
    findHandlers(I.T.root(), F);
    findRegistrations(I.T.root(), F);
  }
  llvm::sort(F.Handlers, [](const Handler &A, const Handler &B) {
    return A.FunctionIndex < B.FunctionIndex;
  });
  sayTears(Parsed, F);
  return F;
}

std::optional<File>
swift::Reader::declarations(std::shared_ptr<const SourceFile> Source) {
  llvm::StringRef Bytes = Source->bytes();
  std::string Code = codeOnly(Bytes);
  Outline Shape = outlineOf(Code);
  std::vector<Range> Parts = outsideBodies(Shape, Bytes.size());
  Tree T = S->P.parse(Bytes, Parts);
  if (T && isTorn(T.root()))
    T = S->P.parse(mask(Bytes, Code, Shape).Bytes, Parts);
  if (!T || isTorn(T.root()))
    return std::nullopt;
  File F;
  F.Source = Source;
  FileFacts Facts{*Source, {}, {}, {}, {}};
  Outline None; // the tree shows all
  Declarations D(F, Facts, None);
  D.collect(T.root());
  D.finish(Declarations::Bodies::LeftOut);
  return F;
}
