//===-- PathState.h - what holds on a path -*- C++ -* -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_PATHSTATE_H
#define RINGFENCE_MATCHERS_FLOW_PATHSTATE_H

#include "matchers/flow/Shared.h"
#include "matchers/flow/Verdict.h"
#include "llvm/ADT/BitVector.h"
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace ringfence::flow {

/// How far a path has come towards the report that iOS asks for. The order
/// matters: a path never goes back.
enum class Reported {
  No,
  Later,     ///< something is under way that reports after the return
  Delegated, ///< the push went into something that cannot be seen
  Yes,
};

/// Whether the push's completion handler has been called, or handed to
/// something that will call it.
enum class Completed {
  No,
  Maybe,
  Kept, ///< put into a property that other code of the type calls
  Yes,
};

/// The turns that a path took. Paths share their beginnings.
struct Trail {
  std::shared_ptr<const Trail> Before;
  PathNote Note;
  /// The question asked at this turn and the answer; null for calls.
  const Condition *Asked = nullptr;
  bool Answer = true;
  /// The arm that the turn leads into; empty if it leads past one.
  Range Into;
};
using TrailRef = std::shared_ptr<const Trail>;

/// Where a path that has not reported is to be named, as far as is known.
struct Blame {
  /// The arm's last statement or the return; empty as long as it is open.
  Place At;
  UnreportedExit::Kind K = UnreportedExit::Kind::End;
  Place HandlerAt;
  /// The branch that parts this path from its siblings, and the arm taken; -1
  /// for a missing else.
  const Step *Branch = nullptr;
  int Arm = -1;
  /// How far the path had come when it entered the branch after this blame;
  /// meant for Way::Earlier alone, and no part of equality.
  Reported Entered = Reported::No;
  friend bool operator==(const Blame &A, const Blame &B) {
    return A.At.In == B.At.In && A.At.Where == B.At.Where && A.K == B.K &&
           A.Branch == B.Branch && A.Arm == B.Arm &&
           A.HandlerAt.Where == B.HandlerAt.Where;
  }
};

/// One group of paths that are alike but for how they came here.
struct Way {
  TrailRef T;
  Blame B;
  /// What was blamed before each branch that the path stands in, outermost
  /// first.
  std::vector<Blame> Earlier;

  bool isLike(const Way &O) const {
    return B == O.B && Earlier.empty() == O.Earlier.empty() &&
           (Earlier.empty() ||
            Earlier.back().Entered == O.Earlier.back().Entered);
  }
};

/// What is known to be true or false: answers to questions asked earlier, and
/// booleans assigned. Keys are made by factKey().
using Facts = std::map<std::string, bool>;

/// A set of small numbers: indices of works. Copied with every state, so it is
/// bits.
class IndexSet {
public:
  void insert(unsigned I) {
    if (I >= Bits.size())
      Bits.resize(I + 1);
    Bits.set(I);
  }
  void insert(const IndexSet &O) { Bits |= O.Bits; }
  void clear() { Bits.clear(); }
  auto begin() const { return Bits.set_bits_begin(); }
  auto end() const { return Bits.set_bits_end(); }

private:
  llvm::BitVector Bits;
};

/// All paths that agree in what the analysis tells apart.
struct PathState {
  Reported R = Reported::No;
  Completed C = Completed::No;
  /// No report is due: below iOS 13, or the system said so.
  bool Exempt = false;
  /// There were too many paths to tell apart: answers given before were
  /// forgotten on the way.
  bool Forgot = false;
  /// An await may have let the delegate method be seen as suspended.
  bool Suspended = false;
  /// A call was reported, other than one that is ended at once. Ways for calls
  /// are told from others by that.
  bool ForCall = false;
  Shared<Facts> F;
  Shared<std::vector<Way>> Ways;
  /// Work (by index into the Record) done on the way, and the part of it that
  /// was done while nothing was reported.
  IndexSet Works, WorksBefore;
  /// Where the report stands that comes Later.
  Place LateReport;

  bool unreported() const {
    return !Exempt && (R == Reported::No || R == Reported::Later);
  }
  bool sameAs(const PathState &O) const {
    return R == O.R && C == O.C && Exempt == O.Exempt &&
           Suspended == O.Suspended && ForCall == O.ForCall && F == O.F;
  }
};

/// States at one point, no two of them alike.
class StateSet {
public:
  void add(PathState S);
  void add(const StateSet &O) {
    for (const PathState &S : O.States)
      add(S);
  }
  bool empty() const { return States.empty(); }
  void clear() {
    States.clear();
    Wide = false;
  }
  std::size_t size() const { return States.size(); }
  auto begin() const { return States.begin(); }
  auto end() const { return States.end(); }
  auto begin() { return States.begin(); }
  auto end() { return States.end(); }

  /// Forgets what was assigned to \p Name.
  void forget(llvm::StringRef Name);

private:
  std::vector<PathState> States;
  bool Wide = false; ///< there were too many: answers are forgotten
  void widen();
};

/// Extends \p T by a turn.
TrailRef extend(const TrailRef &T, PathNote Note,
                const Condition *Asked = nullptr, bool Answer = true,
                Range Into = {});

/// Adds \p Note to every way of \p S.
void note(PathState &S, const PathNote &Note, const Condition *Asked = nullptr,
          bool Answer = true, Range Into = {});

/// "self.a", "self->a" and "_a" name one variable as far as facts go.
llvm::StringRef plainName(llvm::StringRef Name);

} // namespace ringfence::flow

#endif
