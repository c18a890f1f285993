//===-- Imports.h - what a moved piece of code imports -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_IMPORTS_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_IMPORTS_H

#include "rewriters/notification_service/Posted.h"
#include <string>
#include <vector>

namespace ringfence {

struct FillerImports {
  std::vector<std::string> Modules; ///< sorted
  std::vector<std::string> Headers; ///< Objective-C: of the project, sorted
};

/// The imports of the host's file that the moved code needs: Apple's by the
/// prefixes of the names used, others if a name was found nowhere else.
FillerImports fillerImports(const ProposeInput &In,
                            const PostedNotification &N);

} // namespace ringfence

#endif
