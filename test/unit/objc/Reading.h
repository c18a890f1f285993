//===-- Reading.h - reads a text for a test -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_OBJC_READING_H
#define RINGFENCE_TEST_UNIT_OBJC_READING_H

#include "matchers/model/Dump.h"
#include "matchers/objc/Reader.h"

namespace ringfence {

inline File readText(std::string Text, std::string Path = "Source.m") {
  objc::Reader R({});
  return R.read(std::make_shared<SourceFile>(std::move(Path), std::move(Text)));
}

/// Dump of the steps of a method whose body is \p Body.
inline std::string steps(const std::string &Body,
                         const std::string &Before = "",
                         const std::string &Path = "Source.m") {
  File F = readText(Before + "\n@implementation Box\n- (void)run {\n" + Body +
                        "\n}\n@end\n",
                    Path);
  for (const Function &Fn : F.Functions)
    if (Fn.Name == "run") {
      std::string All = dump(Fn);
      return All.substr(All.find('\n') + 1);
    }
  return "no method was read";
}

} // namespace ringfence

#endif
