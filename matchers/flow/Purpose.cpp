//===-- Purpose.cpp - what work is for, and where it belongs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Purpose.h"
#include "matchers/flow/PurposeNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

/// Inside \p A, or anywhere if it is null.
static bool isIn(const FoundWork &W, const Arm *A) {
  return !A || llvm::any_of(
                   W.Arms, [&](const TakenArm &Taken) { return Taken.A == A; });
}

/// Shows something, other than asking for or taking back what is shown.
static bool posts(const FoundWork &W) {
  llvm::StringRef Api = W.W.Api;
  for (const char *Word :
       {"add(", "addNotificationRequest", "schedule", "present", "display",
        "show", "donate", "Alert", "push"})
    if (Api.contains(Word))
      return true;
  return false;
}

/// Another work that the same statement of the handler leads to is \p Such.
static bool sharesStatement(const FoundWork &W,
                            const std::vector<FoundWork> &Works,
                            llvm::function_ref<bool(const FoundWork &)> Such) {
  return W.W.HandlerAt && llvm::any_of(Works, [&](const FoundWork &O) {
           return O.W.HandlerAt.Where == W.W.HandlerAt.Where && Such(O);
         });
}

static bool isNamedFor(const FoundWork &W, Purpose P) {
  return llvm::any_of(W.Through, [&](const std::string &Name) {
    return purposeOfWords(Name) == P;
  });
}

/// Interface that shows what the push says, rather than any interface.
static bool showsContent(const FoundWork &W) {
  return posts(W) || (W.TakesPush && isNamedFor(W, Purpose::Message));
}

/// "badge = 0" counts nothing: it takes back what is shown.
static bool clearsBadge(const FoundWork &W) {
  return W.W.E == Effect::Badge && W.W.C && !W.W.C->Arguments.empty() &&
         W.W.C->Arguments.front().V.Text == "0";
}

/// The statement goes into a function called after calls, which ends or updates
/// one through CallKit: what it does besides, an alert or a closed connection,
/// goes with the call.
static bool endsCall(const FoundWork &W, const std::vector<FoundWork> &Works) {
  Range Statement = W.W.HandlerAt ? W.W.HandlerAt.Where : W.W.At.Where;
  return llvm::any_of(Works, [&](const FoundWork &O) {
    return O.W.HandlerAt && O.W.HandlerAt.Where == Statement &&
           O.W.E == Effect::CallUpdate &&
           llvm::any_of(O.Through,
                        [](const std::string &Name) { return saysCall(Name); });
  });
}

/// A connection that may carry anything, rather than the signalling of calls.
static bool isPlainTransport(const FoundWork &W) {
  llvm::StringRef Api = W.W.Api;
  for (const char *Name :
       {"NSStream", "Stream.", "CFStream", "XMPP", "WebSocket", "SocketIO",
        "MQTT", "NWConnection", "nw_connection"})
    if (Api.contains(Name))
      return true;
  return false;
}

/// Where nothing in the project reports a call and nothing signals one, a
/// connection is opened for messages.
static bool isForMessagesOnly(const std::vector<FoundWork> &Works,
                              bool ProjectReports) {
  return !ProjectReports && llvm::none_of(Works, [](const FoundWork &W) {
    return W.W.E == Effect::CallUpdate || W.W.E == Effect::CallSetup ||
           (W.W.E == Effect::Signalling && !isPlainTransport(W));
  });
}

namespace {
/// What a way is for, and whether that is only taken from what its works use:
/// fetching and storing may serve anything.
struct Guess {
  Purpose P = Purpose::None;
  bool IsWeak = false;
};
} // namespace

