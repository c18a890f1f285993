//===-- EarlyReport.cpp - report with what is known, update later --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/callkit/EveryWay.h"
#include "rewriters/callkit/LateReport.h"
#include "rewriters/capture/Words.h"
#include "rewriters/edit/Indentation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <utility>

using namespace ringfence;

namespace {
/// Splits a late report in two: what the method knows goes in front.
class Split {
public:
  Split(const ProposeInput &In, const LateReport &L, Builder &B)
      : In(In), L(L), B(B), Source(*L.H->In->Source), Fn(L.H->function()),
        Swift(Source.language() == Language::Swift), R(*L.Report),
        Statement(L.Levels.back().step()) {}

  EarlyReport run();

private:
  /// A step that fills the update: "update.hasVideo = true".
  struct Filling {
    const Step *S;
    std::string Field, Value;
    bool IsEarly; ///< needs nothing that is known later only
  };

  bool understand();
  bool takeUUID();
  bool takeUpdate();
  bool takeCompletion();
  bool needsLater(Range Where) const;
  std::string early(Range Where) const;
  std::string line(std::string Text) const {
    return Text + (Swift ? "\n" : ";\n");
  }
  std::string freeName(llvm::StringRef Wanted) const;
  std::string earlyStatement() const;
  std::string callerInPush() const;
  bool leavesNothing() const;
  bool callsCompletionOnce();
  bool asksForSelf(llvm::StringRef Condition) const;
  void writeLate();
  bool endOnFailure();
  bool fail(llvm::StringRef Clause) {
    if (Out.Why.empty())
      Out.Why = Clause.str();
    return false;
  }

  const ProposeInput &In;
  const LateReport &L;
  Builder &B;
  const SourceFile &Source;
  const Function &Fn;
  const bool Swift;
  const Call &R;
  const Step &Statement;
  EarlyReport Out;

  std::set<std::string> Later;   ///< names that only the closures know
  std::set<std::string> Selves;  ///< names for self in the closures
  std::uint32_t SelfIsThere = 0; ///< from here on self is no optional
  bool Weak = false;

  std::string UUID;        ///< in both places
  std::string Preparation; ///< lines in front of the early report
  const Step *UUIDMadeBy = nullptr;
  const Step *UpdateMadeBy = nullptr;
  std::string Update, EarlyUpdate; ///< late and early name or expression
  std::vector<Filling> Fillings;
  bool UpdatesLater = false;
  std::string EarlyCompletion;
  bool CompletionStays = false; ///< its statements run behind the update
};
} // namespace

static std::vector<Word> plainWords(const SourceFile &S, Range Where) {
  std::vector<Word> All = words(S.bytes(), Where, S.language());
  llvm::erase_if(All, [](const Word &W) { return W.IsMember || W.IsLabel; });
  return All;
}

bool Split::needsLater(Range Where) const {
  return llvm::any_of(plainWords(Source, Where), [&](const Word &W) {
    return Later.count(W.Text.str()) != 0;
  });
}

/// Closures in \p S that take self weakly for themselves.
static std::vector<Range> weakClosuresIn(const Step &S) {
  std::vector<Range> Out;
  forEachStep(S, [&](const Step &Inner) {
    for (const Closure &C : Inner.Closures)
      if (llvm::any_of(C.CaptureList, [](llvm::StringRef Item) {
            return Item.contains("weak self");
          }))
        Out.push_back(C.Where);
  });
  return Out;
}

/// The bytes of \p Where as they read in the method itself.
std::string Split::early(Range Where) const {
  std::vector<std::pair<Range, std::string>> Changes;
  std::vector<Range> Weakly = weakClosuresIn(Statement);
  for (const Word &W : words(Source.bytes(), Where, Source.language())) {
    if (W.IsMember || W.IsLabel ||
        !(Selves.count(W.Text.str()) || W.Text == "self"))
      continue;
    if (W.Text == "self" && llvm::any_of(Weakly, [&](const Range &R) {
          return R.contains(W.Where);
        }))
      continue;
    Range At{W.Where.Begin - Where.Begin, W.Where.End - Where.Begin};
    if (W.After == '?' && W.Where.End < Where.End)
      ++At.End;
    Changes.push_back({At, "self"});
  }
  return replaced(Source.text(Where), std::move(Changes));
}

std::string Split::freeName(llvm::StringRef Wanted) const {
  std::set<std::string> Taken;
  for (const Word &W : plainWords(Source, Fn.Where))
    Taken.insert(W.Text.str());
  std::string Name = Wanted.str();
  for (unsigned I = 2; Taken.count(Name); ++I)
    Name = Wanted.str() + std::to_string(I);
  return Name;
}

