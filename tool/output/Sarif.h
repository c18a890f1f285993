//===-- Sarif.h - findings as SARIF 2.1.0 -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_SARIF_H
#define RINGFENCE_TOOL_OUTPUT_SARIF_H

#include "tool/output/Report.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// What GitHub's code scanning takes at most.
/// Source: docs.github.com, "SARIF results exceed one or more limits".
struct SarifLimits {
  std::size_t Results = 25000;      ///< more, and the file is rejected
  std::size_t ResultsShown = 5000;  ///< the worst ones
  std::size_t FlowLocations = 1000; ///< of one result, that are shown
  std::size_t Tags = 10;            ///< of one rule, that are shown
  std::size_t GzipBytes = 10 << 20; ///< of the compressed file
};

/// Writes \p R as one run in SARIF 2.1.0 (OASIS, 2020): the path to a finding
/// as a code flow, fix sets as fixes unless they make files (for which SARIF
/// has no form; these are named by their command), suppressed findings with
/// what suppresses them. Beyond the limits, the least severe findings are left
/// out and the file says so.
/// \returns what should be said to the user about the limits, "" for nothing.
std::string printSarif(llvm::raw_ostream &OS, const Report &R,
                       const SarifLimits &Limits = {});

/// Writes the "rules" of \p J's object: every check with its documentation.
/// Returns their ids in the order written.
std::vector<std::string> writeSarifRules(llvm::json::OStream &J,
                                         const SarifLimits &Limits);

} // namespace ringfence

#endif
