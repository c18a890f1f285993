//===-- Reading.h - reads Swift text for tests -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_SWIFT_READING_H
#define RINGFENCE_TEST_UNIT_SWIFT_READING_H

#include "matchers/model/Dump.h"
#include "matchers/swift/Reader.h"

namespace ringfence::swift {

inline File readText(llvm::StringRef Text) {
  Reader R;
  return R.read(std::make_shared<SourceFile>("Test.swift", Text.str()));
}

/// The steps of a function with \p Statements as its body, as dump prints
/// them, behind a newline. The function is a method of a class Calls that has
/// a "provider: CXProvider", a "busy: Bool" and an "onEnd: (() -> Void)?".
inline std::string stepsOf(llvm::StringRef Statements) {
  File F = readText("class Calls {\n"
                    "let provider: CXProvider\n"
                    "var busy = false\n"
                    "var onEnd: (() -> Void)?\n"
                    "func run(payload: PKPushPayload, type: PKPushType,"
                    " completion: @escaping () -> Void) {\n" +
                    Statements.str() + "\n}\n}\n");
  if (F.Functions.size() != 1)
    return "not one function";
  std::string Dump = dump(F.Functions.front());
  Dump.erase(0, Dump.find('\n'));
  for (const Problem &P : F.Problems)
    Dump += "problem: " + P.Message + "\n";
  return Dump;
}

} // namespace ringfence::swift

#endif
