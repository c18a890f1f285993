//===-- ReportHelper.h - the method that reports a call and ends it -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_REPORTHELPER_H
#define RINGFENCE_REWRITERS_CALLKIT_REPORTHELPER_H

#include "rewriters/callkit/ProviderAccess.h"
#include "rewriters/edit/Builders.h"
#include <string>

namespace ringfence {

/// One use of a helper.
struct ReportedCall {
  std::string UUID;       ///< an expression; "" for a call of its own
  std::string Reason;     ///< "failed" or "remoteEnded"
  std::string Completion; ///< the push's completion handler; "" if not passed
  std::string Self = "self"; ///< how the place says self: "self", "self?"
  bool NeedsSelf = false;    ///< Swift: inside an escaping closure
};

/// A method on the type that owns the provider. One per type and kind, reused
/// where it exists.
class ReportHelper {
public:
  enum class Kind {
    /// Reports a call with a generic handle and, when the system has taken the
    /// report, ends it and calls the push's completion handler.
    AndEnd,
    /// Reports a running call again, and ends what has started if it was none.
    Again,
  };

  /// For the handler \p H; \p Access says where the method belongs.
  ReportHelper(const ProposeInput &In, const JudgedHandler &H,
               ProviderAccess Access, Kind K = Kind::AndEnd);

  /// Adds the method, what declares it and its imports, unless the project has
  /// it. False if a declaration that other files need has no place to go.
  bool addTo(Builders &Files) const;

  /// The statement that calls it, with its line end. \p S is the style of the
  /// calling file.
  std::string callStatement(const ReportedCall &C, const Style &S) const;

  const ProviderAccess &access() const { return Access; }
  bool exists() const { return Exists; }

private:
  std::string swiftMethod(const Style &S) const;
  std::string objcMethod(const Style &S, bool Nullability) const;
  std::string objcHead(const Style &S, bool Nullability) const;
  std::string selector() const;
  llvm::StringRef comment() const;
  std::pair<const File *, const Type *> interface() const;
  bool declare(Builders &Files) const;

  const ProposeInput &In;
  const JudgedHandler &H;
  ProviderAccess Access;
  Kind K;
  bool Swift;
  std::string Name; ///< base name, or first piece of the selector
  bool Exists = false;
};

} // namespace ringfence

#endif
