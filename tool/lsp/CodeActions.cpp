//===-- CodeActions.cpp - fix sets behind the light bulb -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/CodeActions.h"
#include "rewriters/edit/Merge.h"
#include "tool/lsp/Diagnostics.h"
#include "tool/lsp/WorkspaceEdits.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

static constexpr llvm::StringLiteral QuickFix = "quickfix";
static constexpr llvm::StringLiteral FixAll = "source.fixAll.ringfence";
/// In an action's data: all safe sets of a file, not one set.
static constexpr llvm::StringLiteral AllSets = "all";

bool ringfence::lsp::fromJSON(const llvm::json::Value &V, ActionQuery &Q,
                              llvm::json::Path P) {
  llvm::json::ObjectMapper O(V, P);
  const Object *Query = V.getAsObject();
  if (!O || !O.map("range", Q.Where))
    return false;
  const Object *Text = Query->getObject("textDocument");
  auto Uri = Text ? Text->getString("uri") : std::nullopt;
  if (!Uri) {
    P.field("textDocument").report("expected a document");
    return false;
  }
  Q.Uri = Uri->str();
  if (const Object *Context = Query->getObject("context"))
    if (const Array *Only = Context->getArray("only"))
      for (const llvm::json::Value &Kind : *Only)
        if (auto Name = Kind.getAsString())
          Q.Only.push_back(Name->str());
  return true;
}

namespace {

/// Kinds are dotted: "source" asks for "source.fixAll" too.
bool asksFor(const ActionQuery &Q, StringRef Kind) {
  return Q.Only.empty() || llvm::any_of(Q.Only, [&](StringRef Only) {
           return Kind == Only || Kind.starts_with((Only + ".").str());
         });
}

std::string describe(const FixSet &S) {
  std::string Result = S.Why;
  for (const std::string &Item : S.LeftToDo)
    Result += "\nTo do: " + Item;
  return Result;
}

class Actions {
public:
  Actions(const ActionContext &In) : In(In), S(In.W.session()) {}

  Array of(const ActionQuery &Q, StringRef Path) {
    Array Result;
    bool Fixes = asksFor(Q, QuickFix), All = asksFor(Q, FixAll);
    bool AnySafe = false;
    for (Proposal &P : S.proposals()) {
      if (In.Cancelled())
        return Result;
      if (P.Set.A > In.Level || !isPossible(P.Set) ||
          (P.Objection && !P.Objection->empty()))
        continue;
      AnySafe |= P.Set.A == Applicability::Safe && speaksOf(P.Set, Path);
      Array About = Fixes ? diagnosticsOn(P.Set, Path, Q.Where) : Array();
      if (!About.empty())
        add(Result, action(P, std::move(About)));
    }
    if (All && AnySafe) {
      Object Data = data(AllSets);
      Data["file"] = Path.str();
      add(Result, Object{{"title", "Apply all safe fixes"},
                         {"kind", FixAll},
                         {"data", std::move(Data)}});
    }
    return Result;
  }

  llvm::Expected<Object> resolve(Object Action) {
    const Object *Data = Action.getObject("data");
    auto Id = Data ? Data->getString("set") : std::nullopt;
    if (!Id)
      return llvm::make_error<mlir::lsp::LSPError>(
          "this action was not made here", mlir::lsp::ErrorCode::InvalidParams);
    auto Edit = *Id == AllSets ? allSafe(Data->getString("file").value_or(""))
                               : single(*Id);
    if (!Edit)
      return Edit.takeError();
    Action["edit"] = std::move(*Edit);
    return Action;
  }

private:
  bool isPossible(const FixSet &Set) const {
    return Set.NewFiles.empty() || In.C.CreatesFiles;
  }

  const Finding &finding(unsigned I) const { return S.findings()[I]; }

  bool speaksOf(const FixSet &Set, StringRef Path) const {
    return llvm::any_of(Set.Findings, [&](unsigned I) {
      return finding(I).At && finding(I).At.In->Source->path() == Path;
    });
  }

  /// The findings of \p Set that stand on the lines of \p Where.
  Array diagnosticsOn(const FixSet &Set, StringRef Path,
                      const mlir::lsp::Range &Where) const {
    Array Result;
    for (unsigned I : Set.Findings) {
      const Finding &F = finding(I);
      if (!F.At || F.At.In->Source->path() != Path)
        continue;
      const SourceFile &Source = *F.At.In->Source;
      int First = static_cast<int>(Source.line(F.At.Where.Begin)) - 1;
      int Last = static_cast<int>(Source.line(F.At.Where.End)) - 1;
      if (First <= Where.end.line && Where.start.line <= Last)
        Result.push_back(diagnostic(F, In.W, In.Open, In.C));
    }
    return Result;
  }

  Object action(const Proposal &P, Array About) const {
    Object Result{{"title", P.Set.Title},
                  {"kind", QuickFix},
                  {"diagnostics", std::move(About)},
                  {"data", data(P.Set.Id)}};
    if (P.Set.A == Applicability::Safe)
      Result["isPreferred"] = true;
    return Result;
  }

  Object data(StringRef Id) const {
    return Object{{"root", In.W.root()}, {"set", Id.str()}};
  }

  /// Adds \p Action, with its edit if the editor will not ask for it later.
  /// What turns out not to hold is left out.
  void add(Array &Result, Object Action) {
    if (In.C.ResolvesEdits) {
      Result.push_back(std::move(Action));
      return;
    }
    auto Whole = resolve(std::move(Action));
    if (!Whole)
      return llvm::consumeError(Whole.takeError());
    Whole->erase("data");
    Result.push_back(std::move(*Whole));
  }

  llvm::Expected<Object> single(StringRef Id) {
    for (Proposal &P : S.proposals()) {
      if (P.Set.Id != Id)
        continue;
      if (const std::string &Why = S.objectionTo(P); !Why.empty())
        return llvm::createStringError(
            std::errc::invalid_argument,
            ("this fix is not offered: " + Why).c_str());
      return workspaceEdit(
          P.Set.Edits, P.Set.NewFiles,
          {P.Set.Title, describe(P.Set), P.Set.A != Applicability::Safe}, In.W,
          In.Open, In.C);
    }
    return llvm::make_error<mlir::lsp::LSPError>(
        "the text has changed, and this fix is gone",
        mlir::lsp::ErrorCode::ContentModified);
  }

  /// Safe sets that speak of \p Path, together: those that collide wait for the
  /// next time.
  llvm::Expected<Object> allSafe(StringRef Path) {
    std::vector<FixSet> Sets;
    for (Proposal &P : S.proposals())
      if (P.Set.A == Applicability::Safe && isPossible(P.Set) &&
          speaksOf(P.Set, Path) && S.objectionTo(P).empty())
        Sets.push_back(P.Set);
    Merged All = merge(Sets);
    return workspaceEdit(All.Edits, All.NewFiles,
                         {"Apply all safe fixes", "", false}, In.W, In.Open,
                         In.C);
  }

  const ActionContext &In;
  Session &S;
};

} // namespace

Array ringfence::lsp::codeActions(const ActionQuery &Q,
                                  const ActionContext &In) {
  auto Uri = mlir::lsp::URIForFile::fromURI(Q.Uri);
  if (!Uri) {
    llvm::consumeError(Uri.takeError());
    return {};
  }
  return Actions(In).of(Q, In.W.relative(Uri->file()));
}

llvm::Expected<Object> ringfence::lsp::resolved(Object Action,
                                                const ActionContext &In) {
  return Actions(In).resolve(std::move(Action));
}
