//===-- Engine.h - walks the paths of a handler -*- C++ -* -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_ENGINE_H
#define RINGFENCE_MATCHERS_FLOW_ENGINE_H

#include "matchers/flow/Judge.h"
#include "matchers/flow/PathState.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <deque>
#include <optional>

namespace ringfence::flow {

struct Frame;

/// A closure, or a local function, and where its free names live.
struct Code {
  const std::vector<Step> *Steps = nullptr;
  const std::vector<Parameter> *Parameters = nullptr;
  Frame *Home = nullptr;
  Range Where;
};

/// What a name stands for, as far as paths depend on it.
struct Binding {
  enum class Kind {
    Unknown,
    Code,       ///< calling it runs C
    Completion, ///< the push's completion handler, or a box around it
    Truth,      ///< the boolean literal B
    Nil,
    Push, ///< the payload, or something made of it
  };
  Kind K = Kind::Unknown;
  Code C;
  bool B = false;
};

/// A function, closure or local function that is being walked.
struct Frame {
  FunctionRef Fn;
  Frame *Outer = nullptr; ///< whose names it sees too; null for functions
  std::map<std::string, Binding> Names;
  unsigned Depth = 0; ///< calls away from the handler
  /// Variables that it declares, parameters included.
  std::set<std::string> Locals = {};
  const File &file() const { return *Fn.In; }
  Place place(Range R) const { return {Fn.In, R}; }
  /// \p B names a place in a function that this one has called.
  bool blamesCallee(const Blame &B) const {
    return B.At && (B.HandlerAt || B.At.In != Fn.In ||
                    !Fn.Fn->Where.contains(B.At.Where));
  }
};

/// States that leave a statement list other than by its end.
struct Jump {
  Step::ExitKind K;
  std::string Label;
  Place At;
  std::optional<bool> Result; ///< of a return, where it is a literal
  StateSet States;
};

/// How a statement, or a list of them, is left.
struct Flow {
  StateSet Next;
  std::vector<Jump> Jumps;
  void jump(Step::ExitKind K, llvm::StringRef Label, Place At,
            std::optional<bool> Result, StateSet S);
  void addJumps(const Flow &O);
};

/// What stands behind a statement up to the end of its function.
struct Tail {
  bool Empty = true;   ///< nothing
  bool Trivial = true; ///< logging and the completion handler at most
};

/// An arm that a path has taken, and the branch that it is one way of.
struct TakenArm {
  const Step *Of = nullptr;
  const Arm *A = nullptr;
  friend bool operator==(const TakenArm &, const TakenArm &) = default;
};

/// Work as it is found: Work, and the branch arms around it, outermost first.
struct FoundWork {
  Work W;
  std::vector<TakenArm> Arms;
  bool Reports = false; ///< it is a report, or hands the push to an SDK
  /// It is a report whose completion ends the call at once: a placeholder for
  /// a push that is about no call.
  bool IsPlaceholder = false;
  bool TakesPush = false; ///< an argument is made of the push
  bool Needed = false;    ///< the report needs it
  bool ForReport = false; ///< some path through it reports
  /// Functions of the project and of libraries that it is reached through.
  std::set<std::string> Through;
};

/// What walking a function brings to light besides its states.
struct Record {
  std::vector<FoundWork> Works;
  std::set<std::string> ReportedBy;
  std::vector<Place> ReportSites;
  std::vector<Problem> NotFollowed;
  bool BackgroundTime = false;
  bool MoreWorks = false; ///< there were more works than are kept
  /// Closures and local functions that were run.
  std::set<const std::vector<Step> *> Ran;
};

/// One way in which a call of a function ends.
struct Outcome {
  PathState S;
  std::optional<bool> Result;
  bool Threw = false;
};

/// What calling a function does, found once for each set of arguments that
/// matters.
struct Effects {
  std::vector<Outcome> Outcomes;
  Record Seen;
  bool Ready = false; ///< false while it is being walked: recursion
  bool Cut = false;   ///< it was not walked: too deep, or too many
  /// While it is walked: it has called itself.
  bool Recurs = false;
  /// While it is walked: a call of itself ends as Outcomes say, and as long as
  /// there are none it does not end.
  bool Assumed = false;
};

/// Walks one handler. The public face is judge().
class Engine {
public:
  Engine(const File &In, const Handler &H, FunctionSource &Functions,
         const Catalogue &Apis, const JudgeOptions &Options, bool Guessing);

  /// The states in which the delegate method ends; unreported ones are blamed.
  std::vector<Outcome> walk();
  const Record &record() const { return Top; }
  /// The calls whose code was looked for in the project.
  const llvm::DenseSet<const Call *> &followed() const { return Followed; }

private:
  // Control.cpp: statements.
  Flow list(Frame &F, const std::vector<Step> &Steps, StateSet In, Tail After);
  Flow step(Frame &F, const Step &S, StateSet In, Tail After);
  Flow branch(Frame &F, const Step &S, StateSet In, Tail After);
  Flow loop(Frame &F, const Step &S, StateSet In);
  Flow tryStep(Frame &F, const Step &S, StateSet In, Tail After);
  StateSet raised(Frame &F, const std::vector<Step> &Steps,
                  const StateSet &Begin);
  Flow configuration(Frame &F, const Step &S, StateSet In, Tail After);
  Flow exitStep(Frame &F, const Step &S, StateSet In);
  StateSet assign(Frame &F, const Step &S, StateSet In);
  bool keepsCompletion(Frame &F, const Assignment &A, const Step &S);
  std::vector<Outcome> body(Frame &F, const std::vector<Step> &Steps,
                            Range Inside, Range Where, StateSet In);
  bool isTrivial(Frame &F, const Step &S);
  bool isTrivial(Frame &F, const std::vector<Step> &Steps);

