//===-- LateReport.cpp - a report that comes after the method --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/LateReport.h"
#include "rewriters/capture/Words.h"
#include "rewriters/edit/Indentation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

/// Which of the calls that \p S makes itself reports.
static const Call *reportIn(const ProposeInput &In, const Step &S, Language L) {
  for (const Call &C : S.Calls)
    if (const Api *A = In.Apis.find(C, L); A && A->Reports)
      return &C;
  return nullptr;
}

std::optional<LateReport> ringfence::findLateReport(const ProposeInput &In,
                                                    const JudgedHandler &H,
                                                    std::string &Why) {
  LateReport Found;
  Found.H = &H;
  Place At;
  for (const UnreportedExit &E : H.V.Exits)
    if (E.Late && E.LateReport) {
      if (At &&
          (At.In != E.LateReport.In || !(At.Where == E.LateReport.Where))) {
        Why = "several reports come late, each in its own place";
        return std::nullopt;
      }
      At = E.LateReport;
    }
  const Function &Fn = H.function();
  if (At && At.In == H.In && Fn.Body.contains(At.Where))
    Found.Levels = levelsAt(Fn, At.Where.Begin);
  auto InClosure = [](const Level &L) { return L.InClosure != nullptr; };
  if (llvm::none_of(Found.Levels, InClosure)) {
    // The report is made by a function that a closure of the handler calls.
    Reporting Reports(In, H.V);
    const Step *Only = nullptr;
    for (const Step &S : Fn.Steps)
      forEachStep(S, [&](const Step &Inner) {
        if (Inner.Closures.size() == 1 && Inner.Arms.empty() &&
            Reports.mayReport(Inner, {H.In, &Fn}) &&
            (!Only || !Only->Where.contains(Inner.Where)))
          Only = Only ? &Fn.Steps.front() : &Inner;
      });
    if (Only && !Only->Closures.empty() && !Only->Closures[0].Steps.empty())
      Found.Levels = levelsAt(Fn, Only->Closures[0].Steps.front().Where.Begin);
  }
  auto Inner = llvm::find_if(Found.Levels, InClosure);
  if (Inner == Found.Levels.end() || Inner == Found.Levels.begin()) {
    Why = "the report is made in code that the method hands the push to: make "
          "it before that";
    return std::nullopt;
  }
  Found.HopLevel =
      static_cast<unsigned>(std::distance(Found.Levels.begin(), Inner)) - 1;
  if (Found.hop().K == Step::Kind::Configuration || Found.hop().InMacro) {
    Why = "the closure comes from a macro";
    return std::nullopt;
  }
  Found.Report =
      reportIn(In, Found.Levels.back().step(), H.In->Source->language());
  return Found;
}

//===----------------------------------------------------------------------===//
// Running now
//===----------------------------------------------------------------------===//

/// The registry hands pushes over on the main queue, as far as the project
/// shows.
static bool isOnMainQueue(const ProposeInput &In) {
  static constexpr llvm::StringRef Main[] = {"nil", "NULL", ".main",
                                             "DispatchQueue.main",
                                             "dispatch_get_main_queue()"};
  bool Any = false, All = true;
  std::vector<std::string> Paths = In.Project.filesWith("PKPushRegistry");
  for (const std::string &Path : Paths)
    if (const File *F = In.Project.file(Path))
      for (const Registration &R : F->Registrations) {
        Any = true;
        All &= llvm::is_contained(Main, llvm::StringRef(R.Queue).trim());
      }
  return Any && All;
}

/// \p S does nothing but send its one closure to the main queue, at once.
static bool hopsToMain(const Step &S) {
  if (S.K != Step::Kind::Do || S.Closures.size() != 1 || S.Calls.empty())
    return false;
  const Call &C = S.Calls.back();
  llvm::StringRef Receiver = llvm::StringRef(C.Receiver).trim();
  if (C.Name == "async" && C.Arguments.size() == 1)
    return Receiver == "DispatchQueue.main";
  if (C.Name == "dispatch_async")
    return C.Arguments.size() == 2 &&
           llvm::StringRef(C.Arguments[0].V.Text).trim() ==
               "dispatch_get_main_queue()";
  if (C.Name == "addOperation" && C.Arguments.size() == 1)
    return Receiver == "OperationQueue.main";
  return C.Name == "addOperationWithBlock:" &&
         (Receiver == "[NSOperationQueue mainQueue]" ||
          Receiver == "NSOperationQueue.mainQueue");
}

