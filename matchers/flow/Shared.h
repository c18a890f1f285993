//===-- Shared.h - values copied when changed -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_SHARED_H
#define RINGFENCE_MATCHERS_FLOW_SHARED_H

#include <memory>
#include <utility>

namespace ringfence::flow {

/// A value whose copies are one object until one of them is changed. Path
/// states are copied at every statement and changed at few. Not for use by
/// several threads.
template <typename T> class Shared {
public:
  Shared() = default;
  Shared(T V) : Value(std::make_shared<T>(std::move(V))) {}

  const T &operator*() const { return Value ? *Value : empty(); }
  const T *operator->() const { return &**this; }

  /// The value, to be changed: the copies keep the old one.
  T &edit() {
    if (!Value)
      Value = std::make_shared<T>();
    else if (Value.use_count() > 1)
      Value = std::make_shared<T>(*Value);
    return *Value;
  }

  /// Equal without a look at the values if they are one object.
  friend bool operator==(const Shared &A, const Shared &B) {
    return A.Value == B.Value || *A == *B;
  }

private:
  static const T &empty() {
    static const T Empty;
    return Empty;
  }
  std::shared_ptr<T> Value;
};

} // namespace ringfence::flow

#endif
