//===-- LocalNotification.h - what UILocalNotification became -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_LOCALNOTIFICATION_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_LOCALNOTIFICATION_H

#include "matchers/model/File.h"
#include <optional>
#include <string>

namespace ringfence {

/// How setting a property of a UILocalNotification reads for the content of a
/// pushed notification. iOS 10 replaced the one by the other (Apple's
/// reference, "UILocalNotification").
struct Counterpart {
  /// Lines for the content $C with the value $V, in template form; empty if
  /// the property has no say in a pushed notification.
  std::string Lines;
  /// What the push loses, as a clause; "" if nothing.
  std::string Lost;
  /// Why the notification cannot become a pushed one, as a clause.
  std::string Blocker;
};

/// \p IsSure: the value is known to be no optional.
Counterpart counterpartOf(llvm::StringRef Property, const Value &V, bool IsSure,
                          Language L);

/// A property of the variable \p Name that \p S sets, and does nothing else.
struct PropertySetting {
  std::string Property;
  const Value *V = nullptr;
};
std::optional<PropertySetting> propertySetting(const Step &S,
                                               llvm::StringRef Name);

} // namespace ringfence

#endif
