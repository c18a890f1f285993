//===-- Json.cpp - findings for programs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Json.h"
#include "tool/output/JsonPrinter.h"
#include "tool/pipeline/Fingerprint.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

class Printer : JsonPrinter {
public:
  Printer(llvm::raw_ostream &OS, const Analysis &A,
          const std::vector<FixSet> &Sets)
      : JsonPrinter(OS), A(A), Sets(Sets) {}

  void print(StringRef Version) {
    J.object([&] {
      J.attribute("version", 1);
      J.attributeObject("tool", [&] {
        text("name", "ringfence");
        text("version", Version);
      });
      list("handlers", A.Handlers, [&](const JudgedHandler &H) { handler(H); });
      std::vector<std::string> Ids = fingerprints(A);
      unsigned Index = 0;
      list("findings", A.Findings, [&](const Finding &F) {
        finding(F, Ids[Index], Index);
        ++Index;
      });
      list("fixSets", Sets, [&](const FixSet &S) { fixSet(S); });
      list("problems", A.Problems, [&](const Problem &P) {
        J.object([&] {
          text("file", P.File);
          J.attribute("line", P.Line);
          text("message", P.Message);
        });
      });
    });
    J.flush();
  }

private:
  void file(const Place &P) { text("file", P.In->Source->path()); }

  /// The statement of the handler that leads to something in a helper.
  void handlerLines(const Place &P) {
    if (!P)
      return;
    J.attribute("handlerLine", P.line());
    J.attribute("handlerEndLine", P.endLine());
  }

  void handler(const JudgedHandler &H) {
    const Function &F = H.function();
    Place Whole{H.In, F.Where};
    J.object([&] {
      file(Whole);
      J.attribute("line", Whole.line());
      J.attribute("endLine", Whole.endLine());
      text("language", nameOf(H.In->Source->language()));
      text("symbol", F.Symbol);
      text("signature", nameOf(H.H->S));
      text("reports", nameOf(H.V.R));
      strings("reportedBy", H.V.ReportedBy);
      list("unreportedExits", H.V.Exits,
           [&](const UnreportedExit &E) { exit(E); });
      text("completion", nameOf(H.V.Completion));
      list("steps", H.V.Steps, [&](const Work &W) { work(W); });
    });
  }

  void exit(const UnreportedExit &E) {
    J.object([&] {
      file(E.At);
      J.attribute("line", E.At.line());
      handlerLines(E.HandlerAt);
      text("kind", nameOf(E.K));
      J.attribute("late", E.Late);
      list("path", E.Path, [&](const PathNote &N) {
        J.object([&] {
          file(N.At);
          J.attribute("line", N.At.line());
          text("message", N.Message);
        });
      });
    });
  }

  void work(const Work &W) {
    J.object([&] {
      file(W.At);
      J.attribute("line", W.At.line());
      J.attribute("endLine", W.At.endLine());
      handlerLines(W.HandlerAt);
      text("effect", nameOf(W.E));
      text("api", W.Api);
      text("destination", nameOf(W.D));
      text("reason", W.Reason);
    });
  }

  void position(const Place &P) {
    file(P);
    J.attribute("line", P.line());
    J.attribute("column", P.In->Source->column(P.Where.Begin));
  }

  void finding(const Finding &F, StringRef Id, unsigned Index) {
    J.object([&] {
      text("id", Id);
      text("check", F.Check);
      text("severity", nameOf(F.S));
      if (F.At) {
        position(F.At);
        J.attribute("endLine", F.At.In->Source->line(F.At.Where.End));
        J.attribute("endColumn", F.At.In->Source->column(F.At.Where.End));
      }
      text("message", F.Message);
      list("notes", F.Notes, [&](const PathNote &N) {
        J.object([&] {
          position(N.At);
          text("message", N.Message);
        });
      });
      if (!F.Advice.empty())
        text("advice", F.Advice);
      J.attributeArray("fixSets", [&] {
        for (const FixSet &S : Sets)
          for (unsigned I : S.Findings)
            if (I == Index)
              J.value(S.Id);
      });
    });
  }

  void fixSet(const FixSet &S) {
    J.object([&] {
      text("id", S.Id);
      text("fix", S.Fix);
      text("step", nameOf(S.Step));
      text("title", S.Title);
      text("applicability", nameOf(S.A));
      text("why", S.Why);
      strings("leftToDo", S.LeftToDo);
      J.attributeObject("files", [&] {
        for (const auto &[Path, Hash] : S.Files)
          text(Path, Hash);
      });
      list("edits", S.Edits, [&](const Edit &E) {
        J.object([&] {
          text("file", E.File);
          J.attribute("offset", E.Offset);
          J.attribute("length", E.Length);
          text("text", E.Text);
        });
      });
      list("newFiles", S.NewFiles, [&](const NewFile &N) {
        J.object([&] {
          text("path", N.Path);
          text("text", N.Text);
        });
      });
    });
  }

  const Analysis &A;
  const std::vector<FixSet> &Sets;
};

} // namespace

void ringfence::printJson(llvm::raw_ostream &OS, const Analysis &A,
                          const std::vector<FixSet> &Sets, StringRef Version) {
  Printer(OS, A, Sets).print(Version);
  OS << '\n';
}
