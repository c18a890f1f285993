//===-- MakePlan.cpp - the plan of an analysis -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/Fix.h"
#include "rewriters/capture/Clauses.h"
#include "tool/pipeline/AnalysisState.h"
#include "tool/plan/HandlerWork.h"
#include "tool/plan/MigrationPlan.h"
#include "tool/plan/PathPicture.h"
#include "tool/plan/PayloadKeys.h"
#include "tool/plan/SharedData.h"
#include "tool/plan/TeamWork.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

bool HandlerPlan::sendsTo(Destination D) const {
  return llvm::any_of(Works, [&](const PlannedWork &W) { return W.To == D; });
}

bool MigrationPlan::hasWork() const {
  return llvm::any_of(Handlers, [](const HandlerPlan &H) {
    return llvm::any_of(H.Steps, [](const PlannedStep &S) {
      return !S.Fixes.empty() || !S.ByHand.empty();
    });
  });
}

bool MigrationPlan::isToLeave() const {
  bool Any = false;
  for (const HandlerPlan &H : Handlers) {
    if (!H.IsDead && !H.IsToLeave)
      return false;
    Any |= H.IsToLeave;
  }
  return Any;
}

StringRef ringfence::placeName(Destination D) {
  switch (D) {
  case Destination::Report:
    return "the handler: it is the report";
  case Destination::AfterReport:
    return "the handler, behind the report";
  case Destination::NotificationService:
    return "the notification service extension";
  case Destination::BackgroundPush:
    return "a silent push";
  case Destination::BackgroundTask:
    return "a background task";
  case Destination::Launch:
    return "the app's launch";
  case Destination::Keep:
    return "the handler, as it is";
  case Destination::Unknown:
    return "to be decided";
  }
  return "";
}

namespace {

class Maker {
public:
  Maker(Analysis A, StringRef Arguments)
      : A(std::move(A)), Arguments(Arguments.str()) {}

  MigrationPlan make() {
    // The sets for the code as it is: they say which findings have a fix, and
    // fill in the advice of those that have none.
    std::vector<FixSet> Sets = fixSets(A, allSteps());
    Project &P = A.S->TheProject;
    std::optional<ProjectFacts> Facts;
    for (unsigned I = 0; I != A.Handlers.size(); ++I) {
      ProjectFacts Own =
          projectFacts(P, A.Handlers[I], P.options().Config.Fixes.AppGroup);
      Plan.Handlers.push_back(handler(I, Sets, Own));
      if (!Facts)
        Facts = std::move(Own);
    }
    for (const Finding &F : A.Findings)
      if (F.HandlerIndex < 0)
        Plan.ProjectFindings.push_back(said(F));
    Plan.Stats = A.Stats;
    for (const Problem &Pr : A.Problems) {
      std::string Text = Pr.File;
      if (Pr.Line)
        Text += ":" + std::to_string(Pr.Line);
      Text += (Pr.Fatal ? ": not analysed: " : ": ") + Pr.Message;
      if (!llvm::is_contained(Plan.NotSeen, Text))
        Plan.NotSeen.push_back(std::move(Text));
    }
    takeFixes();
    leaveOpen();
    for (HandlerPlan &H : Plan.Handlers)
      if (!H.IsDead)
        leaveToHands(H, *Facts);
    PlanNeeds Needs = needsOf(Plan);
    if (Facts) {
      if (Plan.hasWork())
        Plan.Pushes = pushKinds(Plan, Needs);
      Plan.Sections = teamSections(Plan, Needs, *Facts);
    }
    return std::move(Plan);
  }

private:
  /// "App/Push.m:17: MESSAGE. ADVICE"
  static std::string said(const Finding &F) {
    return withAdvice(message(F), F.Advice);
  }
  static std::string message(const Finding &F) {
    if (!F.At)
      return F.Message;
    return F.At.In->Source->path().str() + ":" + std::to_string(F.At.line()) +
           ": " + F.Message;
  }
  static std::string withAdvice(std::string Text, StringRef Advice) {
    if (Advice.empty())
      return Text;
    Text += ". " + Advice.str();
    char &First = Text[Text.size() - Advice.size()];
    First = llvm::toUpper(First);
    return Text;
  }

  static std::string wayNote(const PathNote &N, const File *In) {
    std::string Text;
    if (N.At.In && N.At.In != In)
      Text = N.At.In->Source->path().str() + " ";
    return Text + "line " + std::to_string(N.At.line()) + ": " + N.Message;
  }

