//===-- JsonPrinter.h - writing JSON attribute by attribute -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_JSONPRINTER_H
#define RINGFENCE_TOOL_OUTPUT_JSONPRINTER_H

#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace ringfence {

/// What every JSON output of ringfence writes: text that is UTF-8 whatever the
/// sources hold, and lists.
class JsonPrinter {
protected:
  explicit JsonPrinter(llvm::raw_ostream &OS) : J(OS, /*IndentSize=*/1) {}

  llvm::json::OStream J;

  static std::string utf8(llvm::StringRef Text) {
    return llvm::json::isUTF8(Text) ? Text.str() : llvm::json::fixUTF8(Text);
  }

  void text(llvm::StringRef Key, llvm::StringRef Value) {
    J.attribute(Key, utf8(Value));
  }

  template <typename List, typename Fn>
  void list(llvm::StringRef Key, const List &Items, Fn Each) {
    J.attributeArray(Key, [&] {
      for (const auto &Item : Items)
        Each(Item);
    });
  }

  void strings(llvm::StringRef Key, const std::vector<std::string> &Items) {
    list(Key, Items, [&](const std::string &S) { J.value(utf8(S)); });
  }
};

} // namespace ringfence

#endif
