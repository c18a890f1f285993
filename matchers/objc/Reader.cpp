//===-- Reader.cpp - Objective-C sources become the model -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Reader.h"
using namespace ringfence;
struct objc::Reader::State {};
objc::Reader::Reader(ReaderOptions) : S(new State) {}
objc::Reader::~Reader() = default;
File objc::Reader::read(std::shared_ptr<const SourceFile> Source) { File F; F.Source = std::move(Source); return F; }
std::string objc::Reader::description() const { return "built-in headers"; }
std::vector<objc::IndexedName> objc::indexNames(llvm::StringRef) { return {}; }