  HandlerPlan handler(unsigned Index, const std::vector<FixSet> &Sets,
                      const ProjectFacts &Facts) {
    const JudgedHandler &H = A.Handlers[Index];
    Place Whole{H.In, H.function().Where};
    HandlerPlan Out;
    Out.Symbol = H.function().Symbol;
    Out.File = H.In->Source->path().str();
    Out.Line = Whole.line();
    Out.EndLine = Whole.endLine();
    Out.Signature = nameOf(H.H->S).str();
    Out.R = H.V.R;
    Out.IsDead = H.IsDead;
    Out.ReportedBy = H.V.ReportedBy;
    for (unsigned I = 0; I != 5; ++I)
      Out.Steps[I].Step = allSteps()[I];
    Owners.push_back(H.function().Owner);
    if (H.IsDead)
      return Out;
    for (const UnreportedExit &E : H.V.Exits) {
      PlannedExit X{E.At.In->Source->path().str(), E.At.line(), E.Late, {}};
      for (const PathNote &N : E.Path)
        X.Way.push_back(wayNote(N, H.In));
      Out.Exits.push_back(std::move(X));
    }
    std::vector<WorkItem> Items = workItems(H);
    for (const WorkItem &W : Items)
      Out.Works.push_back(work(W, Index, Sets, isLateReport(H, Items, W)));
    Out.Picture = pathPicture(H, Items);
    Out.Shared = sharedData(A.S->TheProject, H, Items, Facts);
    Out.Keys = payloadKeys(H, Items);
    for (unsigned I = 0; I != A.Findings.size(); ++I) {
      const Finding &F = A.Findings[I];
      if (F.HandlerIndex != static_cast<int>(Index))
        continue;
      Out.IsToLeave |= F.Check == "ringfence-push-without-calls";
      bool HasFix = llvm::any_of(Sets, [&](const FixSet &S) {
        return llvm::is_contained(S.Findings, I) && S.Step == stepOf(F.Check);
      });
      if (!HasFix)
        Open.push_back({Index, openStepOf(F), F.Check, {message(F)}, F.Advice});
    }
    // Its form is nobody's concern when the handler goes.
    if (Out.IsToLeave)
      llvm::erase_if(Open, [&](const OpenFinding &F) {
        return F.Handler == Index && F.Check == "ringfence-legacy-handler";
      });
    return Out;
  }

  /// The step in which a finding's defect goes away.
  static MigrationStep stepOf(StringRef Check) {
    if (Check == "ringfence-message-work" ||
        Check == "ringfence-background-work" ||
        Check == "ringfence-user-data-collection")
      return MigrationStep::Move;
    if (Check == "ringfence-project-settings")
      return MigrationStep::Extension;
    if (Check == "ringfence-push-without-calls")
      return MigrationStep::CleanUp;
    return MigrationStep::Report;
  }

  /// The step in which people have to do something about \p F, which has no
  /// fix. That an app cannot leave PushKit for want of a token is the earlier
  /// step's matter.
  static MigrationStep openStepOf(const Finding &F) {
    if (F.Check == "ringfence-push-without-calls" && !F.Advice.empty() &&
        !StringRef(F.Advice).starts_with("PushKit cannot go yet"))
      return MigrationStep::Tokens;
    return stepOf(F.Check);
  }

  PlannedWork work(const WorkItem &W, unsigned Index,
                   const std::vector<FixSet> &Sets, bool IsLate) const {
    PlannedWork Out;
    Out.File = W.At.In->Source->path().str();
    Out.Line = W.At.line();
    Out.EndLine = W.At.endLine();
    Out.HandlerLine = W.HandlerAt ? W.HandlerAt.line() : 0;
    Out.What = W.What;
    Out.To = W.D;
    Out.IsReport = W.E == Effect::CallReport;
    Out.IsLate = IsLate;
    Out.Why =
        IsLate ? "it has to be called before the method returns" : W.Reason;
    for (const FixSet &S : Sets) {
      // The same findings may speak of work that goes elsewhere.
      if ((S.Fix == "move-to-notification-service" ||
           S.Fix == "hand-over-calls") &&
          W.D != Destination::NotificationService)
        continue;
      bool Moves = llvm::any_of(S.Findings, [&](unsigned I) {
        const Finding &F = A.Findings[I];
        return F.HandlerIndex == static_cast<int>(Index) &&
               stepOf(F.Check) == S.Step &&
               (llvm::any_of(F.Steps,
                             [&](unsigned Step) {
                               return llvm::is_contained(W.Steps, Step);
                             }) ||
                (IsLate && closesLate(F, W)));
      });
      std::string Name = S.Fix + " (" + nameOf(S.A).str() + ")";
      if (W.D == Destination::NotificationService &&
          llvm::any_of(S.LeftToDo, [](StringRef Do) {
            return Do.contains("send a silent push");
          }))
        Name += ", to a silent push for now";
      if (Moves && !llvm::is_contained(Out.By, Name))
        Out.By.push_back(std::move(Name));
    }
    return Out;
  }

