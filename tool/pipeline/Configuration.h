//===-- Configuration.h - .ringfence.yaml -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_CONFIGURATION_H
#define RINGFENCE_TOOL_PIPELINE_CONFIGURATION_H

#include "tool/pipeline/Analysis.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>

namespace ringfence {

/// Parses \p Yaml. Unknown keys, repeated ones and values of the wrong kind
/// are errors whose text shows \p Name, the line and a caret.
llvm::Expected<Configuration> parseConfiguration(llvm::StringRef Yaml,
                                                 llvm::StringRef Name);

/// Path of the nearest .ringfence.yaml in \p Folder or above it.
std::optional<std::string> findConfiguration(llvm::StringRef Folder);

/// Reads and parses the file at \p Path.
llvm::Expected<Configuration> readConfiguration(llvm::StringRef Path);

} // namespace ringfence

#endif
