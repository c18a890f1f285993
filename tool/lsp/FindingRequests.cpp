//===-- FindingRequests.cpp - findings told, fixes asked for -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Conversation.h"
#include "tool/lsp/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::json::Array;
using llvm::json::Object;
using mlir::lsp::ErrorCode;
using mlir::lsp::LSPError;

void Conversation::refresh() {
  for (auto &W : Workspaces)
    refresh(*W);
}

void Conversation::refresh(Workspace &W) {
  Session &S = W.session();
  if (S.isCurrent() && !S.hasToWalk())
    return;
  bool Long = S.hasToWalk() && TheClient.Progress;
  std::string Token = llvm::formatv("ringfence/{0}", Long ? ++Progressed : 0);
  auto Report = [&](Object What) {
    if (Long)
      notify("$/progress",
             Object{{"token", Token}, {"value", std::move(What)}});
  };
  if (Long)
    ask("window/workDoneProgress/create", Object{{"token", Token}});
  Report(Object{{"kind", "begin"},
                {"title", "ringfence"},
                {"message", "looking for VoIP handlers"},
                {"cancellable", false}});
  if (llvm::Error E = S.update())
    say(1, llvm::toString(std::move(E)));
  publish(W);
  Report(Object{
      {"kind", "end"},
      {"message", llvm::formatv("{0} findings", S.findings().size()).str()}});
}

void Conversation::publish(Workspace &W) {
  std::map<std::string, std::string> Now;
  for (auto &[Relative, Diagnostics] : diagnosticsByFile(W, Open, TheClient)) {
    std::string Full = W.root() + "/" + Relative;
    // A file of a folder within this one is told of once, by that one.
    if (workspaceOf(Full) != &W)
      continue;
    std::string &Text = Now[Full];
    Text = llvm::formatv("{0}", Json(Array(Diagnostics)));
    const Document *D = Open.find(Full);
    if (D || W.Published[Full] != Text)
      publish(W.uri(Relative, Open), std::move(Diagnostics));
  }
  // Open texts are told of each time, so that the editor knows which version
  // was looked at.
  for (const auto &[Full, D] : Open)
    if (workspaceOf(Full) == &W && !Now.count(Full))
      publish(D.Uri, {});
  for (const auto &[Full, Shown] : W.Published)
    if (!Shown.empty() && !Now.count(Full) && !Open.find(Full))
      publish(llvm::cantFail(mlir::lsp::URIForFile::fromFile(Full)), {});
  W.Published = std::move(Now);
}

void Conversation::publish(const mlir::lsp::URIForFile &Uri,
                           Array Diagnostics) {
  Object P{{"uri", Uri.uri().str()}, {"diagnostics", std::move(Diagnostics)}};
  if (const Document *D = Open.find(Uri.file()))
    P["version"] = D->Version;
  notify("textDocument/publishDiagnostics", std::move(P));
}

void Conversation::codeAction(const ActionQuery &Q, Reply R) {
  auto Uri = mlir::lsp::URIForFile::fromURI(Q.Uri);
  Workspace *W = Uri ? workspaceOf(Uri->file()) : nullptr;
  if (!Uri)
    llvm::consumeError(Uri.takeError());
  if (!W)
    return R(Json(Array()));
  // What is offered must fit the text as it is.
  refresh(*W);
  if (W->session().holdsBack()) {
    W->session().readWhole();
    refresh(*W);
  }
  if (!W->session().hasResults())
    return R(Json(Array()));
  Array Result = codeActions(
      Q, {*W, Open, TheClient, Config.Level, [&] { return isCancelled(); }});
  if (isCancelled())
    return R(
        llvm::make_error<LSPError>("cancelled", ErrorCode::RequestCancelled));
  R(Json(std::move(Result)));
}

void Conversation::resolveAction(const Params &P, Reply R) {
  const Object *Data = P.object().getObject("data");
  auto Root = Data ? Data->getString("root") : std::nullopt;
  auto It = llvm::find_if(Workspaces,
                          [&](auto &W) { return Root && W->root() == *Root; });
  if (It == Workspaces.end())
    return R(llvm::make_error<LSPError>("this action was not made here",
                                        ErrorCode::InvalidParams));
  refresh(**It);
  if (!(*It)->session().hasResults())
    return R(llvm::make_error<LSPError>("the folder could not be analysed",
                                        ErrorCode::RequestFailed));
  auto Whole = resolved(P.object(), {**It, Open, TheClient, Config.Level,
                                     [&] { return isCancelled(); }});
  if (isCancelled()) {
    if (!Whole)
      llvm::consumeError(Whole.takeError());
    return R(
        llvm::make_error<LSPError>("cancelled", ErrorCode::RequestCancelled));
  }
  if (Whole)
    return R(Json(std::move(*Whole)));
  // Errors of the libraries become the protocol's.
  R(llvm::handleErrors(
      Whole.takeError(),
      [](std::unique_ptr<LSPError> E) { return llvm::Error(std::move(E)); },
      [](const llvm::ErrorInfoBase &E) {
        return llvm::make_error<LSPError>(E.message(),
                                          ErrorCode::RequestFailed);
      }));
}

bool Conversation::workAhead() {
  for (auto &W : Workspaces) {
    if (!W->session().hasResults())
      continue;
    if (W->session().isProvisional()) {
      W->session().readWhole();
      refresh(*W);
      return true;
    }
    for (Proposal &P : W->session().proposals())
      if (!P.Objection && P.Set.A <= Config.Level) {
        W->session().objectionTo(P);
        return true;
      }
  }
  return false;
}
