//===-- Calls.cpp - what a call does to a path -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Spelling.h"
#include "matchers/flow/Engine.h"
#include "matchers/flow/PurposeNames.h"
#include "matchers/flow/Questions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

StateSet Engine::calls(Frame &F, const Step *S, const std::vector<Call> &Calls,
                       const std::vector<Closure> &Closures, StateSet In,
                       Flow &Out, bool Asked) {
  for (std::size_t I = 0; I < Calls.size(); ++I) {
    if (In.empty())
      break;
    const Call &C = Calls[I];
    // Only the outermost call of an expression is a statement of its own; the
    // others feed it.
    bool Feeds =
        llvm::any_of(llvm::drop_begin(Calls, I + 1),
                     [&](const Call &O) { return O.Where.contains(C.Where); });
    StateSet Skipped;
    if (C.Conditional)
      Skipped = In;
    Feeding = Feeds;
    Waits = false;
    In = call(F, C, Closures, std::move(In), Out, Asked || Feeds);
    // "await" covers the whole expression; the outermost call is what waits.
    if (Waits && C.Awaited && !Feeds)
      In = suspend(std::move(In));
    In.add(Skipped);
  }
  return In;
}

static bool isAppleReport(const Api &A) {
  llvm::StringRef S = A.Swift, O = A.ObjC;
  return A.Reports && (S.starts_with("CXProvider.") ||
                       S.starts_with("ConversationManager.") ||
                       O.starts_with("-[CXProvider "));
}

/// How many leading folders two paths share.
static unsigned sharedFolders(llvm::StringRef A, llvm::StringRef B) {
  unsigned Count = 0;
  while (true) {
    auto [First, RestA] = A.split('/');
    auto [Second, RestB] = B.split('/');
    if (RestA.empty() || RestB.empty() || First != Second)
      return Count;
    ++Count;
    A = RestA;
    B = RestB;
  }
}

/// A repository may hold several apps that each define the same type: of
/// functions of one name, those beside the caller are meant.
static void keepNearest(std::vector<FunctionRef> &Callees, const File &From) {
  auto Shared = [&](const FunctionRef &R) {
    return R.In == &From
               ? ~0u
               : sharedFolders(R.In->Source->path(), From.Source->path());
  };
  // One app may have the type in Swift, another in Objective-C.
  auto Type = [](const FunctionRef &R) {
    return R.Fn->Owner.empty() ? R.Fn->Symbol : R.Fn->Owner;
  };
  std::map<std::string, unsigned> Best;
  for (const FunctionRef &R : Callees)
    Best[Type(R)] = std::max(Best[Type(R)], Shared(R));
  llvm::erase_if(
      Callees, [&](const FunctionRef &R) { return Shared(R) < Best[Type(R)]; });
}

