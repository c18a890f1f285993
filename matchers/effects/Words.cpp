//===-- Words.cpp - the words of the JSON output -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Catalogue.h"
#include <iterator>

using namespace ringfence;
using llvm::StringRef;

// In the order of the enumerations.
static constexpr StringRef Effects[] = {"log",
                                        "analytics",
                                        "network",
                                        "database",
                                        "file",
                                        "local-notification",
                                        "badge",
                                        "crypto",
                                        "keychain",
                                        "defaults",
                                        "audio-session",
                                        "signalling",
                                        "ui",
                                        "location",
                                        "personal-data",
                                        "background-time",
                                        "async-hop",
                                        "call-report",
                                        "call-update",
                                        "call-setup",
                                        "completion",
                                        "pure",
                                        "unknown"};
static constexpr StringRef Destinations[] = {"report",
                                             "after-report",
                                             "notification-service",
                                             "background-push",
                                             "background-task",
                                             "launch",
                                             "keep",
                                             "unknown"};

static_assert(std::size(Effects) == unsigned(Effect::Unknown) + 1);
static_assert(std::size(Destinations) == unsigned(Destination::Unknown) + 1);

StringRef ringfence::nameOf(Effect E) { return Effects[unsigned(E)]; }
StringRef ringfence::nameOf(Destination D) { return Destinations[unsigned(D)]; }

std::optional<Effect> ringfence::effectNamed(StringRef Name) {
  for (unsigned I = 0; I != std::size(Effects); ++I)
    if (Effects[I] == Name)
      return Effect(I);
  return std::nullopt;
}

std::optional<Destination> ringfence::destinationNamed(StringRef Name) {
  for (unsigned I = 0; I != std::size(Destinations); ++I)
    if (Destinations[I] == Name)
      return Destination(I);
  return std::nullopt;
}
