//===-- Server.cpp - the language server -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Server.h"
#include "mlir/Tools/lsp-server-support/Transport.h"
#include "tool/discover/ProjectFolder.h"
#include "tool/lsp/CodeActions.h"
#include "tool/lsp/Diagnostics.h"
#include "tool/lsp/Inbox.h"
#include "tool/lsp/Workspace.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;
using Json = llvm::json::Value;
using mlir::lsp::ErrorCode;
using mlir::lsp::LSPError;

namespace {

/// Params that are looked into field by field.
struct Params {
  Json V = nullptr;
  const Object &object() const {
    static const Object None;
    const Object *O = V.getAsObject();
    return O ? *O : None;
  }
};
bool fromJSON(const Json &V, Params &P, llvm::json::Path) {
  P.V = V;
  return true;
}
Json toJSON(const Params &P) { return P.V; }

using Reply = mlir::lsp::Callback<Json>;

/// How long nothing has to come from the editor before fixes are verified
/// ahead of the question for them.
constexpr std::chrono::milliseconds Quiet(300);

class Server {
public:
  Server(std::shared_ptr<Inbox> Messages, mlir::lsp::JSONTransport &Transport,
         const Settings &Defaults, StringRef Version)
      : Messages(std::move(Messages)), Transport(Transport), Handler(Transport),
        Version(Version), Defaults(Defaults), Config(Defaults) {
    Handler.method("initialize", this, &Server::initialize);
    Handler.method("shutdown", this, &Server::shutdown);
    Handler.method("textDocument/codeAction", this, &Server::codeAction);
    Handler.method("codeAction/resolve", this, &Server::resolveAction);
    Handler.notification("initialized", this, &Server::initialized);
    Handler.notification("textDocument/didOpen", this, &Server::didOpen);
    Handler.notification("textDocument/didChange", this, &Server::didChange);
    Handler.notification("textDocument/didClose", this, &Server::didClose);
    Handler.notification("textDocument/didSave", this, &Server::didSave);
    Handler.notification("workspace/didChangeConfiguration", this,
                         &Server::didChangeConfiguration);
    Handler.notification("workspace/didChangeWatchedFiles", this,
                         &Server::didChangeFiles);
    Handler.notification("workspace/didChangeWorkspaceFolders", this,
                         &Server::didChangeFolders);
  }

  bool run();

private:
  // Requests.
  void initialize(const Params &P, Reply R);
  void shutdown(const Params &, Reply R);
  void codeAction(const ActionQuery &Q, Reply R);
  void resolveAction(const Params &P, Reply R);

  // Notifications.
  void initialized(const Params &);
  void didOpen(const mlir::lsp::DidOpenTextDocumentParams &P);
  void didChange(const mlir::lsp::DidChangeTextDocumentParams &P);
  void didClose(const mlir::lsp::DidCloseTextDocumentParams &P);
  void didSave(const Params &P);
  void didChangeConfiguration(const Params &P);
  void didChangeFiles(const Params &P);
  void didChangeFolders(const Params &P);

  bool dispatch(Json Message);
  bool isCancelled() { return Messages->isCancelled(CurrentId); }

  void addFolder(std::string Path);
  Workspace *workspaceOf(StringRef Path);
  /// The same; a file outside of all folders opens the project that it belongs
  /// to, if that shows.
  Workspace *workspaceFor(StringRef Path);
  void setText(const Document &D);

  void configure(const Json &Given);
  void askForConfiguration();
  void watchFiles();

  /// Analyses what changed and tells the editor.
  void refresh();
  void refresh(Workspace &W);
  void publish(Workspace &W);
  void publish(const mlir::lsp::URIForFile &Uri, Array Diagnostics);
  /// Work for quiet moments: reads whole what was read in part, then verifies
  /// one fix set. False if there is none left to do.
  bool workAhead();

  void say(int MessageType, const std::string &Text);
  void notify(StringRef Method, Object Params);
  /// Asks the editor for something; \p Then gets what it answers.
  void ask(llvm::StringLiteral Method, Object Params,
           std::function<void(const Json &)> Then = {});