StateSet Engine::call(Frame &F, const Call &C,
                      const std::vector<Closure> &Closures, StateSet In,
                      Flow &Out, bool Asked) {
  // The completion handler, under its own name or in a box.
  if (C.K == Call::Kind::ClosureCall || C.K == Call::Kind::Function) {
    Binding B = lookUp(F, C.Name);
    if (B.K == Binding::Kind::Completion) {
      work(F, C, nullptr, Effect::Completion, In);
      return complete(std::move(In), Completed::Yes);
    }
    if (B.K == Binding::Kind::Code)
      return runNow(F, B.C, std::move(In), Out, C.Try == Call::TryForm::Try);
  }
  if (!C.Receiver.empty() && C.Arguments.empty() &&
      C.K != Call::Kind::PropertyRead &&
      F.file().Source->language() == Language::Swift) {
    llvm::StringRef Root = C.Receiver;
    Root = Root.take_until([](char Ch) { return Ch == '.' || Ch == '?'; });
    Binding B = lookUp(F, Root);
    if (B.K == Binding::Kind::Completion) {
      work(F, C, nullptr, Effect::Completion, In);
      return complete(std::move(In), Completed::Yes);
    }
    if (B.K == Binding::Kind::Code && C.Name == "callAsFunction")
      return runNow(F, B.C, std::move(In), Out, C.Try == Call::TryForm::Try);
  }

  bool IsAssertion = false;
  In = assertion(C, std::move(In), IsAssertion);
  if (IsAssertion)
    return In;

  if (llvm::is_contained(Options.Reporters, C.Name) ||
      llvm::is_contained(Options.Reporters, swiftName(C)))
    return closures(F, C, Closures, Runs::Later,
                    report(F, C, swiftName(C), std::move(In)), Out);

  const Api *A = Apis.find(C, F.file().Source->language());
  // Apple's own calls are what they are. Anything else is judged by its body
  // where the project has one.
  if (A && (isAppleReport(*A) || A->NoReturn || A->E == Effect::Log ||
            A->E == Effect::Pure))
    return byCatalogue(F, C, *A, Closures, std::move(In), Out, Asked);
  // Helpers read properties all the time; what the handler itself reads is
  // what it does.
  bool IsFollowed = C.K == Call::Kind::PropertyRead
                        ? F.Depth == 0
                        : C.K != Call::Kind::Subscript;
  if (IsFollowed) {
    Followed.insert(&C);
    std::vector<FunctionRef> Callees = Functions.callees(C, F.Fn);
    if (Callees.empty() && !A &&
        (C.K == Call::Kind::ClosureCall || C.K == Call::Kind::Function))
      Callees = Functions.stored(C, F.Fn);
    llvm::erase_if(
        Callees, [](const FunctionRef &R) { return !R || R.Fn->Body.empty(); });
    keepNearest(Callees, F.file());
    if (!Callees.empty())
      return project(F, C, Closures, Callees, std::move(In), Out);
  }
  if (A)
    return byCatalogue(F, C, *A, Closures, std::move(In), Out, Asked);
  return unknownCall(F, C, Closures, std::move(In), Out, Asked);
}

StateSet Engine::report(Frame &F, const Call &C, llvm::StringRef By,
                        StateSet In) {
  StateSet Out;
  for (PathState S : In) {
    for (unsigned W : S.WorksBefore)
      Seen->Works[W].W.BeforeReport = true;
    S.WorksBefore.clear();
    Reported R = S.Suspended ? Reported::Later : Reported::Yes;
    if (R == Reported::Later && !S.LateReport)
      S.LateReport = F.place(C.Where);
    S.R = std::max(S.R, R);
    Out.add(std::move(S));
  }
  Seen->ReportedBy.insert(By.str());
  Place At = F.place(C.Where);
  if (llvm::none_of(Seen->ReportSites, [&](const Place &P) {
        return P.In == At.In && P.Where == At.Where;
      }))
    Seen->ReportSites.push_back(At);
  return Out;
}

/// What \p Text asks, as far as it is "x", "!x", "x != nil" or "x == nil".
static Condition asked(llvm::StringRef Text) {
  Condition C;
  Text = Text.trim();
  auto Negated = [](Condition Of) {
    Condition Not;
    Not.K = Condition::Kind::Not;
    Not.Operands.push_back(std::move(Of));
    return Not;
  };
  for (const char *Nil : {"nil", "NULL", "nullptr"}) {
    llvm::StringRef Left = Text;
    if (!Left.consume_back(Nil))
      continue;
    Left = Left.rtrim();
    bool Equal = Left.consume_back("==");
    if (!Equal && !Left.consume_back("!="))
      continue;
    C.K = Condition::Kind::NonNil;
    C.Name = Left.trim().str();
    return Equal ? Negated(std::move(C)) : C;
  }
  if (Text == "false" || Text == "NO" || Text == "0" || Text == "FALSE") {
    C.K = Condition::Kind::Constant;
    C.Name = "false";
    return C;
  }
  bool Not = Text.consume_front("!");
  C.K = Condition::Kind::Flag;
  C.Name = Text.str();
  return Not ? Negated(std::move(C)) : C;
}

