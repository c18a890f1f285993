//===-- PlanJson.cpp - the plan for programs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/PlanJson.h"
#include "tool/output/JsonPrinter.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

class Printer : JsonPrinter {
public:
  explicit Printer(llvm::raw_ostream &OS) : JsonPrinter(OS) {}

  void print(const MigrationPlan &Plan, StringRef Version) {
    J.object([&] {
      J.attribute("version", 1);
      J.attributeObject("tool", [&] {
        text("name", "ringfence");
        text("version", Version);
      });
      J.attributeObject("looked", [&] {
        J.attribute("filesSeen", Plan.Stats.FilesSeen);
        J.attribute("filesRead", Plan.Stats.FilesRead);
      });
      list("handlers", Plan.Handlers,
           [&](const HandlerPlan &H) { handler(H); });
      strings("projectFindings", Plan.ProjectFindings);
      list("pushes", Plan.Pushes, [&](const PushKind &K) { push(K); });
      list("sections", Plan.Sections, [&](const PlanSection &S) {
        J.object([&] {
          text("title", S.Title);
          text("intro", S.Intro);
          J.attribute("ordered", S.Ordered);
          strings("items", S.Items);
        });
      });
      strings("notKnown", Plan.NotSeen);
    });
    J.flush();
  }

private:
  void place(StringRef File, unsigned Line) {
    text("file", File);
    J.attribute("line", Line);
  }

  void handler(const HandlerPlan &H) {
    J.object([&] {
      text("symbol", H.Symbol);
      place(H.File, H.Line);
      J.attribute("endLine", H.EndLine);
      text("signature", H.Signature);
      text("reports", nameOf(H.R));
      J.attribute("dead", H.IsDead);
      strings("reportedBy", H.ReportedBy);
      list("exits", H.Exits, [&](const PlannedExit &E) {
        J.object([&] {
          place(E.File, E.Line);
          J.attribute("late", E.Late);
          strings("way", E.Way);
        });
      });
      list("work", H.Works, [&](const PlannedWork &W) {
        J.object([&] {
          place(W.File, W.Line);
          J.attribute("endLine", W.EndLine);
          if (W.HandlerLine)
            J.attribute("handlerLine", W.HandlerLine);
          text("what", W.What);
          text("destination", nameOf(W.To));
          text("reason", W.Why);
          strings("movedBy", W.By);
        });
      });
      list("shared", H.Shared, [&](const SharedItem &S) {
        J.object([&] {
          text("what", S.What);
          place(S.File, S.Line);
          text("reached", nameOf(S.R));
          text("reason", S.Why);
          text("toDo", S.ToDo);
        });
      });
      list("picture", H.Picture, [&](const PathRow &R) {
        J.object([&] {
          text("kind", nameOf(R.K));
          J.attribute("depth", R.Depth);
          place(R.File, R.Line);
          text("text", R.Text);
        });
      });
      J.attributeObject("payloadKeys", [&] {
        for (const auto &[D, Keys] : H.Keys)
          list(nameOf(D), Keys, [&](const PayloadKey &K) {
            J.object([&] {
              text("path", K.Path);
              text("value", K.Value);
            });
          });
      });
      list("steps", H.Steps, [&](const PlannedStep &S) { step(S); });
    });
  }

  void step(const PlannedStep &S) {
    J.object([&] {
      text("step", nameOf(S.Step));
      list("fixes", S.Fixes, [&](const PlannedFix &F) {
        J.object([&] {
          text("fix", F.Fix);
          text("title", F.Title);
          text("why", F.Why);
          text("applicability", nameOf(F.A));
          strings("leftToDo", F.LeftToDo);
          text("command", F.Command);
          list("files", F.Changes, [&](const auto &Entry) {
            J.object([&] {
              text("path", Entry.first);
              J.attribute("new", !Entry.second.Before);
            });
          });
        });
      });
      strings("byHand", S.ByHand);
    });
  }

  void push(const PushKind &K) {
    J.object([&] {
      text("name", K.Name);
      text("token", K.Token);
      J.attributeObject("headers", [&] {
        for (const auto &[Header, Value] : K.Headers)
          text(Header, Value);
      });
      text("payload", K.Payload);
      J.attribute("mostBytes", K.MostBytes);
      strings("notes", K.Notes);
    });
  }
};

} // namespace

void ringfence::printPlanJson(llvm::raw_ostream &OS, const MigrationPlan &Plan,
                              StringRef Version) {
  Printer(OS).print(Plan, Version);
  OS << '\n';
}
