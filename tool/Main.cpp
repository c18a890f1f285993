//===-- Main.cpp - the program -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Reader.h"
#include "matchers/swift/Reader.h"
#include "rewriters/Propose.h"
int main() { return 0; }