static bool returnsIn(const std::vector<Step> &Steps) {
  bool Found = false;
  for (const Step &S : Steps)
    forEachStep(S, [&](const Step &Inner) {
      bool InClosure = false;
      for (const Closure &C : S.Closures)
        InClosure |= C.Where.contains(Inner.Where);
      Found |= !InClosure && Inner.K == Step::Kind::Exit &&
               Inner.Exit == Step::ExitKind::Return;
    });
  return Found;
}

bool ringfence::unwrapsSelf(const Step &S) {
  if (S.K != Step::Kind::Branch || S.Branch != Step::BranchKind::Guard ||
      S.Arms.size() != 1)
    return false;
  std::string Asked = S.Arms.front().When.Text;
  llvm::erase_if(Asked, llvm::isSpace);
  return Asked == "letself" || Asked == "letself=self" ||
         Asked == "let`self`=self";
}

bool ringfence::runNow(const ProposeInput &In, const LateReport &L, Builder &B,
                       std::string &Why) {
  const Step &Hop = L.hop();
  const Closure &C = L.closure();
  const SourceFile &Source = *L.H->In->Source;
  if (!hopsToMain(Hop) || &Hop.Closures.front() != &C || C.Steps.empty()) {
    Why = "what it waits for is not the main queue alone";
    return false;
  }
  if (!isOnMainQueue(In)) {
    Why = "the registry's queue is not known to be the main queue";
    return false;
  }
  const std::vector<Step> &List = *L.Levels[L.HopLevel].List;
  unsigned Index = L.Levels[L.HopLevel].Index;
  bool IsLast = L.HopLevel == 0 && Index + 1 == List.size();
  llvm::ArrayRef<Step> Steps = C.Steps;
  bool Weak = false;
  for (llvm::StringRef Item : C.CaptureList) {
    Weak |= Item.contains("weak self");
    if (Item.contains("=")) {
      Why = "its closure captures values of their own";
      return false;
    }
  }
  while (!Steps.empty() && unwrapsSelf(Steps.front()))
    Steps = Steps.drop_front();
  if (Steps.empty() || (returnsIn(Steps.vec()) && !IsLast)) {
    Why = "its closure returns early, and the method goes on behind it";
    return false;
  }
  std::set<std::string> Declared;
  for (unsigned I = 0; I < List.size(); ++I)
    if (I != Index)
      for (const std::string &Name : declaredIn(List[I]))
        Declared.insert(Name);
  for (const Step &S : Steps)
    for (const Declaration &D : S.Declares)
      if (Declared.count(D.Name)) {
        Why = "'" + D.Name + "' means two things in the method";
        return false;
      }
  Range Inside{Steps.front().WithComments.empty()
                   ? Steps.front().Where.Begin
                   : Steps.front().WithComments.Begin,
               std::max(Steps.back().Where.End, Steps.back().WithComments.End)};
  std::vector<std::pair<Range, std::string>> Changes;
  llvm::StringRef Text = Source.text(Inside);
  for (const Word &W : words(Source.bytes(), Inside, Source.language())) {
    if (W.Text == "strongify" || W.Text == "strongSelf_") {
      Why = "its closure takes self up by a macro";
      return false;
    }
    if (Weak && W.Text == "self" && !W.IsMember && W.After == '?')
      Changes.push_back(
          {{W.Where.Begin - Inside.Begin, W.Where.End + 1 - Inside.Begin},
           "self"});
  }
  std::string Now = replaced(Text, std::move(Changes));
  std::string Base = Source.indentation(Hop.Where.Begin).str();
  Now = reindented(Now, Source.indentation(Steps.front().Where.Begin), Base);
  B.replace(Hop.Where, llvm::StringRef(Now).ltrim(" \t").str());
  return true;
}