/// What the works in \p A that lead to no report (in the whole handler, if
/// null) say together.
static Guess purposeOf(const Arm *A, const std::vector<FoundWork> &Works,
                       bool MessagesOnly) {
  bool Shows = false, Counts = false, Signals = false, Fetches = false,
       Stores = false, Collects = false, Removes = false;
  bool SaysUpkeep = false, SaysCall = false, SaysMessage = false;
  for (const FoundWork &W : Works) {
    if (!isIn(W, A) || W.ForReport)
      continue;
    if (endsCall(W, Works)) {
      Signals = true;
      continue;
    }
    switch (W.W.E) {
    case Effect::LocalNotification:
      (posts(W) ? Shows : Removes) = true;
      break;
    case Effect::Badge:
      // A helper that also connects sets the badge by the way.
      (clearsBadge(W) ? Removes : Counts) |=
          !sharesStatement(W, Works, [](const FoundWork &O) {
            return O.W.E == Effect::Signalling;
          });
      break;
    case Effect::UI:
      Shows |= showsContent(W);
      break;
    case Effect::Signalling:
      (MessagesOnly ? Fetches : Signals) = true;
      break;
    case Effect::AudioSession:
    case Effect::CallUpdate:
    case Effect::CallSetup:
      Signals = true;
      break;
    case Effect::Network:
      Fetches = true;
      break;
    case Effect::Database:
    case Effect::File:
    case Effect::Crypto:
      Stores = true;
      break;
    case Effect::Location:
    case Effect::PersonalData:
      Collects = true;
      break;
    default:
      break;
    }
    for (const std::string &Name : W.Through)
      switch (purposeOfWords(Name)) {
      case Purpose::Upkeep:
        SaysUpkeep = true;
        break;
      case Purpose::Call:
        SaysCall |= W.W.E != Effect::Log;
        break;
      case Purpose::Message:
        SaysMessage |= W.W.E != Effect::Log;
        break;
      default:
        break;
      }
  }
  if (A)
    if (Purpose P = purposeOfCondition(A->When); P != Purpose::None)
      return {P};
  if (Shows)
    return {Purpose::Message};
  if (Signals)
    return {Purpose::Call};
  if (Counts)
    return {Purpose::Message};
  if (SaysUpkeep)
    return {Purpose::Upkeep};
  if (Collects)
    return {Purpose::Collection};
  if (Removes && !Fetches && !Stores)
    return {Purpose::Deletion};
  if (Fetches || Stores)
    return {SaysCall ? Purpose::Call : Purpose::Message, /*IsWeak=*/!SaysCall};
  if (SaysCall)
    return {Purpose::Call};
  if (SaysMessage)
    return {Purpose::Message};
  return {Purpose::None};
}

static Destination forCall(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Log:
  case Effect::Completion:
  case Effect::Pure:
    return Destination::Keep;
  case Effect::CallReport:
    return W.Reports ? Destination::Report : Destination::AfterReport;
  case Effect::CallSetup:
    return Destination::Report;
  default:
    break;
  }
  if (W.W.BeforeReport && W.Needed)
    return Destination::Report;
  if (W.W.E == Effect::Unknown || W.W.E == Effect::AsyncHop)
    return W.W.BeforeReport ? Destination::Keep : Destination::AfterReport;
  if (W.W.D == Destination::Report && W.W.BeforeReport)
    return Destination::Report;
  // A spinner or an alert does no harm, and no good either, where it is.
  if (W.W.E == Effect::UI && W.W.D == Destination::Keep)
    return Destination::Keep;
  return Destination::AfterReport;
}

static Destination forMessage(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Log:
  case Effect::Completion:
  case Effect::Analytics:
  case Effect::AsyncHop:
    return Destination::Keep;
  case Effect::Signalling:
  case Effect::AudioSession:
  case Effect::BackgroundTime:
  case Effect::CallUpdate:
  case Effect::CallSetup:
  case Effect::CallReport:
    return Destination::AfterReport;
  case Effect::LocalNotification:
    return posts(W) ? Destination::NotificationService
           : W.W.D == Destination::BackgroundPush ? W.W.D
                                                  : Destination::AfterReport;
  case Effect::UI:
    return showsContent(W) ? Destination::NotificationService
                           : Destination::AfterReport;
  case Effect::Badge:
    return clearsBadge(W) ? Destination::AfterReport
                          : Destination::NotificationService;
  case Effect::Unknown:
    return W.TakesPush ? Destination::NotificationService
                       : Destination::AfterReport;
  case Effect::Network:
  case Effect::Defaults:
    // Probing the network or registering serves what comes next.
    return W.W.D == Destination::Launch || W.W.D == Destination::AfterReport
               ? W.W.D
               : Destination::NotificationService;
  default:
    return Destination::NotificationService;
  }
}

static Destination forUpkeep(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Network:
  case Effect::File:
  case Effect::Database:
  case Effect::Crypto:
    return Destination::BackgroundTask;
  // It may run hours later or never: not for what must not be lost.
  case Effect::Keychain:
  case Effect::Defaults:
    return Destination::AfterReport;
  case Effect::LocalNotification:
  case Effect::Badge:
    return forMessage(W);
  case Effect::Unknown:
    return isNamedFor(W, Purpose::Upkeep) ? Destination::BackgroundTask
                                          : Destination::AfterReport;
  default:
    return forMessage(W);
  }
}

static Destination forDeletion(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Log:
  case Effect::Completion:
  case Effect::AsyncHop:
    return Destination::Keep;
  case Effect::LocalNotification:
  case Effect::Badge:
  case Effect::Database:
  case Effect::File:
    return W.W.D == Destination::AfterReport ? Destination::AfterReport
                                             : Destination::BackgroundPush;
  case Effect::Unknown:
    return W.TakesPush ? Destination::BackgroundPush : Destination::AfterReport;
  default:
    return forMessage(W);
  }
}