/// assert(x), NSAssert(x, …), precondition(x) and a project's own: x holds
/// behind them. assertionFailure says nothing: release builds go on.
StateSet Engine::assertion(const Call &C, StateSet In, bool &Is) {
  if (C.K != Call::Kind::Function && C.K != Call::Kind::Macro)
    return In;
  std::string Lower = llvm::StringRef(C.Name).lower();
  llvm::StringRef Name = Lower;
  if (!(Name.contains("assert") || Name == "precondition") ||
      Name.contains("failure") || C.Arguments.empty())
    return In;
  Is = true;
  Condition Asserted = asked(C.Arguments.front().V.Text);
  StateSet Out;
  for (const PathState &S : In) {
    Parted P = part(S, Asserted);
    for (PathState T : P.Yes) {
      // "NSParameterAssert(x)" of an object asks for non-nil.
      if (Asserted.K == Condition::Kind::Flag)
        T.F.edit()[nonNilKey(Asserted.Name)] = true;
      Out.add(std::move(T));
    }
  }
  return Out;
}

/// A call that waits for something makes what was scheduled before it run
/// before it returns.
static bool waits(const Call &C, const Api &A) {
  llvm::StringRef Name = C.Name;
  return A.Blocks &&
         (Name.contains("wait") || Name == "runUntilDate:" || Name == "run");
}

/// Notification centers call their observers before post returns.
static bool isPost(const Call &C, const Api &A) {
  return A.E == Effect::AsyncHop && !C.Arguments.empty() &&
         (C.Name == "post" ||
          llvm::StringRef(C.Name).starts_with("postNotificationName:"));
}

/// Whoever observes the notification runs, one behind the other. An observer
/// gets other posts, too, and tells them apart by what they carry: if it
/// reports on one way, that is believed to be the way of this post.
StateSet Engine::post(Frame &F, const Call &C, StateSet In) {
  for (const FunctionRef &R : Functions.observers(C.Arguments.front().V.Text)) {
    const Effects *E = effectsOf(F, {}, {}, R);
    if (!E || E->Outcomes.empty())
      continue;
    std::vector<unsigned> Works = adopt(F, C, E->Seen);
    StateSet Next;
    Flow Unused;
    for (const PathState &S : In)
      apply(F, C, *E, Works, S, Next, Unused);
    bool Reports = llvm::any_of(E->Outcomes, [](const Outcome &O) {
      return O.S.R == Reported::Yes || O.S.R == Reported::Delegated;
    });
    In.clear();
    for (PathState S : Next) {
      if (Reports && S.R == Reported::No)
        S.R = Reported::Delegated;
      In.add(std::move(S));
    }
  }
  return In;
}

StateSet Engine::byCatalogue(Frame &F, const Call &C, const Api &A,
                             const std::vector<Closure> &Closures, StateSet In,
                             Flow &Out, bool Asked) {
  bool IsSwift = F.file().Source->language() == Language::Swift;
  llvm::StringRef Spelling = IsSwift || A.ObjC.empty() ? A.Swift : A.ObjC;
  if (A.NoReturn)
    return {};
  work(F, C, &A, A.E, In);
  if (A.E == Effect::BackgroundTime)
    Seen->BackgroundTime = true;

  if (A.Reports) {
    In = report(F, C, Spelling, std::move(In));
  } else if (waits(C, A)) {
    StateSet Waited;
    for (PathState S : In) {
      if (S.R == Reported::Later)
        S.R = Reported::Yes;
      Waited.add(std::move(S));
    }
    In = std::move(Waited);
  }
  if (C.Try == Call::TryForm::Try && !Feeding)
    Out.jump(Step::ExitKind::Throw, "", F.place(C.Where), std::nullopt, In);

  if (isPost(C, A))
    In = post(F, C, std::move(In));
  // What the catalogue knows to call the app back needs no guess.
  if (Guessing || !A.CallsBack.empty())
    In = handOver(F, C, A, std::move(In), Asked);
  Runs When = A.Reports ? Runs::Later : A.ClosuresRun;
  if (When == Runs::Unknown)
    When = A.IsAsync ? Runs::Later : Runs::Unknown;
  In = closures(F, C, Closures, When, std::move(In), Out);
  Waits = !A.Reports;
  return In;
}

