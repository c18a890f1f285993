//===-- PropertyList.h - Info.plist and entitlements, by insertion -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_XCODE_PROPERTYLIST_H
#define RINGFENCE_REWRITERS_XCODE_PROPERTYLIST_H

#include "rewriters/edit/FixSet.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringfence::xcode {

/// Strings that an array under the root dictionary has to hold.
struct ArrayAddition {
  std::string Key;
  std::vector<std::string> Values;
};

/// An XML property list whose root is a dictionary: Info.plist or
/// .entitlements. It is changed by whole entries; every byte that no edit
/// names stays as it is.
class PropertyList {
public:
  /// Fails, with a message that names \p Path, for binary and old-style
  /// (NeXT) property lists, for encodings other than UTF-8, for XML that does
  /// not parse and for a root that is no dictionary.
  static llvm::Expected<PropertyList> read(llvm::StringRef Path,
                                           llvm::StringRef Bytes);
  ~PropertyList();
  PropertyList(PropertyList &&);

  /// The string under \p Key of the root, or none.
  std::optional<std::string> string(llvm::StringRef Key) const;
  /// The strings of the array under \p Key, or none if there is no such array.
  std::optional<std::vector<std::string>> strings(llvm::StringRef Key) const;

  /// Keys of the root whose value is true, in the file's order.
  std::vector<std::string> trueKeys() const;

  /// The edits that add what is missing of \p Additions: none when everything
  /// is there. A new key goes to its alphabetical place where the file keeps
  /// its keys sorted, as Xcode does, else to the end. Fails when a key holds
  /// something other than an array.
  llvm::Expected<std::vector<Edit>>
  add(llvm::ArrayRef<ArrayAddition> Additions) const;

  /// The edits that take \p Value out of the array under \p Key, and the key
  /// with it if nothing else is there. None when it is not there.
  std::vector<Edit> remove(llvm::StringRef Key, llvm::StringRef Value) const;

private:
  struct Document;
  explicit PropertyList(std::unique_ptr<Document> D);
  std::unique_ptr<Document> D;
};

} // namespace ringfence::xcode

#endif
