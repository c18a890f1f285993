//===-- Style.h - how a file is written -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_STYLE_H
#define RINGFENCE_REWRITERS_EDIT_STYLE_H

#include "matchers/model/File.h"
#include <string>

namespace ringfence {

/// The habits of one file that new code in it follows, each decided by the
/// majority of what the file shows.
struct Style {
  std::string Unit = "    ";           ///< one level of indentation
  std::string LineEnding = "\n";       ///< "\n", "\r\n" or "\r"
  bool ControlBraceOnOwnLine = false;  ///< of if, for, switch …
  bool FunctionBraceOnOwnLine = false; ///< of functions and methods
  bool ElseOnOwnLine = false;          ///< "}" and "else" on two lines
  bool SelfDot = false; ///< Swift: own members are called with "self."
  bool SpaceAfterMethodSign = true; ///< Objective-C: "- (void)", not "-(void)"
  bool EndsInNewline = true;

  /// " {" or, on a line of its own at \p Base, "{", as the file opens the
  /// bodies of its functions.
  std::string functionBrace(llvm::StringRef Base) const {
    return FunctionBraceOnOwnLine ? LineEnding + Base.str() + "{" : " {";
  }
  std::string controlBrace(llvm::StringRef Base) const {
    return ControlBraceOnOwnLine ? LineEnding + Base.str() + "{" : " {";
  }
};

Style styleOf(const File &In);

/// The lines of \p Template with the braces of functions and control
/// statements where \p S has them. Those of closures and literals stay.
std::string braced(llvm::StringRef Template, const Style &S);

} // namespace ringfence

#endif