/// A logger of the project or of a library that the catalogue does not know:
/// something called after logs is told something in words.
static bool isLogging(const Call &C) {
  if (C.Arguments.empty() || C.Receiver.empty())
    return false;
  llvm::StringRef Told = C.Arguments.front().V.Text;
  if (!Told.starts_with("\"") && !Told.starts_with("@\"") &&
      !Told.starts_with("[NSString stringWithFormat:"))
    return false;
  static constexpr llvm::StringLiteral Words[] = {"log", "logs", "logger",
                                                  "logging"};
  llvm::StringRef Path = C.Receiver;
  while (!Path.empty()) {
    llvm::StringRef Name =
        Path.take_while([](char Ch) { return llvm::isAlnum(Ch) || Ch == '_'; });
    Path = Path.drop_front(std::max<std::size_t>(1, Name.size()));
    auto Parts = effects::wordsOf(Name);
    if (!Parts.empty() && llvm::is_contained(Words, Parts.back()))
      return true;
  }
  return false;
}

StateSet Engine::unknownCall(Frame &F, const Call &C,
                             const std::vector<Closure> &Closures, StateSet In,
                             Flow &Out, bool Asked) {
  bool IsStatement =
      !Asked && C.K != Call::Kind::Init && C.K != Call::Kind::PropertyRead &&
      C.K != Call::Kind::PropertyWrite && C.K != Call::Kind::Subscript;
  bool IsWrite = C.K == Call::Kind::PropertyWrite && !isLocal(F, C.Receiver);
  bool IsPlain = C.K == Call::Kind::PropertyRead ||
                 C.K == Call::Kind::Subscript || C.K == Call::Kind::Init ||
                 C.K == Call::Kind::PropertyWrite;
  if (IsWrite || (!IsPlain && (IsStatement || !C.Arguments.empty())))
    work(F, C, nullptr, isLogging(C) ? Effect::Log : Effect::Unknown, In);
  if (C.Try == Call::TryForm::Try && !Feeding)
    Out.jump(Step::ExitKind::Throw, "", F.place(C.Where), std::nullopt, In);
  if (IsStatement && takesPush(F, C) &&
      (saysIncomingCall(C.Name) ||
       (Guessing && (Options.SDKReports || canAnswer(F, C))))) {
    notFollowed(F, C, "takes the push and is not part of the project");
    In = delegate(std::move(In));
  }
  In = closures(F, C, Closures, Runs::Unknown, std::move(In), Out);
  Waits = C.K == Call::Kind::Function || C.K == Call::Kind::Method;
  return In;
}

//===----------------------------------------------------------------------===//
// Out of sight
//===----------------------------------------------------------------------===//

bool Engine::takesPush(Frame &F, const Call &C) const {
  return llvm::any_of(C.Arguments, [&](const Argument &A) {
    return isMadeOfPush(F, A.V.Text);
  });
}

/// Whoever gets the push alone cannot report through the app, unless it
/// reports by itself; with a delegate or the completion handler it can ask the
/// app to.
bool Engine::canAnswer(Frame &F, const Call &C) const {
  return llvm::any_of(C.Arguments, [&](const Argument &A) {
    llvm::StringRef Label = A.Label;
    return A.V.Text == "self" || Label.contains_insensitive("delegate") ||
           lookUp(F, A.V.Name).K == Binding::Kind::Completion;
  });
}

StateSet Engine::suspend(StateSet In) {
  StateSet Out;
  for (PathState S : In) {
    S.Suspended = true;
    Out.add(std::move(S));
  }
  return Out;
}

StateSet Engine::delegate(StateSet In) {
  StateSet Out;
  for (PathState S : In) {
    S.R = std::max(S.R, Reported::Delegated);
    Out.add(std::move(S));
  }
  return Out;
}

