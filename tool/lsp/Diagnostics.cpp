//===-- Diagnostics.cpp - findings as the protocol has them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Diagnostics.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

/// The protocol's DiagnosticSeverity.
static int severityOf(Severity S) {
  switch (S) {
  case Severity::Error:
    return 1;
  case Severity::Warning:
    return 2;
  case Severity::Note:
    return 3;
  }
  return 3;
}

static std::string text(StringRef S) {
  return llvm::json::isUTF8(S) ? S.str() : llvm::json::fixUTF8(S);
}

static mlir::lsp::Range rangeOf(const Place &P, const Workspace &W,
                                const Documents &Open, const Client &C) {
  return W.positions(*P.In->Source, Open, C.Positions).of(P.Where);
}

Object ringfence::lsp::diagnostic(const Finding &F, const Workspace &W,
                                  const Documents &Open, const Client &C) {
  std::string Message = F.Message;
  if (!F.Advice.empty())
    Message += "\n" + F.Advice;
  Object Result{{"range", rangeOf(F.At, W, Open, C)},
                {"severity", severityOf(F.S)},
                {"code", F.Check},
                {"source", "ringfence"},
                {"message", text(Message)}};
  if (!C.RelatedInformation || F.Notes.empty())
    return Result;
  Array Related;
  for (const PathNote &N : F.Notes)
    if (N.At)
      Related.push_back(Object{
          {"location",
           Object{{"uri", W.uri(N.At.In->Source->path(), Open).uri().str()},
                  {"range", rangeOf(N.At, W, Open, C)}}},
          {"message", text(N.Message)}});
  Result["relatedInformation"] = std::move(Related);
  return Result;
}

/// Says that code at \p P was not analysed: without it, silence would look like
/// a clean bill.
static std::optional<Object> unread(const Problem &P, Session &S,
                                    const Workspace &W, const Documents &Open,
                                    const Client &C) {
  const File *F = P.Fatal && P.Line ? S.project().file(P.File) : nullptr;
  if (!F || P.Line > F->Source->lineCount())
    return std::nullopt;
  const SourceFile &Source = *F->Source;
  std::uint32_t Begin = Source.lineBegin(P.Line);
  Range Line{Begin, Begin + static_cast<std::uint32_t>(
                                Source.lineText(P.Line).size())};
  return Object{{"range", W.positions(Source, Open, C.Positions).of(Line)},
                {"severity", severityOf(Severity::Note)},
                {"code", "not-analysed"},
                {"source", "ringfence"},
                {"message", text(P.Message)}};
}

std::map<std::string, Array>
ringfence::lsp::diagnosticsByFile(Workspace &W, const Documents &Open,
                                  const Client &C) {
  std::map<std::string, Array> Result;
  Session &S = W.session();
  for (const Finding &F : S.findings())
    if (F.At)
      Result[F.At.In->Source->path().str()].push_back(
          diagnostic(F, W, Open, C));
  for (const Problem &P : S.problems())
    if (auto Said = unread(P, S, W, Open, C))
      Result[P.File].push_back(std::move(*Said));
  return Result;
}