/// Which names the closures bring, and which of them are self.
bool Split::understand() {
  std::vector<Level> Outer(L.Levels.begin(), L.Levels.begin() + L.HopLevel + 1);
  std::set<std::string> Known;
  for (const Local &Each : localsAt(Fn, Outer))
    Known.insert(Each.Name);
  for (const Level &Each : L.Levels)
    if (Each.InClosure)
      for (llvm::StringRef Item : Each.InClosure->CaptureList) {
        Weak |= Item.contains("weak self");
        if (Item.contains("="))
          return fail("its closure captures values of their own");
      }
  for (unsigned I = L.HopLevel + 1; I < L.Levels.size(); ++I)
    for (unsigned J = 0; J < L.Levels[I].Index; ++J)
      if (unwrapsSelf((*L.Levels[I].List)[J]))
        SelfIsThere = (*L.Levels[I].List)[J].Where.End;
  for (const Local &Each : localsAt(Fn, L.Levels)) {
    if (Known.count(Each.Name))
      continue;
    llvm::StringRef Value =
        Each.D ? llvm::StringRef(Each.D->Init.Text).trim() : "";
    if (Value == "self" || Value == "weakSelf" || Value == "wself")
      Selves.insert(Each.Name);
    else
      Later.insert(Each.Name);
  }
  Range Receiver{R.Where.Begin, R.NameRange.Begin};
  if (needsLater(Receiver))
    return fail("its provider is reached by what is known later only");
  if (L.Levels.back().step().K != Step::Kind::Do ||
      !Statement.Assigns.empty() || R.Awaited || R.Conditional)
    return fail("the report is no statement of its own");
  for (unsigned I = L.HopLevel + 1; I < L.Levels.size(); ++I) {
    const Level &Each = L.Levels[I];
    if (Each.Owner && (Each.Owner->K == Step::Kind::Loop ||
                       Each.Owner->K == Step::Kind::Configuration))
      return fail("the report stands in a loop or under #if");
  }
  return takeUUID() && takeUpdate() && takeCompletion();
}

bool Split::takeUUID() {
  const Value &V = R.Arguments[0].V;
  llvm::StringRef Text = llvm::StringRef(V.Text).trim();
  if (Text == "UUID()" || Text == "NSUUID()" || Text == "[NSUUID UUID]") {
    UUID = freeName("callUUID");
    Preparation +=
        line((Swift ? "let " : "NSUUID *") + UUID + " = " + Text.str());
    return true;
  }
  if (!needsLater(V.Where)) {
    bool Stable = llvm::all_of(
        Text, [](char C) { return llvm::isAlnum(C) || C == '_' || C == '.'; });
    if (Stable && Selves.empty()) {
      UUID = Text.str();
      return true;
    }
    UUID = freeName("callUUID");
    Preparation +=
        line((Swift ? "let " : "NSUUID *") + UUID + " = " + early(V.Where));
    return true;
  }
  // A local of the closure that is made from what the method knows.
  for (const Local &Each : localsAt(Fn, L.Levels))
    if (Each.Name == Text && Each.K == Local::Kind::Plain && Each.D &&
        Each.DeclaredBy && Each.DeclaredBy->Declares.size() == 1 &&
        !Each.SetBy && !needsLater(Each.D->Init.Where)) {
      UUIDMadeBy = Each.DeclaredBy;
      UUID = Text.str();
      Later.erase(UUID);
      Preparation += Source.text(Each.DeclaredBy->Where).str() + "\n";
      return true;
    }
  return fail("the UUID of the call is known later only");
}

/// A text that the method has read from the push and that tells who calls.
std::string Split::callerInPush() const {
  static constexpr llvm::StringRef Says[] = {"number", "caller", "handle",
                                             "phone",  "sender", "from"};
  std::vector<Level> Outer(L.Levels.begin(), L.Levels.begin() + L.HopLevel + 1);
  for (const Local &Each : localsAt(Fn, Outer)) {
    std::string Name = llvm::StringRef(Each.Name).lower();
    if (!Each.D || llvm::none_of(Says, [&](llvm::StringRef W) {
          return Name.find(W) != std::string::npos;
        }))
      continue;
    llvm::StringRef Type = llvm::StringRef(Each.D->Type).trim();
    llvm::StringRef Value = Each.D->Init.Text;
    if (!Swift && Type.starts_with("NSString"))
      return Each.Name + " ?: @\"Unknown\"";
    bool Unwrapped =
        Each.K == Local::Kind::Guarded || Each.K == Local::Kind::Unwrapped;
    if (Swift && (Type == "String" ||
                  (Type.empty() && Value.contains("as? String") &&
                   (Unwrapped || Value.contains("as? String ?? \"")))))
      return Each.Name;
  }
  return "";
}

