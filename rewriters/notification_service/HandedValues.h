//===-- HandedValues.h - what the app needs to report a call -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDEDVALUES_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDEDVALUES_H

#include "rewriters/notification_service/CallOrMessage.h"
#include <string>
#include <utility>
#include <vector>

namespace ringfence {

/// A value that the statements which report a call read, and that the app has
/// only where it decrypts: the extension hands it over in a property list.
struct HandedValue {
  /// What the app calls it, and the key in the property list.
  std::string Name;
  Range Where;             ///< where the host first reads it
  std::vector<Range> Uses; ///< all its places in those statements
  std::string Type;        ///< as declared, no optional; "" if not known
  bool IsOptional = false; ///< Swift
  /// With "$" for the host's expression: what a property list holds of it.
  std::string Encoded;
  /// With "$" for what the property list holds: the value again. "" if the
  /// type is not known or has no such form.
  std::string Decoded;
  bool isKnown() const { return !Decoded.empty(); }
};

/// The values that the statements of \p Q that lead to the report read and
/// that are declared from byte \p From of the host on, or are part of the
/// push, in source order. \p Blockers gets, as clauses, why they could not run
/// elsewhere with these.
std::vector<HandedValue> handedValues(const ProposeInput &In, const Host &H,
                                      const CallOrMessage &Q,
                                      std::uint32_t From,
                                      std::vector<std::string> &Blockers);

} // namespace ringfence

#endif
