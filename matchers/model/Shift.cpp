//===-- Shift.cpp - moves code to other offsets -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/model/Shift.h"

using namespace ringfence;

namespace {

/// One function per kind of thing that has offsets; each visits what it holds.
class Shifter {
public:
  explicit Shifter(OffsetMap To) : To(To) {}

  void operator()(Range &R) const {
    // What has no place stays without one.
    if (R == Range())
      return;
    R = {To(R.Begin), To(R.End)};
  }
  void operator()(Value &V) const { (*this)(V.Where); }
  void operator()(Call &C) const {
    (*this)(C.Where);
    (*this)(C.NameRange);
    for (Argument &A : C.Arguments)
      (*this)(A.V);
  }
  void operator()(Condition &C) const {
    (*this)(C.Where);
    each(C.Operands);
  }
  void operator()(Declaration &D) const { (*this)(D.Init); }
  void operator()(Assignment &A) const {
    (*this)(A.V);
    (*this)(A.Where);
  }
  void operator()(Closure &C) const {
    (*this)(C.Where);
    (*this)(C.Body);
    each(C.Steps);
  }
  void operator()(Arm &A) const {
    (*this)(A.When);
    (*this)(A.Where);
    (*this)(A.Inside);
    each(A.Calls);
    each(A.Closures);
    each(A.Declares);
    each(A.Steps);
  }
  void operator()(Step &S) const {
    (*this)(S.Where);
    (*this)(S.WithComments);
    each(S.Calls);
    each(S.Closures);
    each(S.Declares);
    each(S.Assigns);
    (*this)(S.Result);
    each(S.Arms);
  }
  void operator()(Function &F) const {
    (*this)(F.Where);
    (*this)(F.Head);
    (*this)(F.Body);
    (*this)(F.Inside);
    each(F.Steps);
  }
  void operator()(Property &P) const { (*this)(P.Where); }
  void operator()(Type &T) const {
    (*this)(T.Where);
    (*this)(T.Inside);
    each(T.Properties);
  }
  void operator()(Registration &R) const { (*this)(R.Where); }
  void operator()(File &F) const {
    F.ImportInsertion = To(F.ImportInsertion);
    each(F.Types);
    each(F.Functions);
    each(F.Registrations);
    each(F.Globals);
  }

private:
  template <typename T> void each(std::vector<T> &Items) const {
    for (T &Item : Items)
      (*this)(Item);
  }

  OffsetMap To;
};

/// To other offsets that are all as far away.
struct Distance {
  std::int64_t Delta;
  std::uint32_t operator()(std::uint32_t At) const {
    return static_cast<std::uint32_t>(At + Delta);
  }
};

} // namespace

void ringfence::shift(Function &Fn, std::int64_t Delta) {
  Shifter{Distance{Delta}}(Fn);
}
void ringfence::shift(Registration &R, std::int64_t Delta) {
  Shifter{Distance{Delta}}(R);
}
void ringfence::move(File &F, OffsetMap To) { Shifter{To}(F); }
