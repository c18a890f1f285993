//===-- Calls.h - calls for the catalogue's tests -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_EFFECTS_CALLS_H
#define RINGFENCE_TEST_UNIT_EFFECTS_CALLS_H

#include "matchers/model/Call.h"
#include <initializer_list>
#include <string>

namespace ringfence {

/// A Swift method call; a label "{" stands for a trailing closure.
inline Call swiftCall(std::string Receiver, std::string Name,
                      std::initializer_list<const char *> Labels = {}) {
  Call C;
  C.K = Receiver.empty() ? Call::Kind::Function : Call::Kind::Method;
  C.Receiver = std::move(Receiver);
  C.Name = std::move(Name);
  for (const char *L : Labels) {
    Argument A;
    A.Label = L;
    if (A.Label == "{") {
      A.Label.clear();
      A.V.K = Value::Kind::Closure;
    }
    C.Arguments.push_back(A);
  }
  return C;
}

inline Call property(std::string Receiver, std::string Name,
                     bool Write = false) {
  Call C;
  C.K = Write ? Call::Kind::PropertyWrite : Call::Kind::PropertyRead;
  C.Receiver = std::move(Receiver);
  C.Name = std::move(Name);
  if (Write)
    C.Arguments.emplace_back();
  return C;
}

inline Call message(std::string Receiver, std::string Selector) {
  Call C;
  C.K = Call::Kind::Method;
  C.Receiver = std::move(Receiver);
  C.Name = std::move(Selector);
  return C;
}

} // namespace ringfence

#endif
