//===-- OldStylePlist.h - reads NeXT's property lists -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_XCODE_OLDSTYLEPLIST_H
#define RINGFENCE_REWRITERS_XCODE_OLDSTYLEPLIST_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ringfence::xcode {

/// A value of an old-style ("NeXT", "OpenStep") property list, the form in
/// which Xcode keeps project.pbxproj: { key = value; }, ( a, b ) and strings
/// (Apple's archive, "Old-Style ASCII Property Lists").
struct PlistValue {
  enum class Kind { String, Array, Dictionary };
  Kind K = Kind::String;
  std::string Text; ///< of String; of data, its digits
  std::vector<PlistValue> Items;
  std::map<std::string, std::unique_ptr<PlistValue>, std::less<>> Entries;

  /// The value under \p Key, or null; null too if this is no dictionary.
  const PlistValue *find(llvm::StringRef Key) const;
  /// The string under \p Key, or "".
  llvm::StringRef string(llvm::StringRef Key) const;
  /// The strings of the array under \p Key; a string counts as one of one.
  std::vector<llvm::StringRef> strings(llvm::StringRef Key) const;
};

/// Parses \p Bytes. Fails with a message that names \p Path and the line.
llvm::Expected<PlistValue> parseOldStylePlist(llvm::StringRef Path,
                                              llvm::StringRef Bytes);

} // namespace ringfence::xcode

#endif
