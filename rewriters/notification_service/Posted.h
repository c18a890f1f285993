//===-- Posted.h - a local notification and what builds it -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_POSTED_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_POSTED_H

#include "rewriters/capture/Needs.h"
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ringfence {

/// What a push has to say for the notification to be about it: a condition
/// around the post that the push alone answers.
struct PushGuard {
  Range Question; ///< the condition; of a case, its pattern
  Range Subject;  ///< of a case, what is compared
  /// Question is a pattern, or a whole Swift condition that binds Binds.
  bool IsPattern = false;
  std::vector<const Declaration *> Binds = {}; ///< there from then on
  bool IsNegated = false; ///< the post stands in an arm that excludes it
  unsigned Further = 0;   ///< of a call: how many calls away from the helper's
  /// It compares a value of the push with a literal: it says what the push is,
  /// not only that the push says something.
  bool IsTelling = false;
};

/// The statement that tells calls from messages by what the push holds once it
/// is decrypted: the extension has to decide the same.
struct CallDecision {
  Range Where;           ///< the branch; of the host's file, or its caller's
  bool InCaller = false; ///< it stands in the function that calls the host
  /// What it asks and what of the push the report reads, for the new place.
  std::vector<Range> Needed;
  std::set<std::string> Bound; ///< names that its arms bind
  /// A push that it does not take for a call leads to the notification, as far
  /// as it has a say.
  bool IsComplete = false;
  /// In template form with the names of the new place: leave with what the app
  /// needs to report the call, if it is one.
  std::string Lines = {};
};

/// A callback in which content is filled: the filler is done when it has run.
struct Callback {
  const Step *Owner = nullptr; ///< the statement that hands it over
  const Closure *Body = nullptr;
  /// Closures of the same statement for the other ways in which it ends.
  std::vector<const Closure *> Others;
  /// Statements behind Owner that start what it has made.
  std::vector<const Step *> Starts;
  bool MayAwait = false; ///< a task: what is awaited there may be awaited again
};

/// A local notification that a handler, or a helper that it calls, builds and
/// posts, with the statements that fill its content.
struct PostedNotification {
  Host H;
  std::vector<Level> Levels; ///< to the statement that makes the content
  std::string Content;       ///< the local that holds the content
  /// It is a UILocalNotification or a badge: the extension gets what stands for
  /// it, the handler stays as it is.
  bool IsLocal = false;
  /// The badge alone is set, nothing is shown.
  bool IsBadge = false;
  /// What the helper that shows it gets from its caller goes into the filler,
  /// which the helper could not call: the handler stays as it is here, too.
  bool IsCopied = false;
  /// It stands behind the post of another one, on the way of the same pushes.
  bool IsBehindAnother = false;
  /// The handler leads to it in several ways; the guards are those of one.
  bool HasOtherCalls = false;
  /// What the filler calls the content.
  std::string Parameter;
  unsigned Declared = 0; ///< index of its declaration in the list
  unsigned Post = 0;     ///< index of the first statement that posts it
  /// Indices of the statements that move, in order.
  std::vector<unsigned> Moved;
  /// To the innermost statement that posts it; begins as Levels does.
  std::vector<Level> PostLevels;
  /// Statements that move and stand further in, on the way to the post.
  std::vector<const Step *> Deeper;
  /// What the filler waits for, outermost first.
  std::vector<Callback> Callbacks;
  /// Of IsLocal: what stands for the moved statement with this index, in
  /// template form with the names of the new place.
  std::map<unsigned, std::string> Instead;
  /// What a pushed notification cannot have, as clauses.
  std::vector<std::string> Lost;
  /// The content is filled by a call of the moved code already.
  bool IsMoved = false;
  /// The request's identifier where the new place can compute it.
  std::optional<Range> Identifier;
  /// Conditions that the filler asks again, outermost first.
  std::vector<PushGuard> Guards;
  /// As Guards, around the calls that lead to the helper that shows it, the
  /// nearest first; ranges of the callers' files.
  std::vector<PushGuard> CallGuards;
  /// What else has to hold for this notification to be shown: the conditions
  /// around it that no Guard stands for, as written, outermost first.
  std::vector<std::string> Conditions;
  /// One of the conditions around it asks what the app is doing just now.
  bool AsksForAppState = false;
  /// Set where the moved code decrypts, and hands calls over.
  std::optional<CallDecision> Decision;
  /// The word that tells such pushes from others: a case's literal, or "".
  std::string Kind;
  /// Everything that the moved statements need.
  std::unique_ptr<Needs> Need;
  /// Why it cannot move, as clauses. Empty when it can.
  std::vector<std::string> Blockers;

  const std::vector<Step> &list() const { return *Levels.back().List; }
  /// Those of Conditions that the filler does not ask either: it leaves where a
  /// value that it computes again is missing.
  std::vector<std::string> unasked() const;
  /// Whether \p At lies in what moves, or in what makes and posts the content.
  bool covers(const Place &At) const;
  /// Whether the guards single out one kind of push, so that a text which is
  /// the same for each of them may take the place of what they say.
  bool isToldApart() const;
  /// The handler goes on building its own.
  bool staysInHandler() const { return IsLocal || IsCopied; }
  /// The content is filled only once something has called back.
  bool waits() const { return !Callbacks.empty(); }
  /// Where the content is made: the same for all work that belongs to it.
  std::uint32_t key() const { return list()[Declared].Where.Begin; }
};

/// The badge that the statement at byte \p Offset of \p Caller sets, as a
/// notification that shows nothing; none if it sets none.
std::optional<PostedNotification>
badgeOfPush(const ProposeInput &In, const Host &Caller, std::uint32_t Offset);

/// The notification that the work at byte \p Offset of \p In belongs to, or
/// none if its content is not built where it can be seen. \p Caller tells what
/// the function's parameters are. With a \p Decision the new place decrypts
/// what the host decrypts, and asks that first.
std::optional<PostedNotification>
postedNotification(const ProposeInput &In, const Host &Caller,
                   std::uint32_t Offset,
                   std::optional<CallDecision> Decision = std::nullopt);

} // namespace ringfence

#endif