  /// \p F speaks of the way on which the report \p W comes too late.
  bool closesLate(const Finding &F, const WorkItem &W) const {
    const JudgedHandler &H = A.Handlers[static_cast<unsigned>(F.HandlerIndex)];
    return F.Check == "ringfence-late-report" &&
           llvm::any_of(F.Exits, [&](unsigned I) {
             const Place &Late = H.V.Exits[I].LateReport;
             return Late.In == W.At.In && Late.Where.Begin < W.At.Where.End &&
                    W.At.Where.Begin < Late.Where.End;
           });
  }

  /// The sets in the order of the steps, each with what it does to what those
  /// before it leave.
  void takeFixes() {
    FixPlanOptions Options;
    Options.Steps = allSteps().drop_back();
    Options.Level = Applicability::Placeholders;
    FixPlan Fixes = planFixes(A, Options);
    for (PlannedSet &S : Fixes.Sets) {
      HandlerPlan *H = handlerOf(S);
      if (!H)
        continue;
      PlannedFix Out{S.Set.Fix,      S.Set.Title, S.Set.Why, S.Set.A,
                     S.Set.LeftToDo, "",          S.Changes};
      Out.Command = "ringfence fix --step " + nameOf(S.Set.Step).str();
      if (S.Set.A == Applicability::Placeholders)
        Out.Command += " --level placeholders";
      Out.Command += Arguments;
      H->Steps[static_cast<unsigned>(S.Set.Step)].Fixes.push_back(
          std::move(Out));
    }
    for (const HeldBack &B : Fixes.Held)
      Plan.NotSeen.push_back("the fix \"" + B.Set.Title +
                             "\" is left out: " + B.Why);
  }

  /// Findings without a fix are left to people, unless the fixes before theirs
  /// have made one possible.
  void leaveOpen() {
    std::vector<OpenFinding> Left;
    for (const OpenFinding &F : Open) {
      PlannedStep &S =
          Plan.Handlers[F.Handler].Steps[static_cast<unsigned>(F.Step)];
      bool HasFix = llvm::any_of(S.Fixes, [&](const PlannedFix &Fix) {
        return llvm::any_of(allFixes(), [&](const ringfence::Fix &Known) {
          return Known.Id == Fix.Fix && Known.Check == F.Check;
        });
      });
      bool IsAlone =
          llvm::count_if(Open, [&](const OpenFinding &Other) {
            return Other.Handler == F.Handler && Other.Check == F.Check;
          }) == 1;
      if (HasFix && IsAlone)
        continue;
      // What keeps PushKit today goes in the step before.
      if (F.Check == "ringfence-push-without-calls" &&
          F.Step == MigrationStep::CleanUp &&
          !Plan.Handlers[F.Handler].Steps[3].Fixes.empty())
        continue;
      // What holds for several places is said once.
      auto Same = llvm::find_if(Left, [&](const OpenFinding &Other) {
        return Other.Handler == F.Handler && Other.Check == F.Check &&
               Other.Advice == F.Advice && !F.Advice.empty();
      });
      if (Same == Left.end())
        Left.push_back(F);
      else
        llvm::append_range(Same->Said, F.Said);
    }
    for (const OpenFinding &F : Left)
      Plan.Handlers[F.Handler]
          .Steps[static_cast<unsigned>(F.Step)]
          .ByHand.push_back(withAdvice(llvm::join(F.Said, "; "), F.Advice));
  }

  HandlerPlan *handlerOf(const PlannedSet &S) {
    // A fix may have given the handler another signature: then its type tells.
    HandlerPlan *SameType = nullptr;
    for (unsigned I = 0; I != Plan.Handlers.size(); ++I) {
      HandlerPlan &H = Plan.Handlers[I];
      if (H.IsDead || H.File != S.HandlerPath)
        continue;
      if (H.Symbol == S.HandlerSymbol)
        return &H;
      if (Owners[I] == S.HandlerType && !SameType)
        SameType = &H;
    }
    return SameType;
  }

