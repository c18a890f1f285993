//===-- Model.cpp - names of the model's enumerations -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/model/Call.h"
#include "matchers/model/File.h"
#include "matchers/model/FunctionSource.h"

using namespace ringfence;

FunctionSource::~FunctionSource() = default;
std::vector<FunctionRef> FunctionSource::stored(const Call &, FunctionRef) {
  return {};
}
std::vector<FunctionRef> FunctionSource::observers(llvm::StringRef) {
  return {};
}

llvm::StringRef ringfence::nameOf(Signature S) {
  switch (S) {
  case Signature::Completion:
    return "completion";
  case Signature::NoCompletion:
    return "no-completion";
  case Signature::Async:
    return "async";
  case Signature::Metadata:
    return "metadata";
  }
  return "";
}

std::string ringfence::swiftName(const Call &C) {
  std::string S = C.Name + "(";
  for (const Argument &A : C.Arguments)
    S += (A.Label.empty() ? "_" : A.Label) + ":";
  return S + ")";
}
