//===-- Workspace.cpp - one open folder -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Workspace.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;

static AnalysisOptions untilConfigured(const std::string &Root) {
  AnalysisOptions Result;
  Result.Root = Root;
  Result.Paths = {Root};
  return Result;
}

Workspace::Workspace(std::string TheRoot)
    : Root(StringRef(TheRoot).rtrim('/').str()),
      TheSession(untilConfigured(Root.empty() ? "/" : Root)) {}

bool Workspace::holds(StringRef Path) const {
  return Path.starts_with(Root) &&
         Path.drop_front(Root.size()).starts_with("/");
}

std::string Workspace::relative(StringRef Path) const {
  return Path.drop_front(Root.size() + 1).str();
}

mlir::lsp::URIForFile Workspace::uri(StringRef Relative,
                                     const Documents &Open) const {
  std::string Full = Root + "/" + Relative.str();
  if (const Document *D = Open.find(Full))
    return D->Uri;
  return llvm::cantFail(mlir::lsp::URIForFile::fromFile(Full));
}

Positions Workspace::positions(const SourceFile &Source, const Documents &Open,
                               Encoding E) const {
  bool IsOpen = Open.find(Root + "/" + Source.path().str());
  return {Source, E, /*OnDisk=*/!IsOpen};
}

static bool same(const AnalysisOptions &A, const AnalysisOptions &B) {
  const ProposeOptions &F = A.Config.Fixes, &G = B.Config.Fixes;
  return A.BuildDirectory == B.BuildDirectory && A.Threads == B.Threads &&
         A.Config.Checks == B.Config.Checks &&
         A.Config.Exclude == B.Config.Exclude &&
         A.Config.Reporters == B.Config.Reporters &&
         A.Config.EffectRows == B.Config.EffectRows &&
         F.AppGroup == G.AppGroup &&
         F.TaskIdentifierPrefix == G.TaskIdentifierPrefix &&
         F.DeploymentTarget == G.DeploymentTarget;
}

std::optional<std::string> Workspace::configure(const Settings &S) {
  auto Options = optionsFor(Root, S);
  if (!Options) {
    std::string Text = llvm::toString(Options.takeError());
    if (Text == Fault)
      return std::nullopt;
    Fault = Text;
    return Text;
  }
  Fault.clear();
  if (!same(*Options, TheSession.options()))
    TheSession.configure(std::move(*Options));
  return std::nullopt;
}