  // Blame.cpp: where a path without a report is named.
  void enterArms(StateSet &S);
  struct ArmOut {
    int Index; ///< -1: no arm was taken
    Flow F;
  };
  void leaveArms(Frame &F, const Step &S, std::vector<ArmOut> &Outs,
                 Tail After);
  Place endOf(const File &In, const std::vector<Step> &Steps,
              Range Closing) const;
  Place lastLine(const File &In, Range R) const;

  // Calls.cpp: what a call does.
  StateSet calls(Frame &F, const Step *S, const std::vector<Call> &Calls,
                 const std::vector<Closure> &Closures, StateSet In, Flow &Out,
                 bool Asked);
  StateSet call(Frame &F, const Call &C, const std::vector<Closure> &Closures,
                StateSet In, Flow &Out, bool Asked);
  StateSet byCatalogue(Frame &F, const Call &C, const Api &A,
                       const std::vector<Closure> &Closures, StateSet In,
                       Flow &Out, bool Asked);
  StateSet unknownCall(Frame &F, const Call &C,
                       const std::vector<Closure> &Closures, StateSet In,
                       Flow &Out, bool Asked);
  StateSet report(Frame &F, const Call &C, llvm::StringRef By, StateSet In);
  StateSet handOver(Frame &F, const Call &C, const Api &A, StateSet In,
                    bool Asked);
  StateSet post(Frame &F, const Call &C, StateSet In);
  StateSet delegate(StateSet In);
  StateSet suspend(StateSet In);
  bool takesPush(Frame &F, const Call &C) const;
  bool canAnswer(Frame &F, const Call &C) const;
  StateSet assertion(const Call &C, StateSet In, bool &Is);

  // Closures.cpp: code that is handed over.
  StateSet closures(Frame &F, const Call &C,
                    const std::vector<Closure> &Closures, Runs When,
                    StateSet In, Flow &Out);
  Flow run(Frame &F, const Code &C, StateSet In);
  StateSet runNow(Frame &F, const Code &C, StateSet In, Flow &Out,
                  bool MayThrow);
  StateSet runLater(Frame &F, const Code &C, StateSet In);
  bool holdsCompletion(Frame &F, const Value &V) const;
  StateSet complete(StateSet In, Completed How);
  Binding resolve(Frame &F, const Value &V,
                  const std::vector<Closure> &Closures);
  Binding lookUp(Frame &F, llvm::StringRef Name) const;
  bool isMadeOfPush(Frame &F, llvm::StringRef Text) const;
  void bindPush(Frame &F, const std::vector<Step> &Steps);

  // Helpers.cpp: functions of the project.
  StateSet project(Frame &F, const Call &C,
                   const std::vector<Closure> &Closures,
                   const std::vector<FunctionRef> &Callees, StateSet In,
                   Flow &Out);
  const Effects *effectsOf(Frame &F, const Call &C,
                           const std::vector<Closure> &Closures,
                           FunctionRef Callee);
  bool mayReport(const FunctionRef &R, unsigned &Left);
  void walkCallee(Frame &Inner, const Facts &Begin, Effects &E);
  void apply(Frame &F, const Call &C, const Effects &E,
             const std::vector<unsigned> &Works, const PathState &S,
             StateSet &Next, Flow &Out);
  std::vector<unsigned> adopt(Frame &F, const Call &C, const Record &R,
                              bool CallsOnly = false);
  void notFollowed(Frame &F, const Call &C, llvm::StringRef Why);

  // Works.cpp: what is done on the way.
  void work(Frame &F, const Call &C, const Api *A, Effect E, StateSet &States,
            bool IsMereQuestion = false);
  void written(Frame &F, const Assignment &A, StateSet &States);
  bool isLocal(Frame &F, llvm::StringRef Name) const;
  bool isOwn(const Place &P) const;
  void did(FoundWork W, StateSet &States);
  unsigned remember(FoundWork W);
  Place statement(Frame &F, const Call &C) const;

  const File &In;
  const Handler &H;
  FunctionSource &Functions;
  const Catalogue &Apis;
  const JudgeOptions &Options;
  /// A call that takes the push out of sight is believed to report.
  bool Guessing;

  std::deque<Frame> Frames;
  llvm::DenseSet<const Call *> Followed;
  /// Whether a report is among what a function calls, as far as looked at.
  llvm::DenseMap<const Function *, bool> MayReport;
  std::map<std::string, Effects> Known;
  /// Keys of Known in the order in which they came.
  std::vector<std::string> KnownSince;
  Record Top;
  Record *Seen = &Top;

  std::vector<TakenArm> Arms; ///< around the statement that is walked
  /// Code that is being run, outermost first.
  std::vector<const std::vector<Step> *> Running;
  const Step *Current = nullptr; ///< the statement that is walked
  unsigned Walked = 0;           ///< functions walked so far
  unsigned Later = 0;            ///< closures around that run later
  unsigned Loops = 0;
  bool Feeding = false; ///< the call's result goes into another call
  bool Waits = false;   ///< the last call suspends if it is awaited
};

} // namespace ringfence::flow

#endif
