//===-- Receivers.h - the type that a call goes to -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_RECEIVERS_H
#define RINGFENCE_TOOL_PIPELINE_RECEIVERS_H

#include "matchers/model/FunctionSource.h"
#include <string>

namespace ringfence {

/// The bare name of the type that \p Written spells: "CallManager" for
/// "CallManager?", "weak var CallManager!", "CallManager *", "id<CallManager>",
/// "any CallManager", "Calls.CallManager". "" if it says nothing ("id", "Any").
std::string bareType(llvm::StringRef Written);

/// What an expression's type is looked up in.
class TypeFacts {
public:
  virtual ~TypeFacts();
  virtual bool knowsType(llvm::StringRef Name) = 0;
  /// Type of the property as written, or the type that its initial value
  /// shows; "" if unknown.
  virtual std::string propertyType(llvm::StringRef Owner,
                                   llvm::StringRef Property) = 0;
  /// What a member function without arguments returns, as written.
  virtual std::string returnType(llvm::StringRef Owner,
                                 llvm::StringRef Function) = 0;
};

/// The bare type of expression \p Text inside \p Caller: paths over self,
/// properties, locals, parameters, singletons ("Calls.shared",
/// "[Calls sharedInstance]"), initialisers. "" where nothing tells.
std::string typeOfExpression(llvm::StringRef Text, FunctionRef Caller,
                             TypeFacts &Facts);

/// \p Text without "?", "!", "try", "await" and outer parentheses.
llvm::StringRef stripped(llvm::StringRef Text);

} // namespace ringfence

#endif
