//===-- WorkspaceEdits.cpp - fix sets as the protocol has them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/WorkspaceEdits.h"
#include "rewriters/edit/TextEdits.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;
using Json = llvm::json::Value;

namespace {

constexpr llvm::StringLiteral TheAnnotation = "fix";

class EditMaker {
public:
  EditMaker(Workspace &W, const Documents &Open, const Client &C)
      : W(W), Open(Open), C(C) {}

  llvm::Error add(llvm::ArrayRef<Edit> Edits) {
    auto Sorted = sortedEdits({Edits.begin(), Edits.end()});
    if (!Sorted)
      return Sorted.takeError();
    llvm::ArrayRef<Edit> Left = *Sorted;
    while (!Left.empty()) {
      StringRef File = Left.front().File;
      auto OfFile =
          Left.take_while([&](const Edit &E) { return E.File == File; });
      if (llvm::Error E = addFile(File, OfFile))
        return E;
      Left = Left.drop_front(OfFile.size());
    }
    return llvm::Error::success();
  }

  llvm::Error add(const NewFile &N) {
    if (!C.CreatesFiles)
      return llvm::createStringError(std::errc::not_supported,
                                     "the editor cannot create %s",
                                     N.Path.c_str());
    mlir::lsp::URIForFile Uri = W.uri(N.Path, Open);
    Object Create{
        {"kind", "create"},
        {"uri", Uri.uri().str()},
        {"options", Object{{"overwrite", false}, {"ignoreIfExists", false}}}};
    annotate(Create);
    Changes.push_back(std::move(Create));
    Object Whole{{"range", mlir::lsp::Range()}, {"newText", N.Text}};
    annotate(Whole);
    Changes.push_back(change(Uri, nullptr, Array{std::move(Whole)}));
    return llvm::Error::success();
  }

  Object take(const Annotation &Note) {
    if (!C.DocumentChanges)
      return Object{{"changes", std::move(ByUri)}};
    Object Result{{"documentChanges", std::move(Changes)}};
    if (C.ChangeAnnotations)
      Result["changeAnnotations"] =
          Object{{TheAnnotation,
                  Object{{"label", Note.Label},
                         {"description", Note.Description},
                         {"needsConfirmation", Note.NeedsConfirmation}}}};
    return Result;
  }

private:
  llvm::Error addFile(StringRef Path, llvm::ArrayRef<Edit> Edits) {
    std::optional<std::string> Bytes = W.session().project().read(Path);
    if (!Bytes)
      return llvm::createStringError(std::errc::io_error, "%s cannot be read",
                                     Path.str().c_str());
    SourceFile Source(Path.str(), std::move(*Bytes));
    Positions P = W.positions(Source, Open, C.Positions);
    Array TextEdits;
    for (const Edit &E : Edits) {
      Object One{{"range", P.of({E.Offset, E.Offset + E.Length})},
                 {"newText", E.Text}};
      annotate(One);
      TextEdits.push_back(std::move(One));
    }
    mlir::lsp::URIForFile Uri = W.uri(Path, Open);
    const Document *D = Open.find(Uri.file());
    if (C.DocumentChanges)
      Changes.push_back(change(Uri, D ? Json(D->Version) : Json(nullptr),
                               std::move(TextEdits)));
    else
      ByUri[Uri.uri().str()] = std::move(TextEdits);
    return llvm::Error::success();
  }

  static Object change(const mlir::lsp::URIForFile &Uri, Json Version,
                       Array Edits) {
    return Object{{"textDocument", Object{{"uri", Uri.uri().str()},
                                          {"version", std::move(Version)}}},
                  {"edits", std::move(Edits)}};
  }

  void annotate(Object &O) const {
    if (C.ChangeAnnotations)
      O["annotationId"] = TheAnnotation;
  }

  Workspace &W;
  const Documents &Open;
  const Client &C;
  Array Changes; ///< documentChanges
  Object ByUri;  ///< changes, for editors that know no others
};

} // namespace

llvm::Expected<Object>
ringfence::lsp::workspaceEdit(llvm::ArrayRef<Edit> Edits,
                              llvm::ArrayRef<NewFile> NewFiles,
                              const Annotation &Note, Workspace &W,
                              const Documents &Open, const Client &C) {
  EditMaker Maker(W, Open, C);
  for (const NewFile &N : NewFiles)
    if (llvm::Error E = Maker.add(N))
      return std::move(E);
  if (llvm::Error E = Maker.add(Edits))
    return std::move(E);
  return Maker.take(Note);
}
