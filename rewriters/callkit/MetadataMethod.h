//===-- MetadataMethod.h - the delegate method that says if a report is due -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_METADATAMETHOD_H
#define RINGFENCE_REWRITERS_CALLKIT_METADATAMETHOD_H

#include "rewriters/Propose.h"
#include "rewriters/edit/Builders.h"

namespace ringfence {

/// The delegate method of iOS 26.4, whose metadata says by `mustReport` whether
/// a report is due, beside the method that the handler has: what that did goes
/// into one method that both call.
///
/// The method and PKVoIPPushMetadata are in the SDK of iOS 26.4 and later
/// (PushKit, PKPushRegistryDelegate).
class MetadataMethod {
public:
  MetadataMethod(const ProposeInput &In, const JudgedHandler &H)
      : In(In), H(H) {}

  /// The project is built with an SDK that has the method, the type has not
  /// got it yet, and the handler is of the form that can share its body.
  bool isWanted() const;
  /// Writes both. The body stays where it is, with `mustReport` as one more
  /// parameter in sight.
  void write(Builders &Files) const;

private:
  std::string swiftText() const;
  std::string objcText() const;
  std::string modifiers() const;
  bool isUsed(llvm::StringRef Name) const;

  const ProposeInput &In;
  const JudgedHandler &H;
};

} // namespace ringfence

#endif