bool Split::takeUpdate() {
  const Value &V = R.Arguments[1].V;
  llvm::StringRef Text = llvm::StringRef(V.Text).trim();
  const std::string New =
      Swift ? "CXCallUpdate()" : "[[CXCallUpdate alloc] init]";
  auto IsNew = [&](llvm::StringRef T) {
    T = T.trim();
    return T == New || T == "[CXCallUpdate new]" || T == "CXCallUpdate.init()";
  };
  const Local *Made = nullptr;
  std::vector<Local> Locals = localsAt(Fn, L.Levels);
  for (const Local &Each : Locals)
    if (Each.Name == Text)
      Made = &Each;
  if (Made && Later.count(Made->Name)) {
    if (!Made->D || !IsNew(Made->D->Init.Text) || Made->SetBy ||
        Made->DeclaredBy->Declares.size() != 1)
      return fail("the update is made by other code");
    UpdateMadeBy = Made->DeclaredBy;
    Update = Made->Name;
  } else if (IsNew(Text)) {
    // Says nothing, so there is nothing to tell later.
  } else if (!needsLater(V.Where)) {
    // Made before the hop: what the closure adds to it is told later.
    Update = EarlyUpdate = Text.str();
  } else {
    Update = Text.str(); // "makeUpdate(for: contact)"
    UpdatesLater = true;
  }

  bool HasHandle = false;
  if (!Update.empty() && Made)
    for (unsigned I = L.HopLevel + 1; I < L.Levels.size(); ++I)
      for (unsigned J = 0; J < L.Levels[I].Index; ++J) {
        const Step &S = (*L.Levels[I].List)[J];
        const std::string Prefix = Update + ".";
        if (S.K == Step::Kind::Do && S.Assigns.size() == 1 &&
            llvm::StringRef(S.Assigns[0].Target).starts_with(Prefix)) {
          const Assignment &A = S.Assigns[0];
          Filling F{&S, A.Target.substr(Prefix.size()), "", false};
          F.IsEarly = UpdateMadeBy && !needsLater(A.V.Where) &&
                      F.Field.find('.') == std::string::npos;
          if (F.IsEarly)
            F.Value = early(A.V.Where);
          UpdatesLater |= !F.IsEarly;
          Fillings.push_back(std::move(F));
        } else if (&S != UpdateMadeBy) {
          // "if let name { update.localizedCallerName = name }"
          forEachStep(S, [&](const Step &Inner) {
            for (const Assignment &A : Inner.Assigns)
              UpdatesLater |= llvm::StringRef(A.Target).starts_with(Prefix);
          });
        }
      }
  if (EarlyUpdate.empty()) {
    EarlyUpdate = freeName("callUpdate");
    if (UpdateMadeBy && !UpdatesLater)
      EarlyUpdate = Update; // the closure's own goes
    Preparation +=
        line((Swift ? "let " : "CXCallUpdate *") + EarlyUpdate + " = " + New);
    for (const Filling &F : Fillings)
      if (F.IsEarly) {
        HasHandle |= F.Field == "remoteHandle";
        Preparation += line(EarlyUpdate + "." + F.Field + " = " + F.Value);
      }
    if (!HasHandle) {
      std::string Value = callerInPush();
      Out.HandleIsUnknown = Value.empty();
      if (Value.empty())
        Value = Swift ? "\"Unknown\"" : "@\"Unknown\"";
      Preparation +=
          line(EarlyUpdate + ".remoteHandle = " +
               (Swift ? "CXHandle(type: .generic, value: " + Value + ")"
                      : "[[CXHandle alloc] initWithType:CXHandleTypeGeneric "
                        "value:" +
                            Value + "]"));
    }
  }
  return true;
}

