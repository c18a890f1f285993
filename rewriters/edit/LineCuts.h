//===-- LineCuts.h - whole lines that go -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_LINECUTS_H
#define RINGFENCE_REWRITERS_EDIT_LINECUTS_H

#include "matchers/model/SourceFile.h"
#include <set>
#include <vector>

namespace ringfence {

/// Lines of one file that go, with the blank lines that would be too many
/// without them.
class LineCuts {
public:
  explicit LineCuts(const SourceFile &In) : In(In) {}

  /// Cuts the lines of \p R. False, and nothing is cut, if other code stands on
  /// its first or last line; a semicolon or a comment behind it goes along.
  bool add(Range R);
  /// The same with the comments directly above.
  bool addWithComments(Range R);
  bool empty() const { return Lines.empty(); }
  /// Whether the line of byte \p Offset is cut.
  bool has(std::uint32_t Offset) const {
    return Lines.count(In.line(Offset)) != 0;
  }
  /// Cuts headings ("// MARK: PushKit", "#pragma mark PushKit") that nothing
  /// is left under, of those whose text holds one of \p Words.
  void cutHeadings(const std::vector<llvm::StringRef> &Words);
  /// The byte ranges that go, in order.
  std::vector<Range> ranges() const;

private:
  /// Where a line begins; the first one behind a byte order mark, which stays.
  std::uint32_t beginOf(unsigned Line) const;
  bool isBlank(unsigned Line) const;
  const SourceFile &In;
  std::set<unsigned> Lines;
};

/// How many bytes the byte order mark takes that \p In begins with: 0 or 3. It
/// stays when the first line goes.
std::uint32_t byteOrderMark(const SourceFile &In);

/// Whether \p Text holds a part only of an "#if … #endif": to take it away, or
/// elsewhere, would change what the rest belongs to.
bool cutsConditional(llvm::StringRef Text);

} // namespace ringfence

#endif
