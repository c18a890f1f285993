//===-- Server.cpp - the language server: reads, dispatches, answers -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Server.h"
#include "tool/lsp/Conversation.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Object;
using mlir::lsp::ErrorCode;
using mlir::lsp::LSPError;

/// How long nothing has to come from the editor before fixes are verified
/// ahead of the question for them.
static constexpr std::chrono::milliseconds Quiet(300);

Conversation::Conversation(std::shared_ptr<Inbox> Messages,
                           mlir::lsp::JSONTransport &Transport,
                           const Settings &Defaults, StringRef Version)
    : Messages(std::move(Messages)), Transport(Transport), Handler(Transport),
      Version(Version), Defaults(Defaults), Config(Defaults) {
  Handler.method("initialize", this, &Conversation::initialize);
  Handler.method("shutdown", this, &Conversation::shutdown);
  Handler.method("textDocument/codeAction", this, &Conversation::codeAction);
  Handler.method("codeAction/resolve", this, &Conversation::resolveAction);
  Handler.notification("initialized", this, &Conversation::initialized);
  Handler.notification("textDocument/didOpen", this, &Conversation::didOpen);
  Handler.notification("textDocument/didChange", this,
                       &Conversation::didChange);
  Handler.notification("textDocument/didClose", this, &Conversation::didClose);
  Handler.notification("textDocument/didSave", this, &Conversation::didSave);
  Handler.notification("workspace/didChangeConfiguration", this,
                       &Conversation::didChangeConfiguration);
  Handler.notification("workspace/didChangeWatchedFiles", this,
                       &Conversation::didChangeFiles);
  Handler.notification("workspace/didChangeWorkspaceFolders", this,
                       &Conversation::didChangeFolders);
}

//===-- The loop ----------------------------------------------------------===//

bool Conversation::run() {
  bool MoreToDo = false, WasQuiet = false;
  for (;;) {
    if (IsInitialized && Messages->empty()) {
      refresh();
      MoreToDo |= !WasQuiet;
    }
    std::optional<std::chrono::milliseconds> Patience;
    if (IsInitialized && MoreToDo)
      Patience = WasQuiet ? std::chrono::milliseconds(0) : Quiet;
    if (std::optional<Json> M = Messages->next(Patience)) {
      WasQuiet = false;
      if (!dispatch(std::move(*M)))
        return IsShutDown;
      continue;
    }
    if (Messages->isClosed())
      return false;
    WasQuiet = true;
    MoreToDo = workAhead();
  }
}

bool Conversation::dispatch(Json Message) {
  const Object *O = Message.getAsObject();
  if (!O)
    return true;
  const Json *Id = O->get("id");
  auto Method = O->getString("method");
  const Json *Given = O->get("params");
  Json Arguments = Given ? *Given : Json(nullptr);
  if (!Method) {
    if (!Id)
      return true;
    if (const Object *Error = O->getObject("error"))
      return Handler.onReply(
          *Id, llvm::make_error<LSPError>(
                   Error->getString("message").value_or("no message").str(),
                   ErrorCode::UnknownErrorCode));
    const Json *Result = O->get("result");
    return Handler.onReply(*Id, Result ? *Result : Json(nullptr));
  }
  if (!Id) {
    if (IsInitialized || *Method == "exit")
      return Handler.onNotify(*Method, std::move(Arguments));
    return true;
  }
  CurrentId = *Id;
  if (isCancelled())
    Transport.reply(*Id, llvm::make_error<LSPError>(
                             "cancelled", ErrorCode::RequestCancelled));
  else if (IsShutDown)
    Transport.reply(*Id, llvm::make_error<LSPError>("shut down",
                                                    ErrorCode::InvalidRequest));
  else if (!IsInitialized && *Method != "initialize")
    Transport.reply(
        *Id, llvm::make_error<LSPError>("not initialized",
                                        ErrorCode::ServerNotInitialized));
  else
    Handler.onCall(*Method, std::move(Arguments), *Id);
  Messages->forget(CurrentId);
  CurrentId = nullptr;
  return true;
}

//===-- Beginning and end -------------------------------------------------===//

void Conversation::initialize(const Params &P, Reply R) {
  if (IsInitialized)
    return R(llvm::make_error<LSPError>("initialized already",
                                        ErrorCode::InvalidRequest));
  TheClient = clientOf(P.object());
  IsInitialized = true;
  for (const std::string &Folder : TheClient.Folders)
    addFolder(Folder);
  R(Json(Object{
      {"serverInfo", Object{{"name", "ringfence"}, {"version", Version}}},
      {"capabilities", capabilitiesFor(TheClient)}}));
  if (const Json *Options = P.object().get("initializationOptions"))
    configure(*Options);
}

void Conversation::initialized(const Params &) {
  if (TheClient.WatchesFiles)
    watchFiles();
  if (TheClient.ConfigurationRequests)
    askForConfiguration();
}

void Conversation::shutdown(const Params &, Reply R) {
  IsShutDown = true;
  R(Json(nullptr));
}

//===-- To the editor -----------------------------------------------------===//

void Conversation::say(int MessageType, const std::string &Text) {
  notify("window/showMessage",
         Object{{"type", MessageType}, {"message", "ringfence: " + Text}});
}

void Conversation::notify(StringRef Method, Object P) {
  Transport.notify(Method, Json(std::move(P)));
}

void Conversation::ask(llvm::StringLiteral Method, Object P,
                       std::function<void(const Json &)> Then) {
  auto Call = Handler.outgoingRequest<Params, Params>(
      Method, [Then](Json, llvm::Expected<Params> Answer) {
        if (!Answer)
          return llvm::consumeError(Answer.takeError());
        if (Then)
          Then(Answer->V);
      });
  Call(Params{Json(std::move(P))}, Json(++Asked));
}

bool ringfence::lsp::serve(std::FILE *In, llvm::raw_ostream &Out,
                           const Settings &Defaults, StringRef Version) {
  mlir::lsp::JSONTransport Transport(In, Out);
  return Conversation(Inbox::open(::fileno(In)), Transport, Defaults, Version)
      .run();
}
