//===-- WorkspaceEditsTest.cpp - fix sets as the protocol has them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/WorkspaceEdits.h"
#include "test/unit/Scratch.h"
#include "llvm/Support/FormatVariadic.h"

using namespace ringfence;
using namespace ringfence::lsp;
using test::Scratch;

namespace {

class WorkspaceEdits : public ::testing::Test {
protected:
  std::string made(std::vector<Edit> Edits, std::vector<NewFile> Files) {
    W = std::make_unique<Workspace>(Disk.path());
    EXPECT_FALSE(W->configure({}));
    EXPECT_FALSE(llvm::errorToBool(W->session().update()));
    auto Result = workspaceEdit(Edits, Files, {"title", "why", true}, *W, Open,
                                TheClient);
    if (!Result)
      return llvm::toString(Result.takeError());
    std::string Text =
        llvm::formatv("{0}", llvm::json::Value(std::move(*Result)));
    // The scratch folder has another name each time.
    for (std::size_t At; (At = Text.find(Disk.path())) != std::string::npos;)
      Text.replace(At, Disk.path().size(), "ROOT");
    return Text;
  }

  Scratch Disk;
  Documents Open;
  Client TheClient;
  std::unique_ptr<Workspace> W;
};

TEST_F(WorkspaceEdits, InsertionsAtOnePlaceKeepTheirOrder) {
  Disk.write("a.swift", "x\n");
  EXPECT_EQ(made({{"a.swift", 2, 0, "one"}, {"a.swift", 2, 0, "two"}}, {}),
            R"({"changes":{"file://ROOT/a.swift":[)"
            R"({"newText":"one","range":{"end":{"character":0,"line":1},)"
            R"("start":{"character":0,"line":1}}},)"
            R"({"newText":"two","range":{"end":{"character":0,"line":1},)"
            R"("start":{"character":0,"line":1}}}]}})");
}

TEST_F(WorkspaceEdits, NameTheVersionOfOpenTextsAndSayWhatTheyDo) {
  Disk.write("a.swift", "x\n");
  TheClient.DocumentChanges = TheClient.ChangeAnnotations = true;
  mlir::lsp::TextDocumentItem Item;
  Item.uri =
      llvm::cantFail(mlir::lsp::URIForFile::fromFile(Disk.at("a.swift")));
  Item.version = 7;
  Item.text = "x\n";
  Open.open(Item);
  EXPECT_EQ(
      made({{"a.swift", 0, 1, "y"}}, {}),
      R"({"changeAnnotations":{"fix":{"description":"why","label":"title",)"
      R"("needsConfirmation":true}},"documentChanges":[{"edits":[)"
      R"({"annotationId":"fix","newText":"y","range":{"end":)"
      R"({"character":1,"line":0},"start":{"character":0,"line":0}}}],)"
      R"("textDocument":{"uri":"file://ROOT/a.swift","version":7}}]})");
}

TEST_F(WorkspaceEdits, AreRefusedWhereTheEditorCannotMakeTheirFiles) {
  EXPECT_EQ(made({}, {{"New.swift", "text"}}),
            "the editor cannot create New.swift");
}

TEST_F(WorkspaceEdits, AreRefusedWhereEditsConflict) {
  Disk.write("a.swift", "x\n");
  EXPECT_NE(made({{"a.swift", 0, 1, "y"}, {"a.swift", 0, 1, "z"}}, {})
                .find("a.swift:0+1"),
            std::string::npos);
}

} // namespace
