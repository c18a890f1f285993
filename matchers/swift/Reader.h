//===-- Reader.h - Swift sources become the model -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_READER_H
#define RINGFENCE_MATCHERS_SWIFT_READER_H

#include "matchers/model/File.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringfence::swift {

/// Reads Swift with tree-sitter. One instance may be used by one thread at a
/// time.
class Reader {
public:
  Reader();
  ~Reader();

  /// Lowers every function of \p Source. Never fails: problems are in the
  /// result.
  File read(std::shared_ptr<const SourceFile> Source);

  /// The declarations of \p Source alone: functions without steps, and neither
  /// handlers nor registrations. None where the grammar stumbles, so that only
  /// the whole shows what is there.
  std::optional<File> declarations(std::shared_ptr<const SourceFile> Source);

private:
  struct State;
  std::unique_ptr<State> S;
};

} // namespace ringfence::swift

#endif