  std::shared_ptr<Inbox> Messages;
  mlir::lsp::JSONTransport &Transport;
  mlir::lsp::MessageHandler Handler;
  std::string Version;
  Settings Defaults; ///< the command line's
  Settings Config;   ///< with the editor's on top
  Client TheClient;
  Documents Open;
  std::vector<std::unique_ptr<Workspace>> Workspaces;
  Json CurrentId = nullptr;
  bool IsInitialized = false;
  bool IsShutDown = false;
  unsigned Asked = 0;
  unsigned Progressed = 0;
};

} // namespace

//===-- The loop ----------------------------------------------------------===//

bool Server::run() {
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

bool Server::dispatch(Json Message) {
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

void Server::initialize(const Params &P, Reply R) {
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

void Server::initialized(const Params &) {
  if (TheClient.WatchesFiles)
    watchFiles();
  if (TheClient.ConfigurationRequests)
    askForConfiguration();
}

void Server::shutdown(const Params &, Reply R) {
  IsShutDown = true;
  R(Json(nullptr));
}

//===-- Folders and texts -------------------------------------------------===//

void Server::addFolder(std::string Path) {
  auto W = std::make_unique<Workspace>(std::move(Path));
  if (llvm::any_of(Workspaces,
                   [&](auto &Other) { return Other->root() == W->root(); }))
    return;
  if (auto Fault = W->configure(Config))
    say(1, *Fault);
  for (const auto &[Full, D] : Open)
    if (W->holds(Full))
      W->session().setText(W->relative(Full), D.Text->bytes().str());
  Workspaces.push_back(std::move(W));
}

/// The innermost folder that holds \p Path; null if none does.
Workspace *Server::workspaceOf(StringRef Path) {
  Workspace *Result = nullptr;
  for (auto &W : Workspaces)
    if (W->holds(Path) && (!Result || W->root().size() > Result->root().size()))
      Result = W.get();
  return Result;
}

Workspace *Server::workspaceFor(StringRef Path) {
  if (Workspace *W = workspaceOf(Path))
    return W;
  // Taking just any folder might mean to walk a whole disk.
  if (std::string Folder = projectFolder(llvm::sys::path::parent_path(Path));
      !Folder.empty())
    addFolder(Folder);
  return workspaceOf(Path);
}

void Server::setText(const Document &D) {
  StringRef Path = D.Uri.file();
  if (Workspace *W = workspaceFor(Path))
    W->session().setText(W->relative(Path), D.Text->bytes().str());
}

void Server::didOpen(const mlir::lsp::DidOpenTextDocumentParams &P) {
  Open.open(P.textDocument);
  setText(*Open.find(P.textDocument.uri.file()));
}

void Server::didChange(const mlir::lsp::DidChangeTextDocumentParams &P) {
  if (const Document *D =
          Open.change(P.textDocument, P.contentChanges, TheClient.Positions))
    setText(*D);
}

void Server::didClose(const mlir::lsp::DidCloseTextDocumentParams &P) {
  StringRef Path = P.textDocument.uri.file();
  if (!Open.find(Path))
    return;
  Open.close(Path);
  if (Workspace *W = workspaceOf(Path))
    W->session().forgetText(W->relative(Path));
}

void Server::didSave(const Params &) {
  // Editors that watch no files at least tell what they write themselves: the
  // configuration, say.
  for (auto &W : Workspaces)
    if (auto Fault = W->configure(Config))
      say(1, *Fault);
}

void Server::didChangeFiles(const Params &P) {
  const Array *Changes = P.object().getArray("changes");
  if (!Changes)
    return;
  for (const Json &Change : *Changes) {
    const Object *O = Change.getAsObject();
    auto Uri = O ? O->getString("uri") : std::nullopt;
    if (!Uri)
      continue;
    auto File = mlir::lsp::URIForFile::fromURI(*Uri);
    if (!File) {
      llvm::consumeError(File.takeError());
      continue;
    }
    // An open text stands in place of the file.
    Workspace *W = workspaceOf(File->file());
    if (W && !Open.find(File->file()))
      W->session().diskChanged();
  }
  didSave(P);
}

void Server::didChangeFolders(const Params &P) {
  const Object *Event = P.object().getObject("event");
  auto Each = [&](StringRef Key, auto Do) {
    const Array *Folders = Event ? Event->getArray(Key) : nullptr;
    for (const Json &F : Folders ? *Folders : Array()) {
      const Object *O = F.getAsObject();
      auto Uri = O ? O->getString("uri") : std::nullopt;
      if (!Uri)
        continue;
      if (auto File = mlir::lsp::URIForFile::fromURI(*Uri))
        Do(File->file().str());
      else
        llvm::consumeError(File.takeError());
    }
  };
  Each("removed", [&](const std::string &Path) {
    llvm::erase_if(Workspaces, [&](std::unique_ptr<Workspace> &W) {
      if (W->root() != StringRef(Path).rtrim('/'))
        return false;
      for (const auto &[Full, Shown] : W->Published)
        publish(llvm::cantFail(mlir::lsp::URIForFile::fromFile(Full)), {});
      return true;
    });
  });
  Each("added", [&](std::string Path) { addFolder(std::move(Path)); });
}

//===-- Configuration -----------------------------------------------------===//

void Server::configure(const Json &Given) {
  auto New = withSettings(Defaults, Given);
  if (!New)
    return say(1, llvm::toString(New.takeError()));
  Config = std::move(*New);
  for (auto &W : Workspaces)
    if (auto Fault = W->configure(Config))
      say(1, *Fault);
}

void Server::didChangeConfiguration(const Params &P) {
  const Json *Given = P.object().get("settings");
  if (TheClient.ConfigurationRequests &&
      (!Given || Given->kind() != Json::Object))
    return askForConfiguration();
  if (Given)
    configure(*Given);
}

void Server::askForConfiguration() {
  ask("workspace/configuration",
      Object{{"items", Array{Object{{"section", "ringfence"}}}}},
      [this](const Json &Answer) {
        const Array *Items = Answer.getAsArray();
        if (Items && !Items->empty() && Items->front().getAsObject())
          configure(Items->front());
      });
}

void Server::watchFiles() {
  Array Watchers;
  for (StringRef Glob : {"**/*.{swift,m,mm,h}", "**/.ringfence.yaml",
                         "**/*.{plist,entitlements}"})
    Watchers.push_back(Object{{"globPattern", Glob}});
  ask("client/registerCapability",
      Object{{"registrations",
              Array{Object{{"id", "files"},
                           {"method", "workspace/didChangeWatchedFiles"},
                           {"registerOptions",
                            Object{{"watchers", std::move(Watchers)}}}}}}});
}

//===-- Findings ----------------------------------------------------------===//

void Server::refresh() {
  for (auto &W : Workspaces)
    refresh(*W);
}

void Server::refresh(Workspace &W) {
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

void Server::publish(Workspace &W) {
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

void Server::publish(const mlir::lsp::URIForFile &Uri, Array Diagnostics) {
  Object P{{"uri", Uri.uri().str()}, {"diagnostics", std::move(Diagnostics)}};
  if (const Document *D = Open.find(Uri.file()))
    P["version"] = D->Version;
  notify("textDocument/publishDiagnostics", std::move(P));
}

//===-- Fixes -------------------------------------------------------------===//

void Server::codeAction(const ActionQuery &Q, Reply R) {
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

void Server::resolveAction(const Params &P, Reply R) {
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

bool Server::workAhead() {
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

//===-- To the editor -----------------------------------------------------===//

void Server::say(int MessageType, const std::string &Text) {
  notify("window/showMessage",
         Object{{"type", MessageType}, {"message", "ringfence: " + Text}});
}

void Server::notify(StringRef Method, Object P) {
  Transport.notify(Method, Json(std::move(P)));
}

void Server::ask(llvm::StringLiteral Method, Object P,
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
  return Server(Inbox::open(In), Transport, Defaults, Version).run();
}
