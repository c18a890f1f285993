//===-- PropertyListForm.h - a type's form in property lists -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_PROPERTYLISTFORM_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_PROPERTYLISTFORM_H

#include "matchers/model/FunctionSource.h"
#include <optional>
#include <string>

namespace ringfence {

/// How a value becomes a property-list object and comes back. A property list
/// holds strings, numbers, booleans, data, dates, and arrays and dictionaries
/// of these (Apple's "Property List Programming Guide").
struct PropertyListForm {
  std::string Encoded; ///< "$" stands for the value
  std::string Decoded; ///< "$" stands for the object; Swift: may be nil
};

/// The form of Swift's \p Type, without "?"; \p IsOptional: the value to
/// encode is one. None for types that have no such form. Enumerations of the
/// project with raw values have.
std::optional<PropertyListForm> swiftForm(llvm::StringRef Type, bool IsOptional,
                                          FunctionSource &Project);

/// The form of Objective-C's \p Type: "NSString *", "BOOL", "id".
std::optional<PropertyListForm> objcForm(llvm::StringRef Type);

} // namespace ringfence

#endif
