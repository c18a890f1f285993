//===-- Comments.cpp - the comments that belong to a statement -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Lowering.h"
#include <algorithm>

using namespace ringfence;
using namespace ringfence::swift;

/// Whether only spaces and tabs stand before \p Offset on its line.
static bool beginsLine(const SourceFile &S, std::uint32_t Offset) {
  std::uint32_t Begin = S.lineBegin(S.line(Offset));
  return S.text({Begin, Offset}).trim(" \t").empty();
}

Range swift::withComments(Range R, const FileFacts &Facts) {
  const SourceFile &S = Facts.Source;
  const std::vector<Range> &Comments = Facts.Comments;
  Range W = R;
  auto Next = std::lower_bound(
      Comments.begin(), Comments.end(), R.Begin,
      [](const Range &C, std::uint32_t At) { return C.Begin < At; });
  if (beginsLine(S, W.Begin)) {
    for (auto It = Next; It != Comments.begin();) {
      --It;
      if (It->End > W.Begin)
        break;
      llvm::StringRef Gap = S.text({It->End, W.Begin});
      bool Adjacent = Gap.trim().empty() &&
                      S.line(W.Begin) - S.line(It->End ? It->End - 1 : 0) <= 1;
      if (!Adjacent || !beginsLine(S, It->Begin))
        break;
      W.Begin = It->Begin;
    }
  }
  auto After = std::lower_bound(
      Comments.begin(), Comments.end(), R.End,
      [](const Range &C, std::uint32_t At) { return C.Begin < At; });
  for (; After != Comments.end(); ++After) {
    llvm::StringRef Gap = S.text({W.End, After->Begin});
    if (!Gap.trim(" \t").empty() || After->Begin < W.End)
      break;
    std::uint32_t End = After->End;
    if (S.line(End) != S.line(W.End) &&
        !S.text({After->Begin, End}).starts_with("//"))
      break;
    // A block comment with code behind it on the line belongs to that code.
    std::uint32_t LineEnd = S.lineBegin(S.line(W.End) + 1);
    bool More = End < LineEnd && !S.text({End, LineEnd}).trim().empty();
    if (More && !S.text({End, LineEnd}).ltrim().starts_with("/"))
      break;
    W.End = End;
  }
  while (W.End > R.End && S.bytes()[W.End - 1] == '\r')
    --W.End;
  return W;
}

void swift::normalise(std::vector<std::string> &Names) {
  std::sort(Names.begin(), Names.end());
  Names.erase(std::unique(Names.begin(), Names.end()), Names.end());
}