void flow::sendToDestinations(std::vector<FoundWork> &Works,
                              bool ProjectReports) {
  bool MessagesOnly = isForMessagesOnly(Works, ProjectReports);
  std::map<const Arm *, Guess> Known;
  auto GuessOf = [&](const Arm *A) {
    auto [It, New] = Known.try_emplace(A);
    if (New)
      It->second = purposeOf(A, Works, MessagesOnly);
    return It->second;
  };
  auto Of = [&](const Arm *A) { return GuessOf(A).P; };
  // An arm within one that a kind of push is named for, "if let id = …" in
  // case "sync", is there for the same.
  auto NamedFurtherOut = [](const FoundWork &W, const TakenArm &Inner) {
    Purpose P = Purpose::None;
    for (const TakenArm &Taken : llvm::reverse(W.Arms))
      if (P == Purpose::None && &Taken < &Inner)
        P = purposeOfCondition(Taken.A->When);
    return P;
  };
  // Where one way of a branch is for calls, another that hands the push on is
  // for something else.
  auto IsBesideCalls = [&](const FoundWork &W, const TakenArm &Taken) {
    return W.TakesPush && llvm::any_of(Taken.Of->Arms, [&](const Arm &Other) {
             return &Other != Taken.A && Of(&Other) == Purpose::Call;
           });
  };
  // Destinations replace what the catalogue says, which purposeOf reads.
  std::vector<std::pair<Destination, std::string>> Where;
  for (const FoundWork &W : Works) {
    Purpose P = Purpose::None;
    // A way that reports is there for the call, and so are the other ways of
    // a helper that reports, unless they are asked for by name.
    bool ReportsBeside =
        sharesStatement(W, Works, [](const FoundWork &O) { return O.Reports; });
    if (W.ForReport || endsCall(W, Works)) {
      P = Purpose::Call;
    } else if (ReportsBeside) {
      P = Purpose::Call;
      for (const TakenArm &Taken : llvm::reverse(W.Arms))
        if (Purpose Asked = purposeOfCondition(Taken.A->When);
            Asked != Purpose::None) {
          P = Asked;
          break;
        }
    } else {
      for (const TakenArm &Taken : llvm::reverse(W.Arms)) {
        P = Of(Taken.A);
        if (GuessOf(Taken.A).IsWeak)
          if (Purpose Named = NamedFurtherOut(W, Taken); Named != Purpose::None)
            P = Named;
        if (P == Purpose::None && IsBesideCalls(W, Taken))
          P = Purpose::Message;
        if (P != Purpose::None)
          break;
      }
      if (P == Purpose::None)
        P = Of(nullptr);
    }
    // A helper that asks for a background task keeps what the task needs.
    if (W.W.E != Effect::BackgroundTime && P != Purpose::Call &&
        sharesStatement(W, Works, [](const FoundWork &O) {
          return llvm::StringRef(O.W.Api).starts_with(
                     "BGTaskScheduler.submit") ||
                 llvm::StringRef(O.W.Api).starts_with(
                     "-[BGTaskScheduler submit");
        })) {
      Where.emplace_back(Destination::AfterReport,
                         "a background task is asked for with it");
      continue;
    }
    switch (P) {
    case Purpose::Call:
      Where.emplace_back(forCall(W), W.Needed && W.W.BeforeReport
                                         ? "the report needs it"
                                         : "it serves the call");
      break;
    case Purpose::Message:
      if (MessagesOnly && W.W.E == Effect::Signalling) {
        Where.emplace_back(Destination::NotificationService,
                           "this way fetches content");
        break;
      }
      Where.emplace_back(forMessage(W), "this way shows or stores content");
      break;
    case Purpose::Deletion:
      Where.emplace_back(forDeletion(W), "this way takes something back");
      break;
    case Purpose::Upkeep:
      Where.emplace_back(forUpkeep(W), "this way is upkeep");
      break;
    case Purpose::Collection:
      Where.emplace_back(Destination::Unknown,
                         "a push is no occasion to gather this");
      break;
    case Purpose::None:
      Where.emplace_back(W.W.E == Effect::Log || W.W.E == Effect::Completion ||
                                 W.W.E == Effect::AsyncHop
                             ? Destination::Keep
                         : W.W.E == Effect::Unknown ? Destination::AfterReport
                                                    : W.W.D,
                         "nothing says what this way is for");
      break;
    }
  }
  // A helper that asks for a background task is where such work should be.
  auto AsksForTask = [&](const Work &Outer) {
    return llvm::any_of(Works, [&](const FoundWork &W) {
      return W.W.HandlerAt && W.W.HandlerAt.Where == Outer.At.Where &&
             llvm::StringRef(W.W.Api).contains("BGTaskScheduler");
    });
  };
  for (std::size_t I = 0; I < Works.size(); ++I)
    if (Works[I].W.E == Effect::Unknown && !Works[I].W.HandlerAt &&
        AsksForTask(Works[I].W))
      Where[I] = {Destination::AfterReport, "it asks for a background task"};
  for (std::size_t I = 0; I < Works.size(); ++I) {
    Works[I].W.D = Where[I].first;
    Works[I].W.Reason = Where[I].second;
  }
}