/// An SDK that takes the push and calls the app back before it returns: the
/// report is made in that callback. Nobody sees whether the SDK calls it; what
/// the callback itself leaves out is seen.
StateSet Engine::handOver(Frame &F, const Call &C, const Api &A, StateSet In,
                          bool Asked) {
  if (isPost(C, A) && takesPush(F, C) &&
      Functions.observers(C.Arguments.front().V.Text).empty())
    return delegate(std::move(In));
  if (A.CallsBack.empty())
    return In;

  StateSet Refused;
  if (Asked)
    for (PathState S : In) {
      S.F.edit()[resultKey(C.Where)] = false;
      note(S, {F.place(C.Where), "the SDK does not take the push"});
      Refused.add(std::move(S));
    }
  std::vector<FunctionRef> Callbacks;
  for (const std::string &Name : A.CallsBack) {
    for (const FunctionRef &R : Functions.named(Name))
      if (R && !R.Fn->Body.empty() &&
          (R.In == F.Fn.In ||
           (!R.Fn->Owner.empty() && R.Fn->Owner == F.Fn.Fn->Owner)))
        Callbacks.push_back(R);
  }
  keepNearest(Callbacks, F.file());
  StateSet Took;
  Call Back; // as the SDK makes it: its arguments are not the project's
  Back.Name = C.Name;
  Back.Where = C.Where;
  Back.NameRange = C.NameRange;
  for (const FunctionRef &R : Callbacks) {
    const Effects *E = effectsOf(F, Back, {}, R);
    if (!E)
      continue;
    std::vector<unsigned> Works = adopt(F, Back, E->Seen);
    Flow Unused;
    for (const PathState &S : In)
      apply(F, Back, *E, Works, S, Took, Unused);
  }
  if (Took.empty())
    Took = Guessing ? delegate(std::move(In)) : std::move(In);
  StateSet Out;
  for (PathState S : Took) {
    if (S.R == Reported::Yes ||
        (Guessing && S.R == Reported::No && Callbacks.empty()))
      S.R = Reported::Delegated;
    if (Asked)
      S.F.edit()[resultKey(C.Where)] = true;
    Out.add(std::move(S));
  }
  Out.add(Refused);
  return Out;
}

//===----------------------------------------------------------------------===//
// What does not matter
//===----------------------------------------------------------------------===//

bool Engine::isTrivial(Frame &F, const std::vector<Step> &Steps) {
  return llvm::all_of(Steps, [&](const Step &S) { return isTrivial(F, S); });
}

/// Nothing but logging, values and the completion handler.
bool Engine::isTrivial(Frame &F, const Step &S) {
  Language L = F.file().Source->language();
  auto Plain = [&](const Call &C) {
    if (C.K == Call::Kind::PropertyRead || C.K == Call::Kind::Subscript ||
        lookUp(F, C.Name).K == Binding::Kind::Completion)
      return true;
    const Api *A = Apis.find(C, L);
    if (!A)
      return false;
    return A->E == Effect::Log || A->E == Effect::Pure ||
           A->E == Effect::AsyncHop;
  };
  auto PlainClosure = [&](const Closure &C) { return isTrivial(F, C.Steps); };
  auto PlainArm = [&](const Arm &A) {
    return llvm::all_of(A.Calls, Plain) && isTrivial(F, A.Steps);
  };
  switch (S.K) {
  case Step::Kind::Do:
  case Step::Kind::Declare:
    return llvm::all_of(S.Calls, Plain) &&
           llvm::all_of(S.Closures, PlainClosure);
  case Step::Kind::Branch:
  case Step::Kind::Scope:
  case Step::Kind::Configuration:
    return llvm::all_of(S.Calls, Plain) && llvm::all_of(S.Arms, PlainArm);
  case Step::Kind::Exit:
    return S.Exit == Step::ExitKind::Return && S.Calls.empty();
  case Step::Kind::Defer:
  case Step::Kind::LocalFunction:
    return true;
  default:
    return false;
  }
}
