//===-- Reader.cpp - Swift sources become the model -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Reader.h"
using namespace ringfence;
struct swift::Reader::State {};
swift::Reader::Reader() : S(new State) {}
swift::Reader::~Reader() = default;
File swift::Reader::read(std::shared_ptr<const SourceFile> Source) { File F; F.Source = std::move(Source); return F; }