bool Split::takeCompletion() {
  const Value &V = R.Arguments[2].V;
  if (V.K != Value::Kind::Closure || V.ClosureIndex < 0) {
    if (needsLater(V.Where))
      return fail("the report's completion is known later only");
    return true;
  }
  const Closure &C = Statement.Closures[V.ClosureIndex];
  // Its own parameters hide what the closures around it call the same.
  std::set<std::string> Around = Later;
  for (const Parameter &P : C.Parameters)
    Later.erase(P.Name);
  const bool NeedsLater = needsLater(C.Body);
  Later = std::move(Around);
  if (!NeedsLater) {
    EarlyCompletion = early(C.Where);
    return true;
  }
  bool UsesError = llvm::any_of(plainWords(Source, C.Body), [&](const Word &W) {
    return llvm::any_of(C.Parameters, [&](const Parameter &P) {
      return P.Name == W.Text && P.Name != "_";
    });
  });
  bool Returns = false;
  for (const Step &S : C.Steps)
    forEachStep(
        S, [&](const Step &Inner) { Returns |= Inner.K == Step::Kind::Exit; });
  if (UsesError || Returns || !C.CaptureList.empty())
    return fail("the report's completion looks at its error and at what is "
                "known later only");
  CompletionStays = true;
  EarlyCompletion = Swift ? "{ _ in }" : "^(NSError *error) {}";
  return true;
}

/// The early report's completion calls the push's completion handler, so that
/// the other ways through the closure no longer do.
bool Split::callsCompletionOnce() {
  const std::string Name = completionIn(Fn, *L.H);
  auto Names = [&](Range Where) {
    return llvm::any_of(plainWords(Source, Where),
                        [&](const Word &W) { return W.Text == Name; });
  };
  if (Name.empty() || CompletionStays || !Names(Statement.Where))
    return true;
  bool Sound = true;
  std::vector<const Step *> Calls;
  auto Look = [&](const Step &S) {
    if (S.Where.contains(Statement.Where))
      return;
    if (llvm::any_of(Calls, [&](const Step *Known) {
          return Known->Where.contains(S.Where);
        }))
      return;
    if (isCompletionCall(S, Name) && S.K != Step::Kind::Exit)
      Calls.push_back(&S);
    else if (S.Arms.empty() && S.Closures.empty() && Names(S.Where))
      Sound = false;
  };
  for (const Step &S : L.closure().Steps)
    forEachStep(S, [&](const Step &Inner) {
      if (!Statement.Where.contains(Inner.Where))
        Look(Inner);
    });
  if (!Sound)
    return fail("other ways of the closure hand the completion handler on");
  for (const Step *S : Calls)
    if (!B.remove(*S))
      return fail("a call of the completion handler comes from a macro");
  return true;
}

/// The report with other arguments, laid out as it was.
std::string Split::earlyStatement() const {
  std::vector<std::pair<Range, std::string>> Changes;
  const Range All = Statement.Where;
  auto Change = [&](Range Where, std::string Text) {
    Changes.push_back(
        {{Where.Begin - All.Begin, Where.End - All.Begin}, std::move(Text)});
  };
  Range Receiver{R.Where.Begin, R.NameRange.Begin};
  std::string Path = early(Receiver);
  if (Swift && !B.style().SelfDot) {
    llvm::StringRef Rest = Path;
    if (Rest.consume_front("self."))
      Path = Rest.str();
  }
  Change(Receiver, Path);
  Change(R.Arguments[0].V.Where, UUID);
  Change(R.Arguments[1].V.Where, EarlyUpdate);
  if (!EarlyCompletion.empty())
    Change(R.Arguments[2].V.Where, EarlyCompletion);
  std::string Text = replaced(Source.text(All), std::move(Changes));
  return reindented(Text, Source.indentation(All.Begin), "") + "\n";
}

/// The closure does nothing but report, and that is done before.
bool Split::leavesNothing() const {
  if (UpdatesLater || CompletionStays || Out.EndsOnFailure > 0)
    return false;
  for (unsigned I = L.HopLevel + 1; I < L.Levels.size(); ++I)
    for (const Step &S : *L.Levels[I].List)
      if (!S.Where.contains(Statement.Where) && &S != UUIDMadeBy &&
          &S != UpdateMadeBy &&
          llvm::none_of(Fillings, [&](const Filling &F) { return F.S == &S; }))
        return false;
  return true;
}

void Split::writeLate() {
  if (UUIDMadeBy)
    B.remove(*UUIDMadeBy);
  if (UpdateMadeBy && !UpdatesLater) {
    B.remove(*UpdateMadeBy);
    for (const Filling &F : Fillings)
      B.remove(*F.S);
  }
  std::string Receiver = Source.text({R.Where.Begin, R.NameRange.Begin}).str();
  std::string Text;
  if (UpdatesLater)
    Text = Swift ? Receiver + "reportCall(with: " + UUID +
                       ", updated: " + Update + ")"
                 : Receiver + "reportCallWithUUID:" + UUID +
                       " updated:" + Update + "];";
  if (CompletionStays) {
    const Closure &C = Statement.Closures[R.Arguments[2].V.ClosureIndex];
    Range Body{C.Steps.front().Where.Begin, C.Steps.back().Where.End};
    llvm::StringRef Base = B.indentation(Statement.Where.Begin);
    std::string Rest =
        reindented(Source.text(Body), B.indentation(Body.Begin), Base);
    if (!Text.empty())
      Text += B.style().LineEnding + Base.str();
    Text += llvm::StringRef(Rest).ltrim(" \t").str();
  }
  if (Text.empty())
    B.remove(Statement);
  else
    B.replace(Statement.Where, Text);
}

