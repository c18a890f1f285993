//===-- Session.cpp - a tree while it is being edited -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Session.h"
#include "tool/pipeline/Reread.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

Session::Session(AnalysisOptions TheOptions) : Options(std::move(TheOptions)) {}
Session::~Session() = default;

void Session::configure(AnalysisOptions NewOptions) {
  Options = std::move(NewOptions);
  // How Objective-C is read may have changed.
  Readings.clear();
  Outdated.clear();
  Disk.reset();
  Current = false;
}

void Session::setText(StringRef Path, std::string Bytes) {
  auto [It, IsNew] = Texts.try_emplace(Path.str());
  if (!IsNew && It->second == Bytes)
    return;
  It->second = std::move(Bytes);
  // Several edits may come between two updates.
  if (auto Reading = Readings.find(Path); Reading != Readings.end()) {
    Outdated[Path] = std::move(Reading->second);
    Readings.erase(Reading);
  }
  Current = false;
}

void Session::forgetText(StringRef Path) {
  if (!Texts.erase(Path.str()))
    return;
  Readings.erase(Path);
  Outdated.erase(Path);
  InPart.erase(Path);
  // It may have been written, or never have been there.
  diskChanged();
  Current = false;
}

void Session::readWhole() {
  for (const auto &Entry : InPart)
    Readings.erase(Entry.first());
  InPart.clear();
  Current = false;
}

bool Session::holdsBack() const {
  return llvm::any_of(
      InPart, [](const auto &Entry) { return Entry.second.has_value(); });
}

/// Readings of changed texts, made from those before where that is possible.
void Session::readChanged() {
  for (auto &Entry : Outdated) {
    std::string Path = Entry.first().str();
    // Nobody else holds it: the projects that did are gone.
    auto Old = std::const_pointer_cast<File>(std::move(Entry.second));
    Rereading R = reread(*Old, InPart.lookup(Path),
                         std::make_shared<SourceFile>(Path, Texts[Path]),
                         [&](std::shared_ptr<const SourceFile> Text) {
                           return Disk->store().readText(std::move(Text));
                         });
    if (!R.Reading)
      continue;
    Readings[Path] = std::move(R.Reading);
    InPart[Path] = R.HeldBack;
  }
  Outdated.clear();
}

llvm::Error Session::update() {
  if (Current && Disk)
    return llvm::Error::success();
  // These point into the projects.
  Results = {};
  Problems.clear();
  Proposed.reset();
  Open.reset();
  Current = false;
  if (!Disk) {
    auto Opened = openProject(Options);
    if (!Opened)
      return Opened.takeError();
    Disk = std::move(*Opened);
  }
  readChanged();
  if (!Texts.empty()) {
    Open = std::make_unique<Project>(*Disk, Texts);
    for (const auto &Entry : Readings)
      Open->store().adopt(Entry.second);
  }
  Results = look(project());
  Problems = problemsOf(project(), Results);
  if (Open)
    for (const auto &[Path, Bytes] : Texts)
      if (auto Reading = Open->store().reading(Path)) {
        if (Readings.lookup(Path) != Reading)
          InPart.erase(Path);
        Readings[Path] = std::move(Reading);
      }
  Current = true;
  return llvm::Error::success();
}

std::vector<Proposal> &Session::proposals() {
  if (Proposed)
    return *Proposed;
  Proposed.emplace();
  Project &P = project();
  ProposeInput In{
      Results.Handlers,    Results.Findings, P.functions(), P.apis(), P,
      Options.Config.Fixes};
  for (MigrationStep Step :
       {MigrationStep::Report, MigrationStep::Tokens, MigrationStep::Extension,
        MigrationStep::Move, MigrationStep::CleanUp})
    for (FixSet &S : propose(In, Step))
      Proposed->push_back({std::move(S), std::nullopt});
  return *Proposed;
}

const std::string &Session::objectionTo(Proposal &P) {
  if (!P.Objection)
    P.Objection = ringfence::objectionTo(P.Set, project(), Results);
  return *P.Objection;
}