  /// What the steps leave to people, beyond findings without a fix.
  void leaveToHands(HandlerPlan &H, const ProjectFacts &Facts) const {
    auto Hand = [&](MigrationStep S, std::string Text) {
      H.Steps[static_cast<unsigned>(S)].ByHand.push_back(std::move(Text));
    };
    bool Message = H.sendsTo(Destination::NotificationService);
    bool Silent = H.sendsTo(Destination::BackgroundPush);
    bool Task = H.sendsTo(Destination::BackgroundTask);
    if (H.R == Reports::Unknown)
      Hand(MigrationStep::Report,
           "Find out whether the code that gets the push reports a call before "
           "it returns. If it does, name it under reporters in .ringfence.yaml "
           "and make this plan again.");
    bool Ends = llvm::any_of(H.Steps[0].Fixes, [](const PlannedFix &F) {
      return F.Fix == "report-and-end";
    });
    if (H.IsToLeave)
      Hand(MigrationStep::Report,
           "Until the steps below are done, do not ask for .voIP on iOS 13 and "
           "later: nothing in this app reports a call, so that each VoIP push "
           "ends it there. PushKit goes in the step clean-up.");
    else if (H.R == Reports::Never && !Ends)
      Hand(MigrationStep::Report,
           "Nothing that the handler calls reports a call. If the app has no "
           "calls, do not ask for .voIP on iOS 13 and later until the steps "
           "below are done, and take PushKit out in the step clean-up. If it "
           "has, report one on every path first.");
    if (Ends && !H.IsToLeave && !Message && !Silent && !Task)
      Hand(MigrationStep::CleanUp,
           "When the server sends VoIP pushes for new calls only, take the "
           "reports of placeholder calls out again.");
    if (!Message && !Silent && !Task && !H.IsToLeave)
      return;
    if (H.Steps[1].Fixes.empty())
      Hand(MigrationStep::Tokens,
           "Register for remote notifications and send the server both tokens: "
           "see \"The second token\".");
    if (Message && !Facts.Services.empty())
      Hand(MigrationStep::Extension,
           "A notification service is there already, in " +
               listed(Facts.Services) +
               ": see that it hands every notification back on every way, and "
               "that its entitlements are those named below.");
    for (const SharedItem &S : H.Shared)
      if (S.R == Reach::No && !S.ToDo.empty())
        Hand(MigrationStep::Move, "'" + S.What + "': " + S.ToDo);
    for (const PlannedWork &W : H.Works)
      if (W.To == Destination::BackgroundPush && W.By.empty())
        Hand(MigrationStep::Move,
             "Line " + std::to_string(W.HandlerLine ? W.HandlerLine : W.Line) +
                 " " + W.What +
                 ": let "
                 "application(_:didReceiveRemoteNotification:"
                 "fetchCompletionHandler:) do it too, and call its completion "
                 "handler on every path.");
    std::string Ask = "ask 'ringfence fix --step clean-up" + Arguments +
                      "' for what can go; until then it says what is in the "
                      "way.";
    bool HandsOver = llvm::any_of(H.Steps[3].Fixes, [](const PlannedFix &F) {
      return F.Fix == "hand-over-calls";
    });
    if (H.IsToLeave)
      Hand(
          MigrationStep::CleanUp,
          "When the server sends no VoIP pushes any more to versions in use, " +
              Ask +
              " It takes the delegate methods, the registry, the import, and "
              "voip in UIBackgroundModes.");
    else
      Hand(MigrationStep::CleanUp,
           (HandsOver
                ? "When the server sends alert pushes only, "
                : "When the server sends VoIP pushes for new calls only, ") +
               Ask +
               (Ends ? " Take the reports of placeholder calls out then, too."
                     : ""));
  }

  Analysis A;
  std::string Arguments;
  MigrationPlan Plan;
  std::vector<std::string> Owners; ///< types of Plan.Handlers
  struct OpenFinding {
    unsigned Handler; ///< into Plan.Handlers
    MigrationStep Step;
    std::string Check;
    std::vector<std::string> Said; ///< where and what
    std::string Advice;
  };
  std::vector<OpenFinding> Open; ///< that the code as it is has no fix for
};

} // namespace

MigrationPlan ringfence::makePlan(Analysis A, StringRef Arguments) {
  return Maker(std::move(A), Arguments).make();
}