/// "let strongSelf = self", "!strongSelf": nothing else is asked.
bool Split::asksForSelf(llvm::StringRef Condition) const {
  std::string Asked = Condition.str();
  llvm::erase_if(Asked, llvm::isSpace);
  return llvm::any_of(Selves, [&](const std::string &Name) {
    return Asked == "let" + Name + "=self" || Asked == "!" + Name ||
           Asked == Name + "==nil";
  });
}

/// Ways through the closure that used to lead to no report end the call.
bool Split::endOnFailure() {
  WayRule Rule;
  const std::uint32_t Report = R.Where.Begin;
  Rule.Does = [Report](Range Where) { return Where.contains(Report); };
  Rule.IsDoing = [](const Step &) { return false; };
  std::string Receiver = Source.text({R.Where.Begin, R.NameRange.Begin}).str();
  Rule.Statement = [this, Receiver](std::uint32_t At) {
    std::string Path = Receiver;
    if (At < SelfIsThere || !Selves.empty()) {
      llvm::StringRef Rest = Path;
      for (const std::string &Name : Selves)
        if (Rest.starts_with(Name + "."))
          Path = "self" + Path.substr(Name.size());
      Rest = Path;
      if (Weak && Rest.consume_front("self."))
        Path = "self?." + Rest.str();
    }
    if (Swift)
      return Path + "reportCall(with: " + UUID +
             ", endedAt: nil, reason: .failed)\n";
    return Path + "reportCallWithUUID:" + UUID +
           " endedAtDate:nil reason:CXCallEndedReasonFailed];\n";
  };
  // Where self is gone, there is no provider to tell.
  Rule.IsExempt = [this](const Step &Of, const Arm &A) {
    return unwrapsSelf(Of) || asksForSelf(A.When.Text);
  };
  Rule.EndsInReports = false;
  Rule.What = "the report";
  EveryWay Ways(std::move(Rule), In.Apis, B);
  if (!Ways.write(L.hop(), L.closure()))
    return fail(Ways.whyNot());
  Out.EndsOnFailure = Ways.added();
  return true;
}

/// Statements of the closures besides those that make and report the update.
static bool isOther(const Step &S, const Step &Statement) {
  return !S.Where.contains(Statement.Where) && S.K != Step::Kind::Exit;
}

EarlyReport Split::run() {
  if (R.Arguments.size() != 3) {
    fail("the report is made by another call than the one with a completion");
    return Out;
  }
  if (!understand() || !endOnFailure() || !callsCompletionOnce())
    return Out;
  for (unsigned I = L.HopLevel + 1; I < L.Levels.size(); ++I)
    for (const Step &S : *L.Levels[I].List) {
      bool Fills =
          llvm::any_of(Fillings, [&](const Filling &F) { return F.S == &S; });
      // Guards only decide whether there is a call.
      bool Declares =
          S.K == Step::Kind::Declare ||
          (S.K == Step::Kind::Branch &&
           llvm::all_of(S.Arms, [](const Arm &A) { return leaves(A.Steps); }));
      Out.OtherWork |= isOther(S, Statement) && !Fills && !Declares;
    }
  const Step &Hop = L.hop();
  if (leavesNothing())
    B.remove(Hop);
  else
    writeLate();
  const Level &At = L.Levels[L.HopLevel];
  std::string Lines = Preparation + earlyStatement();
  if (At.Index == 0 && At.InArm && At.Owner)
    Out.Written = B.insertAtHead(*At.Owner, *At.InArm, Lines);
  else
    Out.Written = B.insertBefore(Hop, Lines);
  if (!Out.Written)
    fail("there is no place for a statement in front of it");
  return Out;
}

EarlyReport ringfence::reportEarly(const ProposeInput &In, const LateReport &L,
                                   Builder &B) {
  if (!L.Report) {
    EarlyReport Out;
    Out.Why = "the report is made by code that its closure calls";
    return Out;
  }
  return Split(In, L, B).run();
}
